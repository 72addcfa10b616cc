//! The output is exactly the old site or exactly the new one, whatever happens while it is written.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::support::{SiteTest, tree};

/// A guide of so many lessons whose texts differ from edition to edition; each edition has a lesson of its own.
fn edition(site: &SiteTest, lessons: usize, edition: &str) {
    let folder = site.path("content/lessons/many");
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the old edition can be removed");
    }
    for number in 0..lessons {
        let text = format!("---\ntitle: Lesson {number}\n---\n## Part\n\nThis is edition {edition}.\n");
        site.write(&format!("content/lessons/many/lesson-{number}.md"), text);
    }
    site.write(&format!("content/lessons/many/only-{edition}.md"), "---\ntitle: Only here\n---\nText.\n");
}

/// The output of a clean build, manifest included.
fn clean_build(site: &SiteTest) -> BTreeMap<String, Vec<u8>> {
    site.run(&["build", "--dest-dir", "elsewhere"]).code(0);
    let files = site.tree("elsewhere");
    fs::remove_dir_all(site.path("elsewhere")).expect("can be removed");
    files
}

/// Names in the guide's folder that builds made and did not clear away.
fn left_over(site: &SiteTest) -> Vec<String> {
    let names = |folder: &str| fs::read_dir(site.path(folder)).into_iter().flatten().flatten();
    names(".")
        .chain(names("public"))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".level-one-") && name != ".level-one-manifest.json")
        .collect()
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one() {
    let site = SiteTest::small();
    let mut editions = Vec::new();
    for name in ["a", "b"] {
        edition(&site, 150, name);
        let mut files = clean_build(&site);
        files.insert("CNAME".to_owned(), b"example.org\n".to_vec());
        files.insert(".git/objects/aa/1".to_owned(), b"mine\n".to_vec());
        editions.push(files);
    }
    site.write("public/CNAME", "example.org\n");
    site.write("public/.git/objects/aa/1", "mine\n");
    let start = Instant::now();
    site.build();
    let full = start.elapsed();
    let mut last = 1;
    let mut outcomes = [0, 0];
    for round in 0..50_u32 {
        let next = (round % 2) as usize;
        edition(&site, 150, if next == 0 { "a" } else { "b" });
        let mut child = site.start(&["build", "--quiet"]);
        // Most instants lie in the second half, where files are written and exchanged.
        let instant = f64::from(round * 7919 % 50) / 50.0;
        std::thread::sleep(full.mul_f64(0.2 + instant));
        child.kill().expect("the build can be killed");
        child.wait().expect("the build ends");
        let there = site.tree("public");
        let is_new = there == editions[next];
        assert!(is_new || there == editions[last], "round {round}: neither the old site nor the new one");
        outcomes[usize::from(is_new)] += 1;
        if is_new {
            last = next;
        } else if next != last {
            // The next round begins from the old site, and from whatever was left beside it.
            continue;
        }
    }
    assert!(outcomes[0] > 0, "no build was killed before it was done: {outcomes:?} in {full:?}");
    site.build();
    assert_eq!(site.tree("public"), editions[1]);
    assert_eq!(left_over(&site), Vec::<String>::new());
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill").arg(signal).arg(child.id().to_string()).status();
    assert!(sent.expect("kill can be run").success());
}

#[test]
fn a_build_that_is_asked_to_stop_leaves_nothing_behind() {
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let site = SiteTest::small();
        edition(&site, 300, "a");
        site.build();
        let old = site.tree("public");
        let mut caught = false;
        for attempt in 0..20 {
            edition(&site, 300, if attempt % 2 == 0 { "b" } else { "c" });
            let mut child = site.start(&["build", "--quiet"]);
            let start = Instant::now();
            while !site.has(".level-one-public") && start.elapsed() < Duration::from_secs(5) {
                std::thread::sleep(Duration::from_micros(200));
            }
            if child.try_wait().expect("can be asked").is_none() {
                send(signal, &child);
            }
            let ended = child.wait().expect("the build ends").code();
            assert_eq!(left_over(&site), Vec::<String>::new());
            if ended == Some(code) && site.tree("public") == old {
                caught = true;
                break;
            }
            // The build was quicker than the signal.
            edition(&site, 300, "a");
            site.build();
        }
        assert!(caught, "no build could be stopped by {signal}");
    }
}

