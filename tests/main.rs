//! Tests through the doors that users use: files in, command run, files and words out.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

mod authoring;
mod cli;
mod commands;
mod content;
mod diagnostics;
mod explanations;
mod golden;
mod hostile;
mod incremental;
mod learning;
mod mistakes;
mod output;
mod parsers;
mod publish;
mod replies;
mod rules;
mod search;
mod server;
mod site;
mod support;
mod watch;
