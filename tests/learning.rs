//! What the build gives to those who come back: a plan for the first weeks, questions on pages of their own, names by which
//! progress is kept.

use crate::support::SiteTest;

/// A lesson of some minutes with the lines of its front matter.
fn lesson(title: &str, minutes: usize, lines: &str, body: &str) -> String {
    // Reading takes a minute for 200 words or so; a word of this text counts as one.
    let words = "word ".repeat(minutes * 210);
    format!("---\ntitle: {title}\n{lines}---\n{body}\n\n{words}\n")
}

fn quiz(question: &str, because: &str) -> String {
    format!(
        "```quiz\nquestion: {question}\noptions:\n  - {{ text: One, correct: yes, because: {because} }}\n  - {{ text: Two, because: No. }}\n```\n"
    )
}

/// What stands between two texts, at each place.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    text.split(before).skip(1).map(|rest| rest.split(after).next().expect("is there")).collect()
}

fn plan(site: &SiteTest) -> Vec<Vec<String>> {
    let html = site.read("public/lessons/index.html");
    let Some(weeks) = between(&html, "<details class=\"weeks\">", "</details>").first().copied() else {
        return Vec::new();
    };
    let slugs = |week: &str| between(week, "data-lesson=\"", "\"").into_iter().map(str::to_owned).collect();
    weeks.split("<h2>").skip(1).map(slugs).collect()
}

#[test]
fn the_first_weeks_follow_what_lessons_require_half_an_hour_each() {
    let site = SiteTest::new()
        .file("content/lessons/a/one.md", lesson("A one", 12, "requires: [last]\n", ""))
        .file("content/lessons/a/two.md", lesson("A two", 12, "", ""))
        .file("content/lessons/b/long.md", lesson("B long", 50, "", ""))
        .file("content/lessons/b/last.md", lesson("B z last", 9, "requires: [two]\n", ""));
    site.build();
    assert_eq!(plan(&site), [vec!["two", "last"], vec!["one"], vec!["long"]]);
}

#[test]
fn a_long_chain_of_requirements_is_followed_to_its_end() {
    let mut site = SiteTest::new();
    for number in 0..400 {
        let requires = if number < 399 { format!("requires: [l{}]\n", number + 1) } else { String::new() };
        site = site.file(
            &format!("content/lessons/l{number}.md"),
            lesson(&format!("L {number:03}"), 20, &requires, ""),
        );
    }
    site.build();
    let weeks: Vec<String> = plan(&site).concat();
    assert_eq!(weeks, ["l399", "l398", "l397", "l396", "l395", "l394"]);
}

#[test]
fn a_guide_of_one_short_lesson_has_no_plan() {
    let site = SiteTest::new().file("content/lessons/one.md", lesson("One", 3, "", ""));
    site.build();
    assert_eq!(plan(&site), Vec::<Vec<String>>::new());
    assert!(!site.has("public/review.html"), "without questions there is no page of them");
}

#[test]
fn a_question_is_another_one_when_its_words_change() {
    let key = |question: &str, because: &str| {
        let site =
            SiteTest::new().file("content/lessons/one.md", lesson("One", 1, "", &quiz(question, because)));
        site.build();
        let keys = |page: &str| between(&site.read(page), "data-key=\"", "\"")[0].to_owned();
        assert_eq!(keys("public/lessons/one.html"), keys("public/review.html"));
        keys("public/review.html")
    };
    assert_eq!(key("Why?", "Yes."), key("Why?", "Since it is so."));
    assert_ne!(key("Why?", "Yes."), key("How?", "Yes."));
}

