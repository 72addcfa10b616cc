// The rules of the engine, one by one: words, stems, spelling, excerpts, and how the files write numbers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { engine } from "../../../../tests/browser/support/engine.mjs";

const { part } = engine();

/** The engine lives in a world of its own, whose lists are no lists of this one. */
const plain = (data) => JSON.parse(JSON.stringify(data));

// Words -------------------------------------------------------------------------------------------------------------

const cases = JSON.parse(readFileSync(new URL("../../../../tests/contract/words.json", import.meta.url), "utf8"));
const { split } = part("words");
const texts = (text) => plain(split(text).map((word) => word.text));

test("texts are split as the index splits them", () => {
  assert.ok(cases.length > 40);
  for (const [text, words] of cases) assert.deepEqual(texts(text), words, JSON.stringify(text));
});

test("a text gives the same words whatever was split before it", () => {
  for (const [text, words] of cases.toReversed()) assert.deepEqual(texts(text), words, JSON.stringify(text));
});

test("a word tells where it stands", () => {
  for (const [text, start, end] of [
    ["the Café, there", 4, 8],
    ["the counter-offer", 4, 11],
    ["it is Don’t!", 6, 11],
  ]) {
    const found = split(text).find((word) => word.start === start);
    assert.equal(found?.end, end, text);
  }
  const joined = split("a counter-offer").find((word) => word.joined);
  assert.deepEqual(plain([joined.text, joined.start, joined.end, joined.joined]), ["counteroffer", 2, 15, 2]);
});

test("no word is longer than the longest", () => {
  for (const letter of ["a", "é", "𝐁"]) {
    for (const { text } of split(letter.repeat(100_000))) assert.ok([...text].length <= 48, `${text.length} letters`);
  }
});

test("halves of characters, and what is no word, break nothing", () => {
  for (const text of ["\ud800", "a\udc00b", "\0", "'", "’’’", "-", "\u0301", "\u202e\u200d", "👋🏽"]) {
    for (const word of split(text)) assert.ok(word.text.length > 0, JSON.stringify(text));
  }
});

// Stems -------------------------------------------------------------------------------------------------------------

const stem = part("stems").stemmer("en");

test("forms of a word have one stem", () => {
  for (const forms of [
    ["declining", "declined", "declines", "decline"],
    ["organise", "organize", "organised", "organizing", "organisation"],
    ["colour", "color", "colours"],
    ["travelled", "traveled", "travelling", "travel"],
    ["replies", "reply", "replied", "replying"],
    ["offers", "offer", "offered", "offering"],
    ["centre", "center"],
    ["programme", "program", "programmes"],
    ["catalogue", "catalog"],
    ["analyse", "analyze"],
    ["hiring", "hire", "hired", "hires"],
    ["stopped", "stopping", "stop", "stops"],
    ["messages", "message"],
    ["processes", "process"],
    ["agreed", "agree", "agreeing"],
  ]) {
    assert.deepEqual([...new Set(forms.map(stem))].length, 1, `${forms} have the stems ${forms.map(stem)}`);
  }
});

test("other words have other stems", () => {
  const pairs = [
    ["news", "new"],
    ["role", "roll"],
    ["planed", "planned"],
    ["rate", "rat"],
    ["hope", "hop"],
    ["four", "for"],
    ["wins", "wine"],
    ["hired", "higher"],
  ];
  assert.deepEqual(
    pairs.filter(([one, other]) => stem(one) === stem(other)),
    [],
  );
});

test("short words, numbers and words of other letters stay as they are", () => {
  for (const word of ["", "a", "is", "424", "b2b", "größe", "候选", "__proto__", "constructor1"]) {
    assert.equal(stem(word), word);
  }
});

test("a stem is made of any word, even of one that objects have a meaning for", () => {
  for (const word of ["constructor", "valueof", "tostring", "hasownproperty", "y".repeat(48), "s".repeat(48)]) {
    assert.match(stem(word), /^[a-z]+$/);
  }
});

test("in other languages, words with the same beginning are forms", () => {
  const german = part("stems").stemmer("de");
  assert.equal(german("bewerbung"), german("bewerbungen").slice(0, german("bewerbung").length));
  assert.equal(german("absage"), german("absagen"));
  assert.equal(german("nein"), "nein");
});

// Numbers -----------------------------------------------------------------------------------------------------------

const { numbers, frontCoded } = part("numbers");

test("numbers are read as the index writes them", () => {
  for (const [text, wanted] of [
    ["", []],
    ["!", [0]],
    ["#$%", [1, 2, 3]], // The quote is left out,
    ["[]", [57, 58]], // and the backslash,
    ["qr", [78, 79]], // and from 80 on a number has more than one letter, the lowest first.
    ["s!", [80]],
    ["~!", [91]],
    ["s#", [92]],
    ["t#", [93]],
    ["sr", [1028]],
    ["ss!", [1040]],
    ["!s!#", [0, 80, 1]],
  ]) {
    assert.deepEqual(plain(numbers(text)), wanted, text);
  }
});

