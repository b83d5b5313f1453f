//! Tells cargo to look for new migration files: the macro that embeds them only notices changes to those it has seen.
#![allow(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

fn main() {
    println!("cargo:rerun-if-changed=../../../migrations");
}