#[test]
fn the_questions_of_a_large_guide_have_a_page_a_module() {
    let guide = |count: usize| {
        let questions: String = (0..count).map(|number| quiz(&format!("Number {number}?"), "Yes.")).collect();
        let site = SiteTest::new()
            .file("content/lessons/loose.md", lesson("Loose", 1, "", &quiz("Loose?", "Yes.")))
            .file("content/lessons/a/many.md", lesson("Many", 1, "", &questions))
            .file("content/lessons/b/none.md", lesson("None", 1, "", ""));
        site.build();
        site
    };
    let small = guide(99);
    assert_eq!(between(&small.read("public/review.html"), "data-key=\"", "\"").len(), 100);
    assert!(!small.has("public/lessons/a/review.html"));

    let large = guide(100);
    let all = large.read("public/review.html");
    assert_eq!(between(&all, "data-key=\"", "\"").len(), 1);
    assert!(all.contains("href=\"lessons/a/review.html\""), "{all}");
    assert!(!all.contains("lessons/b/review.html"), "a module without questions has no page of them");
    let module = large.read("public/lessons/a/review.html");
    assert_eq!(between(&module, "data-key=\"", "\"").len(), 100);
    assert!(module.contains("data-lesson=\"many\""));
}

#[test]
fn lists_and_pages_name_the_slugs_that_a_lesson_had_before() {
    let site = SiteTest::new()
        .file(
            "content/lessons/m/new-name.md",
            lesson("New", 1, "aliases: [old, older]\n", &quiz("Why?", "Yes.")),
        )
        .file("content/lessons/m/other.md", lesson("Other", 1, "", ""));
    site.build();
    for page in [
        "lessons/new-name.html",
        "lessons/other.html",
        "lessons/index.html",
        "lessons/m/index.html",
        "review.html",
    ] {
        let html = site.read(&format!("public/{page}"));
        assert!(
            html.contains("data-lesson=\"new-name\" ") && html.contains("data-was=\"old older\""),
            "{page}"
        );
    }
}

#[test]
fn the_words_of_pages_about_the_reader_may_be_the_guides_own() {
    let site = SiteTest::small()
        .file("content/pages/journal.md", "---\ntitle: My pages\nsummary: Mine.\n---\nOwn words.\n");
    site.build();
    let journal = site.read("public/journal.html");
    assert!(journal.contains("<h1>My pages</h1>") && journal.contains("Own words."), "{journal}");
    for page in ["journal", "completion", "privacy"] {
        assert!(site.has(&format!("public/{page}.html")), "{page}");
    }
}

#[test]
fn boxes_are_remembered_on_any_page_that_has_some() {
    let site = SiteTest::small()
        .file("content/pages/list.md", "---\ntitle: A list\n---\n- [ ] One\n")
        .file("content/pages/text.md", "---\ntitle: A text\n---\n- One\n");
    site.build();
    let loads = |page: &str| site.read(&format!("public/{page}.html")).contains("assets/learning.");
    assert!(loads("list") && !loads("text"));
}

#[test]
fn a_question_that_is_skipped_says_nothing_that_nobody_chose() {
    for (answers, wanted) in [
        // As if no reason had been given.
        ("[{ say: A, go: a }, { say: B, reason: none, go: b }, { say: C, reason: comp, go: c }]", "b"),
        // By an answer that stands for no reason.
        ("[{ say: A, reason: comp, go: a }, { say: B, go: b }, { say: C, reason: slow, go: c }]", "b"),
        // To where most lead; of several, to the last.
        ("[{ say: A, go: a }, { say: B, go: b }, { say: C, go: b }, { say: D, go: c }]", "b"),
        ("[{ say: A, go: a }, { say: B, go: b }, { say: C, go: c }]", "c"),
        ("[{ say: A, reason: comp, go: a }, { say: B, reason: slow, go: b }]", "b"),
        // A single answer is as quick.
        ("[{ say: A, go: a }]", ""),
    ] {
        // An end that nothing leads to is a mistake.
        let reached = ["a", "b", "c"].into_iter().filter(|end| answers.contains(&format!("go: {end} ")));
        let ends: String = reached.map(|end| format!("  {end}: {{ end: The end }}\n")).collect();
        let site = SiteTest::new().file(
            "content/path.yaml",
            format!("title: No\nstart: ask\nnodes:\n  ask:\n    ask: What?\n    answers: {answers}\n{ends}"),
        );
        site.build();
        let html = site.read("public/path.html");
        let skips = between(&html, "<a class=\"button plain skips\" href=\"#", "\"");
        assert_eq!(skips.concat().trim_start_matches("step."), wanted, "{answers}");
    }
}
