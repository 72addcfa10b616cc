// The one entry of the storage: what is read from it, what is written, and what happens when it cannot be.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const script = readFileSync(new URL("kept.js", import.meta.url), "utf8");

/** The component over a storage that holds a text under the guide's key. */
function open(text, broken = {}) {
  const entries = new Map(text === undefined ? [] : [["level-one:guide", text]]);
  const localStorage = {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => entries.set(key, value),
    ...broken,
  };
  const world = { localStorage, document: { documentElement: { dataset: { guide: "guide" } } } };
  vm.runInNewContext(script, world);
  const { levelOneKept } = world;
  const { get, set } = { get: (name) => levelOneKept.get(name), set: (name, value) => levelOneKept.set(name, value) };
  return { get, set, entries, written: () => JSON.parse(entries.get("level-one:guide")) };
}

test("what is kept can be asked for", () => {
  const kept = open('{"version":1,"theme":"dark","keys":false}');
  assert.equal(kept.get("theme"), "dark");
  assert.equal(kept.get("keys"), false);
  assert.equal(kept.get("other"), undefined);
  assert.equal(kept.get("toString"), undefined);
});

test("asking writes nothing, and neither does removing what is not there", () => {
  for (const text of [undefined, "{", '{"version":1}']) {
    const kept = open(text);
    kept.get("theme");
    assert.equal(kept.set("theme", undefined), true);
    assert.equal(kept.entries.get("level-one:guide"), text);
  }
});

test("the first value brings the version along", () => {
  const kept = open();
  assert.equal(kept.set("theme", "dark"), true);
  assert.deepEqual(kept.written(), { version: 2, theme: "dark" });
  assert.deepEqual([...kept.entries.keys()], ["level-one:guide"]);
});

test("other fields stay, and an entry of an older guide becomes one of this", () => {
  const kept = open('{"version":1,"constructor":0,"notes":{"a":[1]},"theme":"dark"}');
  kept.set("theme", "light");
  assert.deepEqual(kept.written(), { version: 2, constructor: 0, notes: { a: [1] }, theme: "light" });
  kept.set("theme", undefined);
  assert.deepEqual(kept.written(), { version: 2, constructor: 0, notes: { a: [1] } });
});

test("an entry of a newer guide is read, and never written over", () => {
  const text = '{"version":3,"theme":"dark","more":{"a":[1]}}';
  const kept = open(text);
  assert.equal(kept.get("theme"), "dark");
  assert.equal(kept.set("theme", "light"), false);
  assert.equal(kept.entries.get("level-one:guide"), text);
});

test("what cannot be read is nothing, and goes along when something is kept", () => {
  for (const text of ["{", "null", "[1]", '"dark"', "7", "true"]) {
    const kept = open(text);
    assert.equal(kept.get("theme"), undefined, text);
    assert.equal(kept.get("length"), undefined, text);
    assert.equal(kept.entries.get("level-one:guide"), text);
    kept.set("theme", "dark");
    assert.deepEqual(kept.written(), { version: 2, theme: "dark", unreadable: text }, text);
  }
});

test("a storage that throws keeps nothing, and says so", () => {
  const refuse = () => {
    throw new Error("denied");
  };
  const shut = open(undefined, { getItem: refuse, setItem: refuse });
  assert.equal(shut.get("theme"), undefined);
  assert.equal(shut.set("theme", "dark"), false);
  const full = open('{"version":1,"theme":"dark"}', { setItem: refuse });
  assert.equal(full.get("theme"), "dark");
  assert.equal(full.set("theme", "light"), false);
});
