//! An empty window, `WIDTH HEIGHT [fullscreen]`.

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [width, height] = [0, 1].map(|at| args.get(at).and_then(|arg| arg.parse().ok()).unwrap_or(800.0));
    let fullscreen = args.get(2).is_some_and(|arg| arg == "fullscreen");
    let build = tauri::Builder::default().setup(move |app| {
        WebviewWindowBuilder::new(app, "main", WebviewUrl::App("index.html".into()))
            .title("Empty window")
            .inner_size(width, height)
            .fullscreen(fullscreen)
            .build()?;
        Ok(())
    });
    build.run(tauri::generate_context!()).expect("a window opens");
}