test("words are read as what they share with the one before, and the rest", () => {
  const long = "a".repeat(80);
  for (const [text, wanted] of [
    ["", []],
    ["!offer ", ["offer"]],
    ["!offer 'ed 's ", ["offer", "offered", "offers"]],
    ["!ab !cd #e ", ["ab", "cd", "ce"]],
    // What stands for a row of synonyms begins with the sign that stands for 1.
    ["!#1 #2 $0 ", ["#1", "#2", "#20"]],
    [`!${long} s!b `, [long, `${long}b`]],
    // An umlaut counts as one letter, a character beyond 16 bits as two.
    ["!größe &n ", ["größe", "größn"]],
    ["!𠀀𠀁 $𠀂 ", ["𠀀𠀁", "𠀀𠀂"]],
  ]) {
    assert.deepEqual(plain(frontCoded(text)), wanted, text);
  }
});

// Spelling ----------------------------------------------------------------------------------------------------------

const known = [
  "candidate",
  "counter",
  "decline",
  "declined",
  "interview",
  "notice",
  "offer",
  "offers",
  "period",
  "silence",
];
const spelling = part("spelling").open({ words: known, pages: known.map(() => 0) });

test("the word that was meant is the nearest", () => {
  for (const [typed, meant] of [
    ["candiadte", "candidate"], // two letters swapped
    ["cadidate", "candidate"], // one missing
    ["canddidate", "candidate"], // one doubled
    ["vandidate", "candidate"], // the first one wrong
    ["acndidate", "candidate"], // the first two swapped
    ["andidate", "candidate"], // the first one missing
    ["candidatw", "candidate"],
    ["intervew", "interview"],
    ["silense", "silence"],
    ["ofer", "offer"],
    ["peroid", "period"],
  ]) {
    assert.equal(plain(spelling.nearest(typed, 1, false))[0], meant, typed);
  }
});

test("long words may have two errors, short ones one, and very short ones and numbers none", () => {
  assert.equal(spelling.nearest("cnadidtae", 1, false).length, 0);
  assert.equal(spelling.nearest("cnadidtae", 2, false)[0], "candidate");
  assert.equal(spelling.nearest("offre", 2, false)[0], "offer");
  assert.equal(spelling.nearest("foofr", 2, false).length, 0);
  assert.equal(spelling.nearest("ofe", 2, false).length, 0);
  assert.equal(spelling.nearest("0ffer", 2, false).length, 0);
});

test("a word that is not typed to its end is mended too", () => {
  assert.equal(spelling.nearest("candiad", 1, true)[0], "candidate");
  assert.equal(spelling.nearest("candiad", 1, false).length, 0);
});

test("of words that are equally near, the one of more pages comes first", () => {
  const often = part("spelling").open({ words: ["later", "latex"], pages: [1, 6] });
  assert.equal(often.nearest("latee", 1, false)[0], "latex");
});

test("two words that were written as one are found, and one word is not taken apart", () => {
  assert.deepEqual(plain(spelling.halves("noticeperiod")), ["notice", "period"]);
  assert.equal(spelling.halves("noticeperio"), undefined);
  assert.equal(spelling.halves("offer"), undefined);
});

// Excerpts ----------------------------------------------------------------------------------------------------------

const { indexed, excerpt, sideBySide } = part("excerpts");
const pieces = (text, ...words) => plain(excerpt(indexed(text), new Set(words)));
const marked = (text, ...words) =>
  pieces(text, ...words)
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join("");
const many = (word, count) => Array.from({ length: count }, (_, number) => `${word}${number}`).join(" ");

test("an excerpt marks every word that was found, as it is written", () => {
  assert.equal(marked("An Offer, and other offers.", "offer", "offers"), "An [Offer], and other [offers].");
  assert.equal(marked("In the Café-Bar.", "cafe"), "In the [Café]-Bar.");
  assert.equal(marked("I don’t know", "dont"), "I [don’t] know");
  assert.equal(marked("<b>bold</b> & more", "bold"), "<b>[bold]</b> & more");
});

test("an excerpt of a short text is all of it", () => {
  assert.equal(marked("  Nothing is left out. ", "absent").trim(), "Nothing is left out.");
  assert.deepEqual(pieces("", "offer"), []);
  assert.deepEqual(pieces("… —", "offer"), []);
});

test("an excerpt shows the place that says most of the words, and tells what is cut", () => {
  const text = `offer ${many("a", 60)} offer and pay ${many("b", 60)}`;
  const shown = marked(text, "offer", "pay");
  assert.match(shown, /^… .*a59 \[offer\] and \[pay\] b0.* …$/);
  assert.ok(shown.split(" ").length < 40, shown);
  assert.match(marked(`first ${many("a", 60)}`, "first"), /^\[first\] a0 .* …$/);
  assert.match(marked(`${many("a", 60)} last`, "last"), /^… .*a59 \[last\]$/);
});

test("an excerpt keeps lines apart that were blocks of the text", () => {
  assert.equal(marked("One line\nanother offer.\nA third", "offer"), "One line · another [offer]. A third");
  assert.equal(marked("The offer\nstands here", "offer"), "The [offer] · stands here");
});

test("an excerpt of a text without spaces marks the letters that were found only", () => {
  assert.equal(marked("候选人拒绝了录用通知", "拒绝"), "候选人[拒绝]了录用通知");
});

test("words side by side are counted as a part of how many there could be", () => {
  const text = indexed("They turned the offer down and turned down pay");
  const groups = (...words) => words.map((word) => new Set([word]));
  assert.equal(sideBySide(text, groups("turned", "down")), 1);
  assert.equal(sideBySide(text, groups("down", "turned")), 0);
  assert.equal(sideBySide(text, groups("offer", "down", "pay")), 0.5);
  assert.equal(sideBySide(text, groups("turned", "absent")), 0);
});
