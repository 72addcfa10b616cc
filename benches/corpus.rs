//! Realistic guides of any size, the same on every machine: lessons of about 700 words with links, tables, lists,
//! quizzes and images in modules of 50, a reply and a win for every 20 lessons, a glossary and a decision tree.

use std::fs;
use std::io::Write as _;
use std::path::Path;

/// How many lessons a module has.
pub const MODULE: usize = 50;

/// The words that sentences are drawn from: those of our own guide as it was at first, so that their lengths and
/// repetitions are real, and so that the guide may change without changing what is measured.
const WORDS: &str = include_str!("corpus/words.txt");

const REPLY: &str = include_str!("corpus/replies/close-the-loop.md");
const PATH: &str = include_str!("corpus/path.yaml");
const GLOSSARY: &str = include_str!("corpus/glossary.yaml");

/// A small stream of numbers that is the same everywhere (SplitMix64, Steele et al. 2014).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}

/// Writes sentences.
struct Writer {
    words: Vec<&'static str>,
    numbers: Numbers,
}

impl Writer {
    fn new(seed: usize) -> Writer {
        let words = WORDS.split_whitespace().collect();
        Writer { words, numbers: Numbers(seed as u64) }
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.words[self.numbers.below(self.words.len())]).collect();
        let text = words.join(" ");
        text[..1].to_uppercase() + &text[1..]
    }

    fn sentence(&mut self) -> String {
        let length = 6 + self.numbers.below(12);
        self.words(length) + "."
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }
}

/// The file of a lesson, from the root of the guide.
pub fn lesson_path(number: usize) -> String {
    format!("content/lessons/module-{:03}/lesson-{number:05}.md", number / MODULE)
}

/// The text of a lesson. Another `edition` has another text below the same title and headings.
pub fn lesson(number: usize, of: usize, edition: usize) -> String {
    let mut writer = Writer::new(number.wrapping_mul(1_000_003) + edition);
    let first = number / MODULE * MODULE;
    let neighbour = |writer: &mut Writer| {
        let last = (first + MODULE).min(of);
        format!("lesson-{:05}.md", first + writer.numbers.below(last - first))
    };
    let title = Writer::new(number).words(4);
    let mut text = format!(
        "---\ntitle: {title} {number}\nsummary: {}\norder: {}\ndate: 2026-{:02}-{:02}\ntags: [topic-{}, topic-{}]\n---\n",
        writer.sentence(),
        number % MODULE,
        1 + number % 10,
        1 + number % 28,
        number % 7,
        7 + number % 5,
    );
    for section in 0..5 {
        let heading = Writer::new(number * 7 + section).words(3);
        text += &format!("## {heading} {{#part-{section}}}\n\n{}\n\n", writer.paragraph(4));
        match section {
            0 => {
                let near = neighbour(&mut writer);
                let far = writer.numbers.below(of);
                let far = format!("../module-{:03}/lesson-{far:05}.md", far / MODULE);
                text += &format!(
                    "See [{}]({near}#part-2), **{}**, and [{}]({far}), or `{}`.\n\n",
                    writer.words(3),
                    writer.words(2),
                    writer.words(2),
                    writer.words(1),
                );
                text += &format!("![{}](picture-{}.png)\n\n", writer.words(4), number % 5);
            }
            1 => {
                for _ in 0..5 {
                    text += &format!("- {}\n", writer.sentence());
                }
                text += &format!("\n> [!NOTE]\n> {}\n\n", writer.paragraph(2));
            }
            2 => {
                text += "| Stage | What they say | What helps |\n| --- | --- | --- |\n";
                for _ in 0..5 {
                    text += &format!("| {} | {} | {} |\n", writer.words(2), writer.words(6), writer.words(5));
                }
                text += "\n";
            }
            3 => {
                text += &format!("```quiz\nquestion: {}\noptions:\n", writer.words(9));
                for option in 0..3 {
                    let correct = if option == 1 { "    correct: yes\n" } else { "" };
                    text += &format!(
                        "  - text: {}\n{correct}    because: {}\n",
                        writer.words(6),
                        writer.sentence()
                    );
                }
                text += "section: part-2\n```\n\n";
            }
            _ => {
                for _ in 0..3 {
                    text += &format!("- [ ] {}\n", writer.sentence());
                }
                text += &format!("\n{}\n", writer.paragraph(5));
            }
        }
    }
    text
}

/// Writes a guide of so many lessons into a folder.
pub fn write(root: &Path, lessons: usize) -> std::io::Result<()> {
    let put = |path: String, bytes: &[u8]| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("every file lies in a folder"))?;
        fs::File::create(path)?.write_all(bytes)
    };
    put("content/site.yaml".to_owned(), b"title: A guide of any size\n")?;
    put("content/glossary.yaml".to_owned(), GLOSSARY.as_bytes())?;
    put("content/path.yaml".to_owned(), PATH.as_bytes())?;
    for (name, text) in REPLIES {
        put(format!("content/replies/{name}.md"), text.as_bytes())?;
    }
    for number in 0..lessons {
        put(lesson_path(number), lesson(number, lessons, 0).as_bytes())?;
        if number % MODULE == 0 {
            let module = format!("content/lessons/module-{:03}", number / MODULE);
            put(
                format!("{module}/module.yaml"),
                format!("title: Module {}\norder: {}\n", number / MODULE, number / MODULE).as_bytes(),
            )?;
            for picture in 0..5 {
                put(format!("{module}/picture-{picture}.png"), &png(number as u32 + picture))?;
            }
        }
        if number % 20 == 0 {
            let title = format!("title: {} {number}", Writer::new(number + 1).words(3));
            let reply = REPLY.replacen("title: Still no answer", &title, 1);
            put(format!("content/replies/more/reply-{number:05}.md"), reply.as_bytes())?;
            let win = format!(
                "title: {} {number}\ndate: 2026-{:02}\nkind: reply\nwhat: {}\nmy_part: {}\ntags: [topic-1]\nlesson: lesson-{number:05}\nvisibility: public\nchecked: yes\n",
                Writer::new(number + 2).words(4).to_lowercase(),
                1 + number % 10,
                Writer::new(number + 3).sentence(),
                Writer::new(number + 4).sentence(),
            );
            put(format!("content/wins/win-{number:05}.yaml"), win.as_bytes())?;
        }
    }
    Ok(())
}

/// The replies that the decision tree names.
const REPLIES: &[(&str, &str)] = &[
    ("close-the-loop", REPLY),
    ("comp-before-offer", include_str!("corpus/replies/comp-before-offer.md")),
    ("no-reason-email", include_str!("corpus/replies/no-reason-email.md")),
    ("no-reason-short", include_str!("corpus/replies/no-reason-short.md")),
    ("opt-out-confirm", include_str!("corpus/replies/opt-out-confirm.md")),
    ("personal-reason", include_str!("corpus/replies/personal-reason.md")),
    ("straighten-out", include_str!("corpus/replies/straighten-out.md")),
    ("took-another-offer", include_str!("corpus/replies/took-another-offer.md")),
];

/// The head of a picture of 640 by 400 points and some 6,000 bytes behind it: nothing looks at more than the size.
fn png(seed: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\x80\0\0\x01\x90\x08\x06\0\0\0".to_vec();
    let mut numbers = Numbers(u64::from(seed));
    bytes.extend((0..6_000).map(|_| numbers.below(256) as u8));
    bytes
}
