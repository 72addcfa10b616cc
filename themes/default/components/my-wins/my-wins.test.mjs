// A reader's own wins: what of them is believed, and the file that they become.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./kept-wins.records.js";
import "./file.wins.js";

const { levelOneWins: wins, levelOneWinsFile: file } = globalThis;

const LEAST = { title: "A calm answer", date: "2026-02", what: "It went well." };
const FULL = {
  ...LEAST,
  kind: "reply",
  my_part: "I breathed first.",
  impact: "They came back.",
  metric: { name: "days", before: "9", after: "4" },
  thanked_by: "hiring manager",
  words: "Kind.",
  learned: "Wait a minute.",
  tags: ["decline", "late no"],
  lesson: "first-week",
  reply: "no-reason-email",
  evidence: { kind: "note" },
  visibility: "team",
  checked: "yes",
};

/** A row of numbers that looks random and is the same every time. */
const numbers = (seed) => () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

const PIECES = [
  "a",
  "é",
  "🙂",
  " ",
  "  ",
  "\n",
  "\n\n",
  '"',
  "'",
  "\\",
  "#",
  " # ",
  ": ",
  ":",
  "- ",
  "-",
  "[",
  "]",
  "{",
  "}",
];
const MORE = [
  ",",
  "&",
  "*",
  "!",
  "|",
  ">",
  "%",
  "@",
  "`",
  "yes",
  "no",
  "null",
  "~",
  "2026-02-03",
  "\t",
  "\u2028",
  "\x7f",
  "1e3",
];

test("any text comes back from the file as it was", () => {
  const next = numbers(7);
  const any = () => {
    const all = [...PIECES, ...MORE];
    return Array.from({ length: 1 + Math.floor(next() * 12) }, () => all[Math.floor(next() * all.length)]).join("");
  };
  for (let round = 0; round < 500; round++) {
    const win = wins.clean({ ...FULL, title: `t${any()}`, what: `w${any()}`, words: `x${any()}`, tags: [`g${any()}`] });
    const all = { [wins.idOf(LEAST)]: win, [`${wins.idOf(LEAST)}-2`]: wins.clean(LEAST) };
    assert.deepEqual(file.read(file.write(all)), { wins: all }, JSON.stringify(win));
  }
});

test("a file that people have changed by hand is read", () => {
  const text = `---
# Mine
- title: A calm answer   # no quotes
  date: 2026-02
  what: >-
    It went
    well.
  kind: reply
  my_part: |
    One.
    Two.
  metric: { name: "days, all", before: 9, after: '4' }
  tags:
  - decline
  - "late no"
  words: "over
    two lines"
  learned:
    a plain text
    goes on
-
  title: 'It''s another'
  date: "2026-03-01"
  what: "tab\\tand \\u00e9"
  tags: [a,
    b]
`;
  const { wins: found, fault } = file.read(text.replaceAll("\n", "\r\n"));
  assert.equal(fault, undefined);
  assert.deepEqual(Object.values(found), [
    {
      title: "A calm answer",
      date: "2026-02",
      kind: "reply",
      what: "It went well.",
      my_part: "One.\nTwo.",
      metric: { name: "days, all", before: "9", after: "4" },
      words: "over two lines",
      learned: "a plain text goes on",
      tags: ["decline", "late no"],
    },
    { title: "It's another", date: "2026-03-01", what: "tab\tand é", tags: ["a", "b"] },
  ]);
  assert.deepEqual(Object.keys(found), ["2026-02-a-calm-answer", "2026-03-01-it-s-another"]);
  assert.equal(Object.keys(file.read("title: One\ndate: 2026-01\nwhat: Alone\n").wins).length, 1);
  assert.deepEqual(file.read("# nothing\n"), { wins: {} });
});

test("what cannot be read is named, with its line", () => {
  const of = (text) => file.read(text).fault;
  assert.deepEqual(of("- title: A\n  date: 2026-02\n"), { line: 1, why: "missing", key: "what" });
  assert.deepEqual(of("- title: A\n  date: soon\n  what: B\n"), { line: 1, why: "value", key: "date" });
  assert.deepEqual(of("- title: A\n  dat: 2026-02\n  date: 2026-02\n  what: B\n"), {
    line: 1,
    why: "unknown",
    key: "dat",
  });
  assert.deepEqual(of("- title: A\n  what: see: this\n"), { line: 2, why: "quotes" });
  assert.deepEqual(of('- title: "A\n  date: 2026-02\n'), { line: 1, why: "open" });
  assert.deepEqual(of("- title: A\n  tags: [a, b\n"), { line: 2, why: "brackets" });
  assert.deepEqual(of("- title: A\n  title: B\n"), { line: 2, why: "twice" });
  assert.deepEqual(of("- title: A\n\tdate: 2026-02\n"), { line: 2, why: "tab" });
  assert.deepEqual(of("- title: A\n    date: 2026-02\n"), { line: 2, why: "quotes" });
  assert.deepEqual(of("just words\n"), { line: 1, why: "key" });
});

test("nothing that is thrown at the reader breaks it", () => {
  const next = numbers(3);
  const all = [...PIECES, ...MORE, "\n- ", "\n  ", "title: ", "what: |\n", "date: 2026-02"];
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 30 }, () => all[Math.floor(next() * all.length)]).join("");
    const { wins: found, fault } = file.read(text);
    assert.ok(found || (fault.line >= 1 && fault.why), text);
  }
});

test("only what is sound is believed", () => {
  for (const value of [null, 5, "x", [], {}, { a: 1 }, { a: LEAST.title }]) assert.deepEqual(wins.cleanAll(value), {});
  for (const date of ["", "2026", "2026-13", "2026-02-30", "soon", 202602, null]) {
    assert.equal(wins.clean({ ...LEAST, date }), undefined, String(date));
  }
  assert.deepEqual(wins.cleanAll({ "a-b": { ...LEAST, kind: "x", tags: [1, "t"], more: 1, at: 5 }, "A B": LEAST }), {
    "a-b": { ...LEAST, tags: ["t"], at: 5 },
  });
  assert.equal(wins.clean({ ...LEAST, title: "x".repeat(900) }).title.length, 200);
});

test("two collections become one, of which nothing is lost", () => {
  const other = { ...LEAST, what: "Another." };
  assert.deepEqual(wins.merge({ a: LEAST }, { a: LEAST, b: other }), { a: LEAST, b: other });
  assert.deepEqual(wins.merge({ a: LEAST }, { a: other }), { a: LEAST, "a-2": other });
  assert.deepEqual(wins.merge({ a: LEAST, "a-2": other }, { a: other }), { a: LEAST, "a-2": other });
});

test("an id is that of the build", () => {
  assert.equal(
    wins.idOf({ date: "2026-02", title: "A calm answer, to a late “no”" }),
    "2026-02-a-calm-answer-to-a-late-no",
  );
  assert.equal(wins.idOf({ date: "2026-02", title: "Über Größe" }), "2026-02-uber-grosse");
  assert.equal(wins.idOf({ date: "2026-02", title: "!!" }), "2026-02");
});
