//! What Tauri asks of any program.

fn main() {
    tauri_build::build();
}
