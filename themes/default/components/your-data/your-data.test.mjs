// A copy of everything that is kept. What must always hold: saved, erased and brought back, it is the same; brought back
// again, nothing changes; brought back into something else, nothing of either is lost; and nothing unsound gets in.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const scripts = [
  "../kept/kept.js",
  "../kept/kept.learning.js",
  "../my-wins/kept-wins.records.js",
  "copy-file.privacy.js",
].map((name) => readFileSync(new URL(name, import.meta.url), "utf8"));
const KEY = "level-one:guide";
const same = (found, expected) => assert.deepEqual(JSON.parse(JSON.stringify(found)), expected);

/** The component over a storage that holds a value. */
function open(value) {
  const entries = new Map();
  const localStorage = { getItem: (key) => entries.get(key) ?? null, setItem: (key, text) => entries.set(key, text) };
  const documentElement = { dataset: { guide: "guide", root: "", page: "privacy.html" } };
  const world = vm.createContext({ localStorage, document: { documentElement } });
  for (const script of scripts) vm.runInContext(script, world);
  const { levelOneKept: kept, levelOneCopies: copies } = world;
  if (value !== undefined) entries.set(KEY, typeof value === "string" ? value : JSON.stringify(value));
  return {
    copies,
    now: () => JSON.parse(entries.get(KEY) ?? "null"),
    erase: () => entries.delete(KEY),
    bring: (text) => kept.setAll(copies.merge(kept.all(), copies.read(text).kept)),
  };
}

const file = (kept, more = {}) => JSON.stringify({ "level-one": { version: 1, id: "guide", kept, ...more } });

// Texts as somebody may type them, and as nobody should.
const TEXTS = [
  "Thanks first.",
  "two\nlines\r\n\r\nand more",
  "<img src=x onerror=alert(1)>",
  '"quoted" \\ back',
  "\u0000\u2028\ud800 alone",
  "مرحبا 日本 é e\u0301 👩‍👩‍👧",
  " ",
  "constructor",
  "x".repeat(12_000),
];

/** Numbers by chance, the same every time. */
function chance(seed) {
  let state = seed;
  return (most) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

/** Something that may be kept, by chance. */
function anyState(next) {
  const any = (list) => list[next(list.length)];
  const some = (make) =>
    Object.fromEntries(Array.from({ length: next(4) }, () => [`${any(TEXTS).slice(0, 400)}`, make()]));
  const day = () => `2026-${String(1 + next(12)).padStart(2, "0")}-${String(1 + next(28)).padStart(2, "0")}`;
  const at = () => 1 + next(2_000_000_000_000);
  const lesson = () => {
    const kinds = {
      done: day(),
      tasks: some(() => true),
      notes: some(() => ({ prompt: any(TEXTS).slice(0, 500), text: any(TEXTS), at: at() })),
      plans: some(() => ({ if: any(TEXTS).slice(0, 500), do: "I wait.", at: at() })),
      answers: some(() => ({ picked: [next(5)], right: next(2) === 0, on: day(), step: next(5) })),
    };
    const kept = Object.entries(kinds).filter(([, value]) => next(2) && Object.keys(value).length > 0);
    return { title: "A title", module: "m", ...(kept.length > 0 ? Object.fromEntries(kept) : { done: day() }) };
  };
  const all = {
    theme: any(["light", "dark"]),
    keys: false,
    pacer: { hold: next(2) === 0, pace: 1.25, sound: false, vibration: false, announce: true },
    last: { lesson: "a", title: any(TEXTS).slice(0, 500), section: "b", heading: "c", left: 2, read: false, at: at() },
    notToday: day(),
    days: [...new Set(Array.from({ length: next(9) }, day))].sort(),
    lessons: Object.fromEntries(
      ["a", "b", "/about.html", "constructor"].filter(() => next(2)).map((slug) => [slug, lesson()]),
    ),
    later: { any: [any(TEXTS), null, 1.5] },
    unreadable: "{",
  };
  return { version: 2, ...Object.fromEntries(Object.entries(all).filter(() => next(4) > 0)) };
}

/** Everything that is in a state, a note by what it says. */
function pieces({ lessons = {}, days = [], ...others }) {
  const found = [...days, ...Object.keys(others)];
  for (const [slug, { notes = {}, tasks = {}, plans = {}, answers = {} }] of Object.entries(lessons)) {
    for (const name of [...Object.keys(tasks), ...Object.keys(plans), ...Object.keys(answers)]) found.push(slug + name);
    for (const { text } of Object.values(notes)) found.push({ slug, text });
  }
  return found;
}

function holds(state, piece) {
  if (typeof piece === "string") return pieces(state).includes(piece);
  return Object.values(state.lessons[piece.slug].notes).some(({ text }) => text.includes(piece.text));
}

test("saved, erased and brought back it is the same, however strange the texts", () => {
  for (let seed = 1; seed <= 150; seed++) {
    const state = anyState(chance(seed));
    const guide = open(state);
    const saved = guide.copies.write();
    guide.erase();
    guide.bring(saved);
    assert.deepEqual(guide.now(), state, `seed ${seed}`);
    guide.bring(saved);
    assert.deepEqual(guide.now(), state, `seed ${seed}, twice`);
  }
});

test("brought back into something else, nothing of either is lost, and twice changes nothing", () => {
  let met = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const next = chance(seed);
    const [ours, theirs] = [anyState(next), anyState(next)];
    const guide = open(ours);
    guide.bring(file(theirs));
    const both = guide.now();
    for (const piece of [...pieces(ours), ...pieces(theirs)]) {
      assert.ok(holds(both, piece), `seed ${seed}: ${JSON.stringify(piece).slice(0, 80)}`);
    }
    for (const name of ["theme", "keys", "pacer", "notToday", "later"]) {
      assert.deepEqual(both[name], ours[name] ?? theirs[name], `seed ${seed}: ${name}`);
    }
    met += Object.keys(ours.lessons ?? {}).filter((slug) => Object.hasOwn(theirs.lessons ?? {}, slug)).length;
    guide.bring(file(theirs));
    assert.deepEqual(guide.now(), both, `seed ${seed}, twice`);
  }
  assert.ok(met > 50, `only ${met} lessons are in both`);
});