#[test]
fn builds_at_the_same_time_wait_for_each_other() {
    let site = SiteTest::small();
    for name in ["a", "b", "a"] {
        edition(&site, 60, name);
        let builds: Vec<Child> = (0..4).map(|_| site.start(&["build"])).collect();
        for build in builds {
            let output = build.wait_with_output().expect("the build ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(site.tree("public"), clean_build(&site));
        assert_eq!(left_over(&site), Vec::<String>::new());
    }
}

/// Size, rights, inode and time of everything below a folder, links not followed.
fn facts(folder: &Path) -> BTreeMap<Vec<u8>, (u64, u32, u64, i64, i64)> {
    use std::os::unix::ffi::OsStrExt;
    let mut facts = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.expect("can be read");
        let data = entry.path().symlink_metadata().expect("can be read");
        let name = entry.path().strip_prefix(folder).expect("lies below").as_os_str().as_bytes().to_vec();
        let times = if data.is_dir() { (0, 0, 0) } else { (data.ino(), data.mtime(), data.mtime_nsec()) };
        let size = if data.is_dir() { 0 } else { data.size() };
        facts.insert(name, (size, data.mode(), times.0, times.1, times.2));
    }
    facts
}

#[test]
fn foreign_files_of_every_kind_survive_every_command() {
    let site = SiteTest::small();
    let public = site.path("public");
    site.write("public/CNAME", "example.org\n");
    site.write("public/.gitignore", "*\n");
    site.write("public/.git/HEAD", "ref: refs/heads/pages\n");
    site.write("public/lessons/my notes.txt", "mine\n");
    site.write("public/assets/logo.png", [0, 159, 146, 150]);
    site.write("public/own/script.sh", "#!/bin/sh\n");
    fs::set_permissions(public.join("own/script.sh"), fs::Permissions::from_mode(0o751)).expect("can be set");
    fs::set_permissions(public.join("CNAME"), fs::Permissions::from_mode(0o444)).expect("can be set");
    fs::create_dir_all(public.join("empty/folder")).expect("can be made");
    fs::set_permissions(public.join("empty"), fs::Permissions::from_mode(0o2750)).expect("can be set");
    symlink("CNAME", public.join("link")).expect("can be made");
    symlink("nowhere", public.join("broken")).expect("can be made");
    symlink("/", public.join("own/root")).expect("can be made");
    fs::hard_link(public.join("CNAME"), public.join("twin")).expect("can be made");
    assert!(Command::new("mkfifo").arg(public.join("pipe")).status().expect("can be run").success());
    {
        use std::os::unix::ffi::OsStrExt;
        let name = std::ffi::OsStr::from_bytes(b"not-\xff-utf8");
        fs::write(public.join(name), "mine\n").expect("can be written");
    }
    let before = facts(&public);
    let survive = |what: &str| {
        let after = facts(&public);
        for (name, fact) in &before {
            let name_shown = String::from_utf8_lossy(name);
            assert_eq!(after.get(name), Some(fact), "{name_shown} after {what}");
        }
    };
    site.build();
    survive("the first build");
    site.write("content/lessons/start/first.md", "---\ntitle: First\n---\nAnother text.\n");
    site.remove("content/lessons/start/second.md");
    site.build();
    assert!(!site.has("public/lessons/second.html"));
    survive("a change");
    site.write("content/lessons/start/first.md", "no front matter\n");
    site.run(&["build"]).code(1);
    survive("a build with an error");
    site.run(&["clean"]).code(0);
    survive("clean");
    assert_eq!(facts(&public).len(), before.len());
}

#[test]
fn unchanged_files_stay_the_very_same_files() {
    let site = SiteTest::small();
    site.build();
    let before = facts(&site.path("public"));
    let text = site.read("content/lessons/start/first.md").replace("Text.", "Other text.");
    site.write("content/lessons/start/first.md", text);
    site.build();
    let after = facts(&site.path("public"));
    for (name, fact) in before {
        let name_shown = String::from_utf8_lossy(&name);
        // The search has other words, and the manifest the names of their files.
        let may_change = name.starts_with(b"search") || name == b".level-one-manifest.json";
        let same = after.get(&name) == Some(&fact);
        assert!(may_change || same == (name != b"lessons/first.html"), "{name_shown}");
    }
}

#[test]
fn a_failed_build_leaves_the_old_site_and_nothing_else() {
    let site = SiteTest::small();
    edition(&site, 40, "a");
    site.build();
    let old = facts(&site.path("."));
    let lesson = "{% if lesson.title == \"Lesson 37\" %}{{ nope }}{% endif %}{{ lesson.body_html | safe }}";
    site.write("themes/default/templates/lesson.html", lesson);
    site.run(&["build"]).code(1).says("error[template-invalid]").says("nothing was written");
    fs::remove_dir_all(site.path("themes")).expect("can be removed");
    assert_eq!(facts(&site.path(".")), old);
    site.write("public/lessons/third.html", "mine\n");
    let with_mine = facts(&site.path("public"));
    site.write("content/lessons/start/third.md", "---\ntitle: Third\n---\nText.\n");
    site.run(&["build"]).code(2).says("public/lessons/third.html`: a file that no build wrote stands there");
    assert_eq!(facts(&site.path("public")), with_mine);
    assert_eq!(left_over(&site), Vec::<String>::new());
}

#[test]
fn what_stands_where_pages_or_their_folders_go_is_refused() {
    type Put = fn(&Path);
    let cases: &[(&str, Put)] = &[
        ("a file where a folder goes", |public| {
            fs::write(public.join("lessons"), "mine\n").expect("can be written")
        }),
        ("a link where a folder goes", |public| {
            symlink("/tmp", public.join("lessons")).expect("can be made")
        }),
        ("a folder where a page goes", |public| {
            fs::create_dir(public.join("index.html")).expect("can be made")
        }),
        ("a link where a page goes", |public| {
            symlink("nowhere", public.join("index.html")).expect("can be made")
        }),
    ];
    for (what, put) in cases {
        let site = SiteTest::small();
        fs::create_dir(site.path("public")).expect("can be made");
        put(&site.path("public"));
        let before = facts(&site.path("public"));
        let outcome = site.run(&["build"]).code(2);
        assert!(
            outcome.stderr.contains("a file that no build wrote stands there"),
            "{what}: {}",
            outcome.stderr
        );
        assert_eq!(facts(&site.path("public")), before, "{what}");
        assert_eq!(left_over(&site), Vec::<String>::new());
    }
}

#[test]
fn a_link_that_took_the_place_of_a_folder_is_not_followed() {
    let site = SiteTest::small();
    site.build();
    fs::rename(site.path("public/lessons"), site.path("moved")).expect("can be moved");
    symlink("../moved", site.path("public/lessons")).expect("can be made");
    let moved = facts(&site.path("moved"));
    site.write("content/lessons/start/first.md", "---\ntitle: First\n---\n## One\n\nOther text.\n");
    site.run(&["build"]).code(2).says("stands there");
    assert_eq!(facts(&site.path("moved")), moved);
    site.run(&["clean"]).code(0);
    assert_eq!(facts(&site.path("moved")), moved);
    assert!(site.path("public/lessons").is_symlink());
}

#[test]
fn folders_that_are_no_place_for_a_site_are_refused() {
    let site = SiteTest::small();
    fs::create_dir(site.path("real")).expect("can be made");
    symlink("real", site.path("link")).expect("can be made");
    site.run(&["build", "-d", "link"]).code(2).says("it is a link to `real`; name that folder itself");
    site.write("file", "mine\n");
    site.run(&["build", "-d", "file"]).code(2).says("it is a file; name a folder");
    site.write("home/notes.txt", "mine\n");
    let home = Command::new(env!("CARGO_BIN_EXE_level-one"))
        .args(["build", "-d", "home"])
        .current_dir(site.path("."))
        .env("HOME", site.path("home"))
        .output()
        .expect("can be run");
    assert_eq!(home.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&home.stderr).contains("it is your home folder"), "{home:?}");
    assert_eq!(tree(&site.path("real")).len() + tree(&site.path("home")).len(), 1);
}

