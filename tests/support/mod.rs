//! A small guide in a folder of its own, commands run on it, and what came of them.

mod example;
pub mod live;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

pub use example::Example;
pub use live::Stop;

/// Every run has the same day, so that dates in tests do not come true.
pub const TODAY: &str = "1795564800"; // 2026-11-25

/// A guide in a folder that goes with the test.
pub struct SiteTest {
    folder: TempDir,
}

impl SiteTest {
    /// An empty guide.
    pub fn new() -> SiteTest {
        let site = SiteTest { folder: TempDir::new().expect("a folder can be made") };
        fs::create_dir(site.path("content")).expect("a folder can be made");
        site
    }

    /// A guide with a lesson, a reply and a win.
    pub fn small() -> SiteTest {
        SiteTest::new()
            .file("content/lessons/start/first.md", "---\ntitle: First\nreplies: [thanks]\n---\n## One\n\nText.\n")
            .file("content/lessons/start/second.md", "---\ntitle: Second\n---\nSee [the first](first.md#one).\n")
            .file("content/replies/thanks.md", "---\ntitle: Thanks\nreason: none\n---\nThank you, {{ first_name }}.\n")
            .file(
                "content/wins/all.yaml",
                "- { title: A win, date: 2026-02, what: It went well., visibility: public, checked: yes, lesson: first }\n",
            )
    }

    /// Writes a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> SiteTest {
        self.write(path, text);
        self
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("files lie in folders")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a file can be removed");
    }

    /// A path in the guide.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Whether a file is there.
    pub fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// Every file below a folder with its bytes.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(folder))
    }

    /// Runs a command in the guide's folder.
    pub fn run(&self, arguments: &[&str]) -> Outcome {
        let output = self.command(arguments).output().expect("the program can be run");
        Outcome::new(arguments, output)
    }

    /// Builds and expects it to work.
    pub fn build(&self) -> Outcome {
        self.run(&["build"]).code(0)
    }

    /// Starts a command that does not end by itself.
    pub fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be run")
    }

    /// A command in the guide's folder, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_level-one"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("SOURCE_DATE_EPOCH", TODAY).env("NO_COLOR", "1");
        command
    }
}

/// Every file below a folder with its bytes, by path with `/`.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.expect("the folder can be read");
        if entry.file_type().is_file() {
            let name =
                entry.path().strip_prefix(folder).expect("lies below").to_string_lossy().replace('\\', "/");
            files.insert(name, fs::read(entry.path()).expect("the file can be read"));
        }
    }
    files
}

/// What a command said.
pub struct Outcome {
    call: String,
    /// The exit code.
    pub code: i32,
    /// What it printed.
    pub stdout: String,
    /// What it said besides.
    pub stderr: String,
}

impl Outcome {
    fn new(arguments: &[&str], output: Output) -> Outcome {
        Outcome {
            call: arguments.join(" "),
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// States the exit code.
    #[track_caller]
    pub fn code(self, code: i32) -> Outcome {
        assert_eq!(self.code, code, "`{}` said:\n{}{}", self.call, self.stdout, self.stderr);
        self
    }

    /// States that something was said on standard error.
    #[track_caller]
    pub fn says(self, words: &str) -> Outcome {
        assert!(self.stderr.contains(words), "`{}` did not say {words:?}, but:\n{}", self.call, self.stderr);
        self
    }

    /// States that something was printed on standard output.
    #[track_caller]
    pub fn prints(self, words: &str) -> Outcome {
        assert!(
            self.stdout.contains(words),
            "`{}` did not print {words:?}, but:\n{}",
            self.call,
            self.stdout
        );
        self
    }

    /// The codes and places that were reported: `code path:line:column`, in order.
    pub fn findings(&self) -> Vec<String> {
        let mut findings = Vec::new();
        let mut code = "";
        for line in self.stderr.lines() {
            if let Some(rest) = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning[")) {
                code = rest.split(']').next().unwrap_or("");
            } else if let Some((_, place)) = line.split_once("--> ")
                && !code.is_empty()
            {
                findings.push(format!("{code} {place}"));
                code = "";
            }
        }
        findings
    }
}