test("two notes that are too long for one stay two", () => {
  const [one, other] = ["a", "b"].map((letter) => letter.repeat(15_000));
  const guide = open({ version: 2, lessons: { a: { notes: { n: { text: one, at: 1 } } } } });
  const theirs = file({
    version: 2,
    lessons: { a: { notes: { n: { text: other, at: 2 }, "n+": { text: "c", at: 1 } } } },
  });
  guide.bring(theirs);
  const texts = { n: one, "n+": other, "n++": "c" };
  const found = () =>
    Object.fromEntries(Object.entries(guide.now().lessons.a.notes).map(([name, { text }]) => [name, text]));
  assert.deepEqual(found(), texts);
  guide.bring(theirs);
  assert.deepEqual(found(), texts);
});

test("the later place is where you stopped, and unreadable texts stay both", () => {
  const guide = open({ version: 2, last: { lesson: "a", at: 5 }, unreadable: "{" });
  guide.bring(file({ version: 2, last: { lesson: "b", at: 6 }, unreadable: "[" }));
  assert.deepEqual(guide.now(), { version: 2, last: { lesson: "b", at: 6 }, unreadable: "{\n[" });
  guide.bring(file({ version: 2, last: { lesson: "c", at: 4 } }));
  assert.equal(guide.now().last.lesson, "b");
});

test("what this browser cannot read goes along in a copy", () => {
  for (const text of ["{", "[1]", "7"]) {
    const { "level-one": copy } = JSON.parse(open(text).copies.write());
    assert.deepEqual(copy.kept, { unreadable: text });
  }
});

