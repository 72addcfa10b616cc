//! Level One turns `content/` and a theme into a static site.
//!
//! A site is a pure function of a snapshot of files; `build`, `check`, `watch` and `serve` run that one function and
//! differ only in what they do with its answer. `docs/architecture.md` tells the whole, with the modules in reading
//! order.

pub mod address;
pub mod cache;
pub mod cli;
pub mod command;
pub mod config;
pub mod content;
pub mod date;
pub mod diagnostic;
pub mod dialect;
pub mod disk;
pub mod fingerprint;
pub mod output;
pub mod page;
pub mod pipeline;
pub mod place;
pub mod progress;
pub mod search;
pub mod server;
pub mod site;
pub mod snapshot;
pub mod source;
pub mod theme;
pub mod yaml;
