//! Rebuilds the binary when a file is added to the theme or to the explanations that it carries.

fn main() {
    println!("cargo::rerun-if-changed=themes/default");
    println!("cargo::rerun-if-changed=docs/diagnostics");
    println!("cargo::rerun-if-changed=src/command/new-guide");
}
