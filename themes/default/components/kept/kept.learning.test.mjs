// What is kept about lessons: only what is sound is read, two records become one without loss, and names that changed are
// followed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const scripts = ["kept.js", "kept.learning.js"].map((name) => readFileSync(new URL(name, import.meta.url), "utf8"));

/** The component on a lesson's page, over a storage that holds a value. */
function open(value, dataset = { lesson: "a", module: "m", root: "../", page: "lessons/a.html" }) {
  const entries = new Map(value === undefined ? [] : [["level-one:guide", JSON.stringify(value)]]);
  const localStorage = { getItem: (key) => entries.get(key) ?? null, setItem: (key, text) => entries.set(key, text) };
  const document = {
    documentElement: { dataset: { guide: "guide", ...dataset } },
    querySelector: () => ({ textContent: " A title " }),
  };
  const world = vm.createContext({ localStorage, document });
  for (const script of scripts) vm.runInContext(script, world);
  return { learning: world.levelOneLearning, written: () => JSON.parse(entries.get("level-one:guide") ?? "null") };
}

const same = (found, expected) => assert.deepEqual(JSON.parse(JSON.stringify(found)), expected);

const SOUND = {
  title: "A",
  module: "m",
  done: "2026-11-25",
  tasks: { "Tell the manager": true },
  notes: { reflect: { prompt: "What?", text: "That.", at: 5 } },
  plans: { "a: b": { if: "a", do: "b", at: 5 } },
  answers: { "0123abcd": { picked: [1], right: true, on: "2026-11-25", step: 1 } },
};

test("what is sound is read as it stands", () => {
  same(open({ version: 2, lessons: { a: SOUND } }).learning.all(), { a: SOUND });
});

test("nothing else gets in", () => {
  const { learning } = open();
  for (const broken of [
    undefined,
    null,
    7,
    "x",
    [],
    [{}],
    { a: null },
    { a: [] },
    { a: 7 },
    { a: { title: "A" } },
    { "": SOUND },
  ]) {
    same(learning.cleanLessons(broken), {});
  }
  const wild = {
    done: "2026-13-45",
    tasks: { one: true, two: "yes", three: 1 },
    notes: { a: { text: 5, at: 1 }, b: { text: "x", at: "1" }, c: "x" },
    plans: { a: { if: "a" } },
    answers: {
      a: { right: "yes", on: "2026-11-25" },
      b: { right: true, on: "2026-11-25", picked: [0, -1, "2", 1.5], step: 70 },
    },
    more: 1,
  };
  same(learning.cleanLessons({ a: wild }), {
    a: { tasks: { one: true }, answers: { b: { right: true, on: "2026-11-25", picked: [0] } } },
  });
  const long = "x".repeat(150_000);
  assert.equal(learning.cleanLessons({ a: { notes: { n: { text: long, at: 1 } } } }).a.notes.n.text.length, 100_000);
  same(learning.cleanDays(["2026-11-25", "2026-11-01", 5, "today", "2026-11-25"]), ["2026-11-01", "2026-11-25"]);
  const own = learning.cleanLessons(
    JSON.parse('{"__proto__": {"done": "2026-11-25"}, "constructor": {"done": "2026-11-25"}}'),
  );
  assert.deepEqual(Object.keys(own).sort(), ["__proto__", "constructor"]);
  assert.equal(Object.getPrototypeOf(own).done, undefined);
});

test("a record that was never kept is empty, whatever its name", () => {
  for (const name of ["a", "constructor", "toString", "__proto__"]) same(open().learning.lesson(name), {});
});

test("a change keeps the names and counts the day", () => {
  const { learning, written } = open({ version: 1, theme: "dark" });
  assert.equal(
    learning.changeHere((own) => {
      own.done = "2026-11-25";
    }),
    true,
  );
  const { theme, version, lessons, days } = written();
  same(
    { theme, version, lessons },
    { theme: "dark", version: 2, lessons: { a: { title: "A title", module: "m", done: "2026-11-25" } } },
  );
  same(days, [learning.today()]);
  learning.changeHere((own) => {
    delete own.done;
  });
  same(written().lessons, {});
});

test("a page that is no lesson has a name of its own", () => {
  const { learning } = open(undefined, { root: "", page: "about.html" });
  assert.equal(learning.here.slug, "/about.html");
});

test("a renamed lesson keeps what was kept under its old slugs", () => {
  const { learning, written } = open({
    version: 2,
    lessons: {
      a: { tasks: { two: true } },
      old: { done: "2026-01-02", tasks: { one: true } },
      older: { done: "2026-01-01" },
    },
  });
  const both = { done: "2026-01-01", tasks: { one: true, two: true } };
  same(learning.lesson("a", "old older"), both);
  learning.change({ slug: "a", was: "old older" }, () => {});
  same(written().lessons, { a: both });
});

test("two records become one, and nothing is lost", () => {
  const { learning } = open();
  const merged = learning.mergeLessons(
    { a: { ...SOUND, title: "New" }, only: { done: "2026-02-02" } },
    {
      a: {
        title: "Old",
        done: "2026-11-01",
        tasks: { "Another box": true },
        notes: { reflect: { prompt: "What?", text: "Earlier.", at: 3 }, second: { text: "Too.", at: 1 } },
        plans: { "c: d": { if: "c", do: "d", at: 1 } },
        answers: { "0123abcd": { right: false, on: "2026-11-26" }, ffff0000: { right: true, on: "2026-11-01" } },
      },
      other: { done: "2026-03-03" },
    },
  );
  same(merged, {
    a: {
      ...SOUND,
      title: "New",
      done: "2026-11-01",
      tasks: { ...SOUND.tasks, "Another box": true },
      notes: { reflect: { prompt: "What?", text: "That.\n\nEarlier.", at: 5 }, second: { text: "Too.", at: 1 } },
      plans: { ...SOUND.plans, "c: d": { if: "c", do: "d", at: 1 } },
      answers: { "0123abcd": { right: false, on: "2026-11-26" }, ffff0000: { right: true, on: "2026-11-01" } },
    },
    only: { done: "2026-02-02" },
    other: { done: "2026-03-03" },
  });
  // Again, and with itself, it stays the same.
  same(learning.mergeLessons(merged, merged), JSON.parse(JSON.stringify(merged)));
});
