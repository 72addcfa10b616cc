//! Input that nobody writes by hand: huge, deep, endless. Each gives a page or a finding, and the program goes on.

use crate::support::SiteTest;

const LESSON: &str = "content/lessons/m/a.md";
const HEAD: &str = "---\ntitle: A\n---\n";

/// States that a lesson with a body is built, or told what is wrong, and that no script comes through.
#[track_caller]
fn survives(body: &str) {
    let site = SiteTest::new().file(LESSON, format!("{HEAD}{body}"));
    let outcome = site.run(&["build", "--quiet"]);
    assert!(outcome.code == 0 || outcome.code == 1, "exit code {}: {}", outcome.code, outcome.stderr);
    assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
}

#[test]
fn huge_texts() {
    survives(&"word ".repeat(2_000_000));
    survives(&format!("{}\n\n## {}\n", "x".repeat(1_000_000), "y".repeat(1_000_000)));
    survives(&format!("## h\n\n{}", "[a](#h) ".repeat(100_000)));
    survives(&"## same\n\n".repeat(5_000));
    survives(&(0..100_000).map(|n| format!("[a](no{n}.md)\n")).collect::<String>());
    survives(&"```quiz\nquestion: q\noptions: [{text: a, correct: yes, because: b}, {text: c, because: d}]\n```\n\n".repeat(3_000));
    survives(
        &(0..20_000)
            .map(|n| format!("[^{n}] "))
            .chain((0..20_000).map(|n| format!("\n\n[^{n}]: n")))
            .collect::<String>(),
    );
    survives(&format!("|{}\n|{}\n{}", "a|".repeat(5_000), "-|".repeat(5_000), "|b|b|b|\n".repeat(2_000)));
}

#[test]
fn deep_and_unclosed_texts() {
    for (part, times) in [
        ("*a ", 100_000),
        ("**a_b", 50_000),
        ("[", 50_000),
        ("![", 50_000),
        ("`", 99_999),
        ("<", 50_000),
        ("[a](<b", 20_000),
        (">", 20_000),
        ("<div>\n\n", 50_000),
        ("<!-- ", 20_000),
    ] {
        survives(&part.repeat(times));
    }
    survives(&(0..2_000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect::<String>());
}

/// States what comes of one file.
#[track_caller]
fn gives(path: &str, text: &str, code: i32, says: &str) {
    let outcome = SiteTest::new().file(path, text).run(&["build", "--quiet"]);
    assert_eq!(outcome.code, code, "{}", outcome.stderr.chars().take(2_000).collect::<String>());
    assert!(outcome.stderr.contains(says), "{}", outcome.stderr.chars().take(2_000).collect::<String>());
}

#[test]
fn yaml_that_grows_or_nests() {
    let glossary = "content/glossary.yaml";
    let bomb: String = ('a'..'i')
        .zip('b'..='i')
        .map(|(before, next)| format!("{next}: &{next} [{}]\n", format!("*{before},").repeat(9)))
        .collect();
    gives(glossary, &format!("a: &a [x,x,x,x,x,x,x,x,x]\n{bomb}"), 1, "error[yaml-invalid]");
    gives(
        glossary,
        &format!("a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)),
        1,
        "error[yaml-invalid]",
    );
    gives(
        glossary,
        &(0..3_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>(),
        1,
        "error[yaml-invalid]",
    );
    gives(glossary, &(0..20_000).map(|n| format!("t{n}: means\n")).collect::<String>(), 0, "");
    gives(glossary, &"t: means\n".repeat(20_000), 1, "error[key-duplicate]");
    gives(LESSON, &format!("---\ntitle: {}\n---\n", "z".repeat(1_000_000)), 0, "");
}

#[test]
fn replies_wins_trees_and_rings_of_any_size() {
    gives(
        "content/replies/r.md",
        &format!("{HEAD}{}{}", "{{ x ".repeat(100_000), "{{a}}".repeat(100_000)),
        1,
        "error[placeholder-unclosed]",
    );
    let win = |n| format!("- {{ title: w{n}, date: 2026-01, what: x, visibility: public, checked: yes }}\n");
    gives("content/wins/w.yaml", &(0..10_000).map(win).collect::<String>(), 0, "");
    let step = |n| format!("  n{n}: {{ ask: q, counts: no, answers: [{{ say: a, go: n{} }}] }}\n", n + 1);
    let tree: String = (0..20_000).map(step).collect();
    gives("content/path.yaml", &format!("start: n0\nnodes:\n{tree}  n20000: {{ end: e }}\n"), 0, "");
    let site = SiteTest::new();
    for n in 0..3_000 {
        site.write(
            &format!("content/lessons/m/l{n}.md"),
            format!("---\ntitle: L{n}\nrequires: l{}\n---\n", (n + 1) % 3_000),
        );
    }
    site.run(&["check"]).code(1).says("3000 lessons need each other");
}

#[test]
fn templates_without_an_end() {
    for (template, says) in [
        ("{% component a() %}{{ <a/> }}{% endcomponent a %}{{ <a/> }}", "recursion"),
        ("{% include \"404.html\" %}", "Circular include"),
        (
            "{% for a in range(end=100000) %}{% for b in range(end=100000) %}xxxxxxxxxx{% endfor %}{% endfor %}",
            "more than 64 MB",
        ),
        (
            "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}",
            "does not come to an end",
        ),
        ("{{ get_env(name=\"HOME\") }}", "Unknown function"),
        (&format!("{{{{ {}1{} }}}}", "(".repeat(5_000), ")".repeat(5_000)), "too complex"),
        (&format!("{}{}", "{% if true %}".repeat(3_000), "{% endif %}".repeat(3_000)), "too deep"),
    ] {
        let site = SiteTest::small().file("themes/default/templates/404.html", template);
        site.run(&["build"]).code(1).says("error[template-invalid]").says(says);
        assert!(!site.has("public"));
    }
}

#[cfg(unix)]
#[test]
fn files_that_are_none() {
    use std::os::unix::fs::symlink;
    let site = SiteTest::small();
    let lessons = site.path("content/lessons");
    symlink("/etc/passwd", lessons.join("passwd.md")).expect("a link can be made");
    symlink("/", lessons.join("root")).expect("a link can be made");
    symlink("..", lessons.join("up")).expect("a link can be made");
    symlink("/dev/zero", lessons.join("zero.md")).expect("a link can be made");
    symlink("nowhere.md", lessons.join("broken.md")).expect("a link can be made");
    symlink("start/first.md", lessons.join("inside.md")).expect("a link can be made");
    std::fs::create_dir(lessons.join("folder.md")).expect("a folder can be made");
    std::process::Command::new("mkfifo").arg(lessons.join("pipe.md")).status().expect("a pipe can be made");
    let outcome = site.run(&["check"]).code(1);
    let expected = ["broken.md", "passwd.md", "pipe.md", "root", "up", "zero.md"]
        .map(|name| format!("file-unreadable content/lessons/{name}"));
    let unreadable: Vec<String> =
        outcome.findings().into_iter().filter(|finding| finding.starts_with("file-unreadable")).collect();
    assert_eq!(unreadable, expected, "{}", outcome.stderr);
    assert!(!outcome.stderr.contains("root:x"), "{}", outcome.stderr);
}
