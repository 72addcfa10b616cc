//! After any edits, what `watch` has written and what `serve` shows are, byte for byte, what a clean build gives.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::live::{Served, Watched};
use crate::support::{SiteTest, Stop, TODAY};

/// How long a change may take to be seen on a machine that is busy with other things. Speed is measured elsewhere.
const PATIENCE: Duration = Duration::from_secs(20);

/// A site's files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// A running command that keeps a site up to date.
trait Kept {
    /// Every file of the site now; `like` names those that are asked for where a site cannot be listed.
    fn files(&self, like: &Files) -> Files;

    fn site(&self) -> &SiteTest;

    /// What a clean build gives.
    fn expected(&self) -> Files {
        clean_build(self.site())
    }

    /// Waits until the site is what a clean build gives.
    #[track_caller]
    fn catches_up(&self, after: &str) {
        let expected = self.expected();
        let start = Instant::now();
        loop {
            let files = self.files(&expected);
            if files == expected {
                return;
            }
            if start.elapsed() > PATIENCE {
                let names = files.keys().chain(expected.keys());
                let differ: Vec<_> = names.filter(|name| files.get(*name) != expected.get(*name)).collect();
                panic!("after {after} these still differ: {differ:?}");
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Kept for Watched {
    fn files(&self, _: &Files) -> Files {
        let public = self.site.path("public");
        // What goes while it is read is not there.
        let entries = walkdir::WalkDir::new(&public).into_iter().filter_map(Result::ok);
        let file = |entry: walkdir::DirEntry| {
            let name = entry.path().strip_prefix(&public).ok()?.to_str()?.to_owned();
            Some((name, fs::read(entry.path()).ok()?))
        };
        entries.filter(|entry| entry.file_type().is_file()).filter_map(file).collect()
    }

    fn site(&self) -> &SiteTest {
        &self.site
    }
}

impl Kept for Served {
    fn files(&self, like: &Files) -> Files {
        // What is not there is answered with the page for that, which differs from any file.
        like.keys().map(|name| (name.clone(), self.file(name))).collect()
    }

    /// The list of files is only needed in a folder.
    fn expected(&self) -> Files {
        let mut files = clean_build(&self.site);
        files.remove(".level-one-manifest.json");
        files
    }

    fn site(&self) -> &SiteTest {
        &self.site
    }
}

/// The files of a clean build.
fn clean_build(site: &SiteTest) -> Files {
    let outside = tempfile::TempDir::new().expect("a folder can be made");
    let folder = outside.path().join("site");
    site.run(&["build", "--quiet", "--dest-dir", folder.to_str().expect("is UTF-8")]).code(0);
    crate::support::tree(&folder)
}

fn guide() -> SiteTest {
    let site = SiteTest::small();
    site.write("content/site.yaml", "title: Guide\n");
    site.write("content/lessons/start/picture.svg", "<svg width=\"4\" height=\"3\"/>");
    site
}

fn lesson(title: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n---\n## One\n\n{text}\n")
}

type Save = fn(&Path, &str);

/// The ways in which editors save.
const EDITORS: &[(&str, Save)] = &[
    ("in place", |path, text| fs::write(path, text).expect("can be written")),
    ("vim", |path, text| {
        let (probe, backup) = (path.with_file_name("4913"), beside(path, "~"));
        fs::write(&probe, "").expect("can be written");
        fs::remove_file(&probe).expect("can be removed");
        fs::rename(path, &backup).expect("can be moved");
        fs::write(path, text).expect("can be written");
        fs::remove_file(&backup).expect("can be removed");
    }),
    ("emacs", |path, text| {
        let name = path.file_name().expect("has a name").to_string_lossy();
        let (lock, auto) =
            (path.with_file_name(format!(".#{name}")), path.with_file_name(format!("#{name}#")));
        symlink("me@here.1:2", &lock).expect("can be made");
        fs::write(&auto, text).expect("can be written");
        fs::copy(path, beside(path, "~")).expect("can be copied");
        fs::write(path, text).expect("can be written");
        fs::remove_file(&auto).expect("can be removed");
        fs::remove_file(&lock).expect("can be removed");
    }),
    ("a file moved over it", |path, text| {
        let new = path.with_file_name(".new-file");
        fs::write(&new, text).expect("can be written");
        fs::rename(&new, path).expect("can be moved");
    }),
    ("JetBrains", |path, text| {
        let (new, old) = (beside(path, "___jb_tmp___"), beside(path, "___jb_old___"));
        fs::write(&new, text).expect("can be written");
        fs::rename(path, &old).expect("can be moved");
        fs::rename(&new, path).expect("can be moved");
        fs::remove_file(&old).expect("can be removed");
    }),
    ("in two halves", |path, text| {
        let (first, second) = text.split_at(text.len() / 2);
        fs::write(path, first).expect("can be written");
        std::thread::sleep(Duration::from_millis(4));
        fs::write(path, format!("{first}{second}")).expect("can be written");
    }),
];

fn beside(path: &Path, end: &str) -> PathBuf {
    let name = path.file_name().expect("has a name").to_string_lossy();
    path.with_file_name(format!("{name}{end}"))
}

/// A guide goes through all that authors do to files.
fn goes_through_all(kept: &dyn Kept) {
    let site = kept.site();
    kept.catches_up("the start");
    for (number, (editor, save)) in EDITORS.iter().enumerate() {
        save(
            &site.path("content/lessons/start/first.md"),
            &lesson("First", &format!("Saved {number} by {editor}.")),
        );
        kept.catches_up(editor);
    }
    let git = |arguments: &[&str]| {
        let all = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
        let mut command = Command::new("git");
        command.args(all).args(arguments).current_dir(site.path("."));
        let output = command.output().expect("git can be run");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    type Act<'a> = (&'a str, &'a dyn Fn());
    let acts: &[Act<'_>] = &[
        ("a new title", &|| site.write("content/lessons/start/first.md", lesson("Another", "Text."))),
        ("a new file", &|| site.write("content/lessons/start/third.md", lesson("Third", "Text."))),
        ("a new folder with a file, at once", &|| {
            site.write("content/lessons/later/deep/fourth.md", lesson("Fourth", "Text."))
        }),
        ("a change in that folder", &|| {
            site.write("content/lessons/later/deep/fourth.md", lesson("Fourth", "Other text."))
        }),
        ("a renamed file", &|| {
            rename(site, "content/lessons/start/third.md", "content/lessons/start/fifth.md")
        }),
        ("a moved folder", &|| rename(site, "content/lessons/later", "content/lessons/sooner")),
        ("a change in the moved folder", &|| {
            site.write("content/lessons/sooner/deep/fourth.md", lesson("Moved", "Text."))
        }),
        ("a folder moved away and its twin in its place", &|| {
            rename(site, "content/lessons/sooner", "away");
            site.write("twin/deep/sixth.md", lesson("Sixth", "Text."));
            rename(site, "twin", "content/lessons/sooner");
        }),
        ("a change in the twin", &|| {
            site.write("content/lessons/sooner/deep/sixth.md", lesson("Sixth", "Other."))
        }),
        ("a deleted file", &|| site.remove("content/lessons/start/fifth.md")),
        ("a deleted folder", &|| {
            fs::remove_dir_all(site.path("content/lessons/sooner")).expect("can be removed")
        }),
        ("a deleted folder that comes again", &|| {
            site.write("content/lessons/sooner/seventh.md", lesson("Seventh", "Text."))
        }),
        ("a style sheet", &|| site.write("themes/default/styles/own.css", "p { color: red }\n")),
        ("another style", &|| site.write("themes/default/styles/own.css", "p { color: blue }\n")),
        ("a template", &|| site.write("themes/default/templates/404.html", "<p>{{ page.root }}</p>\n")),
        ("no theme of its own", &|| fs::remove_dir_all(site.path("themes")).expect("can be removed")),
        ("a link to a folder", &|| {
            site.write("shared/eighth.md", lesson("Eighth", "Text."));
            site.write("shared/below/ninth.md", lesson("Ninth", "Text."));
            symlink("../../shared", site.path("content/lessons/linked")).expect("can be made");
        }),
        ("a change behind the link", &|| site.write("shared/eighth.md", lesson("Eighth", "Other text."))),
        ("a change further behind it", &|| {
            site.write("shared/below/ninth.md", lesson("Ninth", "Other text."))
        }),
        ("a link to a file", &|| {
            site.write("words/about.md", "---\ntitle: About\n---\nText.\n");
            fs::create_dir_all(site.path("content/pages")).expect("can be made");
            symlink("../../words/about.md", site.path("content/pages/about.md")).expect("can be made");
        }),
        ("a file moved over the linked one", &|| {
            site.write("words/.new", "---\ntitle: About\n---\nOther text.\n");
            rename(site, "words/.new", "words/about.md");
        }),
        ("a change of the settings", &|| site.write("content/site.yaml", "title: Another guide\n")),
        ("a thousand files from git", &|| {
            site.write(".gitignore", "public\n");
            git(&["init", "--quiet"]);
            git(&["add", "--all"]);
            git(&["commit", "--quiet", "--message", "one"]);
            for number in 0..1_000 {
                let text = lesson(&format!("Lesson {number}"), "Text.");
                site.write(&format!("content/lessons/many/lesson-{number}.md"), text);
            }
            git(&["add", "--all"]);
            git(&["commit", "--quiet", "--message", "two"]);
        }),
        ("a checkout of what was before", &|| git(&["checkout", "--quiet", "HEAD~1"])),
        ("a checkout of a thousand files", &|| git(&["checkout", "--quiet", "main"])),
        ("no content for a while", &|| {
            rename(site, "content", "content-away");
            std::thread::sleep(Duration::from_millis(30));
            rename(site, "content-away", "content");
        }),
        ("a change after that", &|| site.write("content/lessons/start/first.md", lesson("First", "After."))),
    ];
    for (what, act) in acts {
        act();
        kept.catches_up(what);
    }
    let before = kept.expected();
    for (what, text) in [
        ("a link that leads nowhere", "---\ntitle: First\n---\n[gone](nowhere.md)\n"),
        ("front matter that fails", "---\ntitle: First: part\n---\nText.\n"),
        ("no title", "Text.\n"),
    ] {
        site.write("content/lessons/start/first.md", text);
        std::thread::sleep(Duration::from_millis(200));
        assert!(kept.files(&before) == before, "{what} has changed the site");
    }
    site.write("content/lessons/start/first.md", lesson("First", "Mended."));
    kept.catches_up("the mend");
}

fn rename(site: &SiteTest, from: &str, to: &str) {
    fs::rename(site.path(from), site.path(to)).expect("can be moved");
}

#[test]
fn watch_writes_what_a_clean_build_writes() {
    goes_through_all(&Watched::start(guide(), &[]));
}

#[test]
fn serve_shows_what_a_clean_build_writes() {
    goes_through_all(&Served::start(guide(), &[]));
}

#[test]
fn watching_by_looking_again_and_again_finds_the_same() {
    let watched = Watched::start(guide(), &["--poll", "20"]);
    watched.says("looking for changes every 20 ms: `--poll` asks for it");
    goes_through_all(&watched);
}

/// Numbers that are the same in every run (Marsaglia's xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// A random edit: many files, few names, so that they meet.
fn edit(site: &SiteTest, numbers: &mut Numbers) -> String {
    let name = |numbers: &mut Numbers| {
        let (folder, file) = (numbers.below(3), numbers.below(5));
        format!("content/lessons/module-{folder}/lesson-{folder}-{file}.md")
    };
    let path = name(numbers);
    match numbers.below(10) {
        0 if site.has(&path) => {
            site.remove(&path);
            format!("removal of {path}")
        }
        1 => {
            let (from, to) = (
                format!("content/lessons/module-{}", numbers.below(3)),
                format!("away-{}", numbers.below(2)),
            );
            if site.has(&from) && !site.has(&to) {
                rename(site, &from, &to);
            } else if site.has(&to) && !site.has(&from) {
                rename(site, &to, &from);
            }
            format!("move of {from} and {to}")
        }
        2 => {
            site.write("themes/default/styles/own.css", format!("p {{ order: {} }}\n", numbers.below(9)));
            "a style".to_owned()
        }
        3 => {
            site.write("content/lessons/start/first.md", "---\ntitle: [\n---\n");
            "a bad save".to_owned()
        }
        _ => {
            let text =
                lesson(&format!("Title {}", numbers.below(4)), &format!("Text {}.", numbers.below(50)));
            let (editor, save) = EDITORS[numbers.below(EDITORS.len())];
            if editor == "in place" || !site.has(&path) {
                site.write(&path, text);
            } else {
                save(&site.path(&path), &text);
            }
            format!("{path} saved by {editor}")
        }
    }
}

fn stays_true_under_random_edits(kept: &dyn Kept, seed: u64) {
    let mut numbers = Numbers(seed);
    let mut log = Vec::new();
    for _ in 0..25 {
        for _ in 0..1 + numbers.below(6) {
            log.push(edit(kept.site(), &mut numbers));
            if numbers.below(3) == 0 {
                std::thread::sleep(Duration::from_millis(numbers.below(12) as u64));
            }
        }
        // A bad save is mended before it is compared: with it there is no clean build.
        kept.site().write("content/lessons/start/first.md", lesson("First", &format!("Text {}.", log.len())));
        kept.catches_up(&format!("{} (seed {seed})", log.join("; ")));
    }
}

#[test]
fn watch_stays_true_under_random_edits() {
    for seed in [0x5eed, 0xfeed] {
        stays_true_under_random_edits(&Watched::start(guide(), &[]), seed);
    }
}

#[test]
fn serve_stays_true_under_random_edits() {
    for seed in [0x5eed, 0xcafe] {
        stays_true_under_random_edits(&Served::start(guide(), &[]), seed);
    }
}

#[test]
fn it_starts_on_nothing_and_waits() {
    let site = SiteTest::new();
    fs::remove_dir(site.path("content")).expect("can be removed");
    let watched = Watched::start(site, &[]);
    watched.says("there is no folder `content` in it");
    watched.site.write("content/lessons/first.md", "no front matter\n");
    watched.says("front-matter-missing");
    watched.says("there is no site yet");
    watched.site.write("content/lessons/first.md", lesson("First", "Text."));
    watched.catches_up("the mend");
}

#[test]
fn unchanged_files_keep_their_time_stamps_while_watching() {
    let watched = Watched::start(guide(), &[]);
    watched.catches_up("the start");
    let time = |name: &str| {
        let data = fs::metadata(watched.site.path("public").join(name)).expect("is there");
        data.modified().expect("is known")
    };
    let before: BTreeMap<String, _> =
        watched.expected().into_keys().map(|name| (name.clone(), time(&name))).collect();
    watched.site.write("content/lessons/start/first.md", {
        let text = watched.site.read("content/lessons/start/first.md");
        text.replace("Text.", "Other text.")
    });
    watched.catches_up("a change");
    // The search has other words, and the manifest the names of their files.
    let may_change = |name: &str| name.starts_with("search/") || name == ".level-one-manifest.json";
    for (name, old) in before.into_iter().filter(|(name, _)| !may_change(name)) {
        assert_eq!(time(&name) == old, name != "lessons/first.html", "{name}");
    }
}

#[test]
fn it_says_nothing_while_nothing_happens() {
    let watched = Watched::start(guide(), &[]);
    watched.catches_up("the start");
    // The files are there a moment before it is said.
    while !watched.said().contains(" pages") {
        std::thread::sleep(Duration::from_millis(10));
    }
    let said = watched.said();
    // Beyond the look at everything that comes two seconds after the last one.
    std::thread::sleep(Duration::from_millis(2_500));
    assert_eq!(watched.said(), said);
}

#[test]
fn it_ends_when_asked_and_leaves_nothing_behind() {
    for signal in [Stop::Interrupt, Stop::Terminate] {
        let watched = Watched::start(guide(), &[]);
        watched.catches_up("the start");
        let before = watched.expected();
        let site = watched.stop(signal, 0);
        assert_eq!(site.tree("public"), before);
        let names = fs::read_dir(site.path(".")).expect("can be read").map(|entry| entry.expect("is there"));
        let names: Vec<_> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        assert!(!names.iter().any(|name| name.starts_with(".level-one-")), "{names:?}");
    }
}

#[test]
fn without_watches_it_looks_again_and_again() {
    let site = guide();
    let is_root = std::os::unix::fs::MetadataExt::uid(&fs::metadata("/proc/self").expect("is there")) == 0;
    let mut command = Command::new("unshare");
    command.arg("--user");
    command.arg("--map-root-user");
    command
        .args([
            "sh",
            "-c",
            "echo 0 >/proc/sys/user/max_inotify_instances && exec \"$0\" watch",
            env!("CARGO_BIN_EXE_level-one"),
        ])
        .current_dir(site.path("."))
        .env("SOURCE_DATE_EPOCH", TODAY);
    let watched = Watched::run(site, command);
    let said = watched.wait_for("looking for changes every 500 ms: the system cannot watch the folders");
    assert!(said, "{} (this test needs root or user name spaces; root: {is_root})", watched.said());
    watched.site.write("content/lessons/start/first.md", lesson("First", "Seen all the same."));
    watched.catches_up("a change");
}

#[test]
fn what_stands_in_the_place_of_a_file_is_never_followed_out_of_the_guide() {
    let watched = Watched::start(guide(), &[]);
    watched.catches_up("the start");
    let outside = tempfile::TempDir::new().expect("a folder can be made");
    fs::write(outside.path().join("secret.md"), lesson("First", "SECRET")).expect("can be written");
    let first = watched.site.path("content/lessons/start/first.md");
    symlink(outside.path().join("secret.md"), watched.site.path("content/.link")).expect("can be made");
    fs::rename(watched.site.path("content/.link"), &first).expect("can be moved");
    watched.says("it is a link that leads out of the guide");
    let shown = watched.site.read("public/lessons/first.html");
    assert!(!shown.contains("SECRET"), "{shown}");
    let pipe = watched.site.path("content/.pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("can be run").success());
    fs::rename(&pipe, &first).expect("can be moved");
    watched.says("it is not a file");
    fs::remove_file(&first).expect("can be removed");
    watched.site.write("content/lessons/start/first.md", lesson("First", "A file again."));
    watched.catches_up("the mend");
}

#[test]
fn a_guide_that_is_moved_away_and_comes_back_is_watched_again() {
    let watched = Watched::start(guide(), &[]);
    watched.catches_up("the start");
    let (content, away) = (watched.site.path("content"), watched.site.path("away"));
    for round in 0..3 {
        fs::rename(&content, &away).expect("can be moved");
        assert!(
            Command::new("cp").arg("-r").arg(&away).arg(&content).status().expect("can be run").success()
        );
        fs::remove_dir_all(&away).expect("can be removed");
        watched.site.write("content/lessons/start/first.md", lesson("First", &format!("Round {round}.")));
        watched.catches_up("a copy in its place");
        watched.site.write("content/lessons/start/first.md", lesson("First", &format!("Edit {round}.")));
        watched.catches_up("an edit of the copy");
    }
}

#[test]
fn a_template_without_an_end_can_be_mended() {
    let watched = Watched::start(guide(), &[]);
    watched.catches_up("the start");
    let endless = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% for c in range(end=100000) %}\
        {% endfor %}{% endfor %}{% endfor %}{{ lesson.body_html | safe }}";
    watched.site.write("themes/default/templates/lesson.html", endless);
    watched.says("does not come to an end");
    watched.site.write("themes/default/templates/lesson.html", "{{ lesson.body_html | safe }}\n");
    watched.catches_up("the mend");
    watched.site.write("content/lessons/start/first.md", lesson("First", "Still seen."));
    watched.catches_up("a change after it");
}