test("a copy is known by its name, its version, its guide and its day", () => {
  const { "level-one": copy } = JSON.parse(open({ version: 2, theme: "dark" }).copies.write());
  assert.match(copy.saved, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(copy, { version: 1, id: "guide", saved: copy.saved, kept: { version: 2, theme: "dark" } });
});

test("any other file is told apart", () => {
  const { copies } = open();
  for (const [fault, texts] of Object.entries({
    broken: ["", "{", "# Journal", "\u0000", `${"[".repeat(200_000)}`],
    foreign: [
      "null",
      "7",
      '"level-one"',
      "[]",
      "{}",
      '{"level-one":null}',
      '{"level-one":{"version":1,"id":"guide"}}',
      file([]),
      file({}, { version: "1" }),
      file({}, { id: 5 }),
      file({}, { id: "x".repeat(501) }),
      '{"__proto__":{"level-one":{"version":1,"id":"guide","kept":{}}}}',
    ],
    newer: [file({}, { version: 2 }), file({ version: 3, theme: "dark" }), file({ version: "9" })],
  })) {
    for (const text of texts) assert.equal(copies.read(text).fault, fault, text.slice(0, 80));
  }
  assert.equal(copies.read(file({}, { id: "another" })).id, "another");
  assert.equal(copies.read(file({ version: 1, theme: "dark" })).fault, undefined);
});

test("the newest form is the one that is written", () => {
  const guide = open();
  guide.bring(file({ theme: "dark" }));
  const { version } = guide.now();
  assert.equal(guide.copies.read(file({ version })).fault, undefined);
  assert.equal(guide.copies.read(file({ version: version + 1 })).fault, "newer");
});

test("nothing unsound gets into a field that this guide knows", () => {
  const wild = [null, 7, true, "x", "<b>", [], [[]], {}, { a: 1 }, { length: 3 }, 1e308];
  for (const value of wild) {
    const guide = open();
    const names = ["theme", "keys", "pacer", "you", "last", "notToday", "days", "wins", "lessons", "unreadable"];
    guide.bring(file(Object.fromEntries(names.map((name) => [name, value]))));
    const { version, days = [], lessons = {}, unreadable = "", ...others } = guide.now() ?? {};
    same({ days, lessons, others }, { days: [], lessons: {}, others: {} });
    assert.equal(typeof unreadable, "string");
  }
  const guide = open();
  guide.bring(
    file({
      pacer: { pace: 1, hold: "yes", sound: true, more: 1 },
      you: { my_name: "Robin", company: 5, first_name: "Alex" },
      last: { lesson: "a", title: {}, at: -1, section: "x".repeat(501) },
      days: ["2026-01-01", "2026-99-01", 5, "<b>"],
      wins: { a: { title: "A", date: "2026-01", what: "B", more: 1 }, b: { title: "A" } },
      lessons: { a: { done: "never", tasks: { one: 1, two: true } }, b: 5, "": { done: "2026-01-01" } },
    }),
  );
  assert.deepEqual(guide.now(), {
    version: 2,
    pacer: { pace: 1, sound: true },
    you: { my_name: "Robin" },
    last: { lesson: "a" },
    days: ["2026-01-01"],
    wins: { a: { title: "A", date: "2026-01", what: "B" } },
    lessons: { a: { tasks: { two: true } } },
  });
});

test("names that objects have by themselves spoil nothing", () => {
  const guide = open({ version: 2, theme: "dark" });
  const text = `{"level-one":{"version":1,"id":"guide","kept":{"__proto__":{"theme":"light","bad":1},"constructor":[1],
    "lessons":{"__proto__":{"done":"2026-01-01"},"a":{"notes":{"__proto__":{"text":"x","at":1}}}}}}}`;
  assert.equal(guide.bring(text), true);
  assert.equal(guide.bring(text), true);
  assert.equal({}.bad, undefined);
  const { theme, constructor: own } = guide.now();
  same({ theme, own }, { theme: "dark", own: [1] });
});

test("pieces are counted, each kind by itself", () => {
  const { copies } = open();
  const found = copies.pieces({
    version: 2,
    theme: "dark",
    days: ["2026-01-01", "2026-01-02"],
    later: 1,
    lessons: { a: { done: "2026-01-01", tasks: { x: true, y: true }, notes: { n: { text: "t", at: 1 } } }, b: 5 },
  });
  const sizes = Object.fromEntries(Object.entries(found).map(([kind, map]) => [kind, map.size]));
  assert.deepEqual(sizes, { read: 1, tasks: 2, answers: 0, notes: 1, plans: 0, wins: 0, days: 2, choices: 2 });
});