#[test]
fn what_an_interrupted_build_left_is_cleared_away() {
    let site = SiteTest::small();
    site.write("public/CNAME", "example.org\n");
    site.build();
    let built = site.tree("public");
    // Killed while files were staged.
    site.write(".level-one-public/site/index.html", "half a pa");
    site.write(".level-one-public/new-tree", "");
    site.build();
    assert_eq!(left_over(&site), Vec::<String>::new());
    // Killed after the exchange: the old tree stands beside the new one, and somebody has put a file into it.
    for (name, bytes) in &built {
        site.write(&format!(".level-one-public/site/{name}"), bytes);
    }
    site.write(".level-one-public/site/lessons/late.txt", "mine\n");
    site.write(".level-one-public/new-tree", "Some((1, 1))");
    site.build();
    assert_eq!(left_over(&site), Vec::<String>::new());
    let mut expected = built;
    expected.insert("lessons/late.txt".to_owned(), b"mine\n".to_vec());
    assert_eq!(site.tree("public"), expected);
}

/// Runs a script in a mount name space of its own, in which it may mount things that are gone with it.
fn with_mounts(site: &SiteTest, script: &str) {
    let is_root = fs::metadata("/proc/self").expect("can be read").uid() == 0;
    let mut command = Command::new("unshare");
    if !is_root {
        command.arg("--map-root-user");
    }
    let prelude = r#"
        set -eu
        fail() { echo "$*" >&2; exit 1; }
        # build CODE WORDS: runs a build, and states its exit code and what it says.
        build() {
          code=0; "$BIN" build >out 2>&1 || code=$?
          [ "$code" = "$1" ] || fail "exit code $code in place of $1: $(cat out)"
          grep -q -- "$2" out || fail "did not say '$2': $(cat out)"
        }
        same() { diff -r "$1" "$2" >diff.txt || fail "$1 and $2 differ: $(cat diff.txt)"; }
        none_left() { for left in .level-one-public public/.level-one-staging; do [ ! -e $left ] || fail "$left is left"; done; }
    "#;
    let output = command
        .args(["--mount", "sh", "-c", &format!("{prelude}\n{script}")])
        .current_dir(site.path("."))
        .env("BIN", env!("CARGO_BIN_EXE_level-one"))
        .env("SOURCE_DATE_EPOCH", crate::support::TODAY)
        .output()
        .expect("unshare (util-linux) can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{said}\n(this test mounts small memory file systems: it needs root, or the right to make user name spaces)"
    );
}

