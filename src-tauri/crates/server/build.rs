//! Embeds the built pages anew when they change: the macro that embeds them only notices changes to files it has seen.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

const PAGES: &str = "../../../ui/dist";

fn main() {
    // A watched folder that does not exist would have cargo build this crate again each time. Where it cannot be made, that is
    // all that happens.
    let _ = std::fs::create_dir_all(PAGES);
    println!("cargo:rerun-if-changed={PAGES}");
}
