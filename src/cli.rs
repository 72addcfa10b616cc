//! What can be typed after `level-one`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns a folder of lessons, replies and wins into a fast, searchable website.
#[derive(Debug, Parser)]
#[command(name = "level-one", version, about, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the website into the folder `public`
    Build(Build),
    /// Build the website and show it in a browser on this computer
    Serve(Serve),
    /// Build the website into the folder `public`, and again whenever a file changes
    Watch(Watch),
    /// Look for mistakes and write nothing
    Check(Check),
    /// Begin a new guide in a folder
    Init(Init),
    /// Begin a new lesson, reply or win
    #[command(subcommand)]
    New(New),
    /// Explain what a message of `check` means
    Explain(Explain),
    /// Remove the files that builds wrote, and nothing else
    Clean(Clean),
    /// Print what makes the tab key complete commands in a terminal
    Completions(Completions),
}

/// `level-one init`
#[derive(Debug, Args)]
pub struct Init {
    /// The folder; it is made if it is not there
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// The title of the guide
    #[arg(long, value_name = "TITLE", default_value = "Our guide")]
    pub title: String,
}

/// `level-one new`
#[derive(Debug, Subcommand)]
pub enum New {
    /// Begin a lesson
    Lesson(NewLesson),
    /// Begin a reply
    Reply(NewReply),
    /// Note a win; it takes twenty seconds
    Win(NewWin),
}

/// `level-one new lesson`
#[derive(Debug, Args)]
pub struct NewLesson {
    /// Its title
    #[arg(long, value_name = "TITLE", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// The module: a folder below `content/lessons`
    #[arg(long, value_name = "MODULE")]
    pub module: Option<String>,
    /// The folder of the guide
    #[arg(value_name = "ROOT", default_value = ".")]
    pub root: PathBuf,
}

/// `level-one new reply`
#[derive(Debug, Args)]
pub struct NewReply {
    /// Its title
    #[arg(long, value_name = "TITLE", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// The folder of the guide
    #[arg(value_name = "ROOT", default_value = ".")]
    pub root: PathBuf,
}

/// `level-one new win`
#[derive(Debug, Args)]
pub struct NewWin {
    /// Its title
    #[arg(long, value_name = "TITLE", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// What happened, in a sentence or two
    #[arg(long, value_name = "WHAT", allow_hyphen_values = true)]
    pub what: Option<String>,
    /// When, as 2026-03 or 2026-03-12; without it, this month
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    /// The folder of the guide
    #[arg(value_name = "ROOT", default_value = ".")]
    pub root: PathBuf,
}

/// `level-one explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// The word in brackets at the start of a message, such as `key-unknown`; without it, all of them are listed
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

/// `level-one completions`
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: clap_complete::Shell,
}

/// `level-one build`
#[derive(Debug, Args)]
pub struct Build {
    /// What the website is made from.
    #[command(flatten)]
    pub guide: Guide,
    /// Where it goes.
    #[command(flatten)]
    pub destination: Destination,
    /// What is printed.
    #[command(flatten)]
    pub print: Print,
}

/// `level-one serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// What the website is made from.
    #[command(flatten)]
    pub guide: Guide,
    /// The port; without one, 4321 or the next that is free
    #[arg(long, short, value_name = "PORT", value_parser = port)]
    pub port: Option<u16>,
    /// The address or name to listen at; `0.0.0.0` lets a phone on the same network in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: String,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
    /// Serve the website below a path, as some hosts do
    #[arg(long, value_name = "/PATH/", default_value = "/", value_parser = base_path)]
    pub base_path: String,
    /// How changes are noticed.
    #[command(flatten)]
    pub poll: Poll,
    /// What is printed.
    #[command(flatten)]
    pub print: Print,
}

/// `level-one watch`
#[derive(Debug, Args)]
pub struct Watch {
    /// What the website is made from.
    #[command(flatten)]
    pub guide: Guide,
    /// Where it goes.
    #[command(flatten)]
    pub destination: Destination,
    /// How changes are noticed.
    #[command(flatten)]
    pub poll: Poll,
    /// What is printed.
    #[command(flatten)]
    pub print: Print,
}

/// How changes are noticed.
#[derive(Debug, Args)]
pub struct Poll {
    /// Look for changes every so many milliseconds, where the system does not tell; without a number, every 500
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(10..=60_000))]
    pub poll: Option<Option<u64>>,
}

/// `level-one check`
#[derive(Debug, Args)]
pub struct Check {
    /// What the website is made from.
    #[command(flatten)]
    pub guide: Guide,
    /// For whom the findings are: people, programs, or GitHub's annotations
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// What is printed.
    #[command(flatten)]
    pub print: Print,
}

/// `level-one clean`
#[derive(Debug, Args)]
pub struct Clean {
    /// The folder of the guide
    #[arg(value_name = "ROOT", default_value = ".")]
    pub root: PathBuf,
    /// Where the website is.
    #[command(flatten)]
    pub destination: Destination,
    /// What is printed.
    #[command(flatten)]
    pub print: Print,
}

/// What a website is made from.
#[derive(Debug, Args)]
pub struct Guide {
    /// The folder of the guide, which holds `content`
    #[arg(value_name = "ROOT", default_value = ".")]
    pub root: PathBuf,
    /// The address that the website will have, for the feed and search engines
    #[arg(long, value_name = "ADDRESS", value_parser = base_url)]
    pub base_url: Option<String>,
    /// Build drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Build lessons with a date in the future too
    #[arg(long)]
    pub future: bool,
    /// The theme: a folder below `themes`
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Let warnings fail too
    #[arg(long)]
    pub strict: bool,
}

/// Where a website goes.
#[derive(Debug, Args)]
pub struct Destination {
    /// The folder for the website; without one, `public` in the folder of the guide
    #[arg(long, short, value_name = "DIR")]
    pub dest_dir: Option<PathBuf>,
}

/// What is printed, and how.
#[derive(Debug, Args)]
pub struct Print {
    /// Print mistakes only
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Name every file that was left out, written or removed
    #[arg(long, short)]
    pub verbose: bool,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub color: Color,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, on standard error.
    Text,
    /// For programs, on standard output.
    Json,
    /// For GitHub's annotations, on standard output.
    Github,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Even in a file.
    Always,
    /// Nowhere.
    Never,
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "write a number from 0 to 65535, such as 8080".to_owned())
}

fn base_url(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let clean = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"<>\\".contains(c));
    match rest {
        Some(rest) if clean && !rest.is_empty() => Ok(text.to_owned()),
        _ => Err("begin it with `https://`, as in `https://example.org/guide/`".to_owned()),
    }
}

fn base_path(text: &str) -> Result<String, String> {
    let inside = text.trim_matches('/');
    let clean = inside.split('/').all(|part| {
        part != "." && part != ".." && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b))
    });
    match (clean, inside) {
        (true, "") => Ok("/".to_owned()),
        (true, inside) => Ok(format!("/{inside}/")),
        _ => Err("write it as in `/guide/`, with letters, digits, `-`, `_`, `.` and `~`".to_owned()),
    }
}