const BIG: &str = "---\ntitle: Big\n---\n![A large picture](big.png)\n";

/// The head of a picture, and so many bytes behind it.
fn big_picture(length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\x90\x08\x06\0\0\0".to_vec();
    bytes.resize(length, 7);
    bytes
}

#[test]
fn on_a_full_or_read_only_disk_the_old_site_stays() {
    let site = SiteTest::small();
    site.write("big/big.md", BIG);
    site.write("big/big.png", big_picture(3_000_000));
    with_mounts(
        &site,
        r#"
        mkdir disk && mount -t tmpfs -o size=2m tmpfs disk && mkdir disk/guide && cp -r content disk/guide && cd disk/guide
        build 0 "files written"
        cp -r public ../../old && mkdir content/lessons/big
        # The guide's own files lie on another disk, so that only the output can fill this one.
        mount --bind ../../big content/lessons/big
        build 2 "No space left on device"
        same public ../../old; none_left
        umount content/lessons/big && rmdir content/lessons/big
        mount -o remount,ro .. && cd ../..
        cd disk/guide && mount -t tmpfs tmpfs content && cp -r ../../content/* content && cd ../..
        check() { code=0; "$BIN" build disk/guide >out 2>&1 || code=$?; [ "$code" = "$1" ] || fail "exit code $code: $(cat out)"; }
        check 0; grep -q " 0 files written" out || fail "$(cat out)"
        echo "More." >> disk/guide/content/lessons/start/first.md
        check 2; grep -q "Read-only file system" out || fail "$(cat out)"
        same disk/guide/public old
        "#,
    );
}

#[test]
fn a_mount_point_is_written_file_by_file_and_whole_or_not_at_all() {
    let site = SiteTest::small();
    site.write("big/big.md", BIG);
    site.write("big/big.png", big_picture(3_000_000));
    with_mounts(
        &site,
        r#"
        "$BIN" build -d reference >out
        mkdir public && mount -t tmpfs -o size=2m tmpfs public && echo mine > public/CNAME && echo mine > reference/CNAME
        build 0 "one by one, not all in one step: it is a mount point"
        same public reference; none_left
        cp -r content first
        mv big content/lessons/big
        build 2 "No space left on device"
        same public reference; none_left
        mv content/lessons/big big; rm content/lessons/start/second.md
        build 0 " removed,"
        [ ! -e public/lessons/second.html ] || fail "the page is still there"
        # A folder that is mounted a second time on its own disk.
        umount public && mkdir -p real && mount --bind real public
        build 0 "it is a mount point"
        "$BIN" build -d second >out && same public second; none_left
        "#,
    );
}

#[test]
fn without_file_handles_the_old_site_stays() {
    let site = SiteTest::small();
    edition(&site, 20, "a");
    site.build();
    let old = site.tree("public");
    edition(&site, 20, "b");
    let mut refused = 0;
    for handles in 4..24 {
        let build = Command::new("sh")
            .args(["-c", &format!("ulimit -n {handles}; exec \"$BIN\" build")])
            .current_dir(site.path("."))
            .env("BIN", env!("CARGO_BIN_EXE_level-one"))
            .env("SOURCE_DATE_EPOCH", crate::support::TODAY)
            .output()
            .expect("sh can be run");
        if build.status.success() {
            break;
        }
        refused += 1;
        assert_ne!(build.status.code(), Some(1), "the content is not at fault: {build:?}");
        assert_eq!(site.tree("public"), old, "with {handles} handles");
    }
    assert!(refused > 0);
    site.build();
    assert_eq!(site.tree("public"), clean_build(&site));
    assert_eq!(left_over(&site), Vec::<String>::new());
}
