// The rules in the browser, over the table of cases that the build is run over too (`tests/rules.rs`).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./text-rules.rules.js";

const { levelOneRules } = globalThis;
const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const RULES = {
  ...read("../../../../src/content/rules.json"),
  limits: { email: 1200, inmail: 1900, note: 200, sms: 160 },
  allow: [],
};
const CASES = read("../../../../tests/rules.json");
const NO_QUESTIONS = ["personal", "optout"];

const textOf = ({ text }) => {
  const [, letter, times] = /^REPEAT:(.+):(\d+)$/u.exec(text) ?? [];
  return letter ? letter.repeat(Number(times)) : text;
};

for (const one of CASES) {
  test(one.case, () => {
    const text = textOf(one);
    const found = levelOneRules.check(
      {
        text,
        subject: one.subject,
        channels: one.channel,
        asks: !one.reason?.some((reason) => NO_QUESTIONS.includes(reason)),
        moves: one.moves?.map((moves) => moves.split(" + ")) ?? null,
      },
      RULES,
    );
    const said = found.map(({ code, start, end }, place) => [code, one.finds[place]?.[1] && text.slice(start, end)]);
    assert.deepEqual(
      said.map(([code, words]) => [code, words || null]),
      one.finds,
    );
  });
}

test("moves are known by their words", () => {
  const codes = (text) => levelOneRules.check({ text }, RULES).map(({ code }) => code);
  assert.deepEqual(codes("Hi Alex,\n\nThank you for telling me.\n\nAll the best.\n\nRobin"), []);
  assert.deepEqual(codes("Hi Alex, thank you for telling me. I wish you luck, good luck.\n\nRobin"), []);
  assert.deepEqual(codes("Hi Alex,\n\nWe had a place for you.\n\nThanks. Good luck."), ["reply-thanks-first"]);
  assert.deepEqual(codes("Thank you.\n\nCall me."), ["reply-luck-last"]);
  assert.deepEqual(codes("Why not? What did they offer?"), [
    "reply-thanks-first",
    "reply-luck-last",
    "reply-question-forbidden",
    "reply-questions",
  ]);
  assert.deepEqual(codes("Hi Alex"), ["reply-thanks-first", "reply-luck-last"]);
  assert.deepEqual(codes(""), []);
});

test("text messages are counted in parts, as telephones do", () => {
  const parts = (text) => levelOneRules.measure("sms", text, RULES).parts;
  assert.deepEqual(
    ["", "a".repeat(160), "a".repeat(161), "a".repeat(306), "a".repeat(307), "é".repeat(160)].map(parts),
    [1, 1, 2, 2, 3, 1],
  );
  assert.deepEqual(
    ["’".repeat(70), "’".repeat(71), "’".repeat(135), "🙂".repeat(35), "🙂".repeat(36)].map(parts),
    [1, 2, 3, 1, 2],
  );
  assert.equal(levelOneRules.measure("sms", "It’s", RULES).wide, "’");
  assert.deepEqual(levelOneRules.measure("email", "🙂", RULES), { length: 1, limit: 1200 });
  assert.equal(levelOneRules.measure("call", "a", RULES).limit, undefined);
});

test("what may tell of a person is found with its place", () => {
  const rules = { ...RULES.personal, allow: ["Google Docs"] };
  const found = (text) =>
    levelOneRules.personal(text, rules).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
  assert.deepEqual(found("Priya Nair said yes."), [["name", "Priya Nair"]]);
  assert.deepEqual(found("We wrote it in Google Docs. On Monday May we?"), []);
  assert.deepEqual(found("A Title Where Each Word Begins Large"), []);
  assert.deepEqual(found("Ask Éva Šimková (eva@example.org)"), [
    ["email", "eva@example.org"],
    ["name", "Ask Éva"],
  ]);
  assert.deepEqual(found("They said “Thank you” and Left."), []);
});
