// When a question comes back, stated as what must always hold, over many readers made up by chance.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const scripts = ["../kept/kept.js", "../kept/kept.learning.js", "review.learning.js"].map((name) =>
  readFileSync(new URL(name, import.meta.url), "utf8"),
);

/** The rules, over a storage that holds a value. */
function open(value) {
  const localStorage = { getItem: () => JSON.stringify(value ?? {}), setItem: () => assert.fail("the rules write") };
  const document = { documentElement: { dataset: { guide: "guide", page: "index.html" } } };
  const world = vm.createContext({ localStorage, document });
  for (const script of scripts) vm.runInContext(script, world);
  return { ...world.levelOneReview, count: world.levelOneDue };
}

const { due, dueOn, isDue, look, next } = open();

const DAY = 86_400_000;
const START = Date.parse("2026-11-25");
const day = (number) => new Date(START + number * DAY).toISOString().slice(0, 10);

/** Numbers that look like chance, and are the same in every run. */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Records as a storage may hold them: with days long gone, days to come, and without one. */
function* records() {
  const pick = chance(7);
  const some = () => day(pick(60) - 40);
  const odd = ["0000-01-01", "9999-12-31", "2031-05-05"];
  for (let number = 0; number < 2000; number++) {
    const record = {};
    if (pick(5) > 0) record.done = pick(8) === 0 ? odd[pick(3)] : some();
    if (pick(4) > 0) {
      record.answers = { a: { right: pick(2) === 0, on: pick(8) === 0 ? odd[pick(3)] : some() } };
      if (pick(6) > 0) record.answers.a.step = pick(10);
    }
    yield record;
  }
}

/** A record after a look at question `a`. */
const looked = (record, right, today) => ({ ...record, answers: { a: { ...look(record, "a", right, today) } } });

const about = (record) => JSON.stringify(record);

test("looks come one, three, seven and 21 days apart; then the question rests", () => {
  let record = { done: day(0) };
  let now = 0;
  for (const gap of [1, 3, 7, 21]) {
    assert.equal(dueOn(record, "a", day(now)), day(now + gap));
    for (let later = 0; later < gap; later++) assert.equal(isDue(record, "a", day(now + later)), false, `${gap}`);
    now += gap;
    assert.equal(isDue(record, "a", day(now)), true);
    record = looked(record, true, day(now));
  }
  for (const later of [0, 1, 30, 5000]) assert.equal(isDue(record, "a", day(now + later)), false);
});

test("a wrong answer comes back after one day, from every step", () => {
  for (let step = 0; step <= 4; step++) {
    const record = looked({ done: day(-50), answers: { a: { right: true, on: day(-40), step } } }, false, day(0));
    assert.deepEqual(record.answers.a, { right: false, on: day(0), step: 0 });
    assert.equal(dueOn(record, "a", day(0)), day(1));
  }
});

test("the next step is one on, the same, or the start; never behind the last", () => {
  for (let step = 0; step <= 9; step++) {
    assert.equal(next(step, false, true), 0);
    assert.equal(next(step, false, false), 0);
    assert.equal(next(step, true, true), Math.min(step + 1, 4));
    assert.equal(next(step, true, false), Math.min(step, 4));
  }
});

test("nothing is due without a finished lesson", () => {
  for (const { done, ...record } of records()) assert.equal(dueOn(record, "a", day(0)), undefined, about(record));
});

test("a question is never due twice on a day, and never before a day has passed", () => {
  for (const record of records()) {
    for (const right of [true, false]) {
      assert.equal(isDue(looked(record, right, day(0)), "a", day(0)), false, about(record));
    }
    assert.equal(isDue({ ...record, done: day(0), answers: undefined }, "a", day(0)), false);
  }
});

test("a lesson finished today has nothing due today, whatever was answered in it before", () => {
  const pick = chance(3);
  for (let number = 0; number < 100; number++) {
    const record = { done: day(0), answers: { a: { right: pick(2) === 0, on: day(-pick(40)), step: 0 } } };
    assert.equal(dueOn(record, "a", day(0)), day(1), about(record));
  }
});

test("no day in the storage hides a question for longer than the longest gap and a day, unless it rests", () => {
  for (const record of records()) {
    const rests = (record.answers?.a.step ?? 0) >= 4;
    if (!record.done || rests) continue;
    assert.ok(dueOn(record, "a", day(0)) <= day(22), about(record));
  }
});

test("a clock set back asks again at most once, and heals what it finds", () => {
  for (const record of records()) {
    for (const back of [1, 2, 30, 4000]) {
      const after = looked(record, true, day(0));
      // The clock goes back; the reader answers what is due, and the days are of this calendar again.
      const today = day(-back);
      if (!isDue(after, "a", today)) continue;
      const healed = looked(after, true, today);
      assert.equal(isDue(healed, "a", today), false, about(record));
      assert.equal(healed.answers.a.on, today);
    }
  }
});

test("a day ahead, as on a journey to the west, is no reason to ask at once", () => {
  const record = looked({ done: day(-9) }, true, day(1));
  assert.equal(isDue(record, "a", day(0)), false);
  assert.equal(isDue(record, "a", day(3)), false);
  assert.equal(isDue(record, "a", day(4)), true);
});

test("who looks before it is time goes no step on by that, and loses none", () => {
  const record = { done: day(-20), answers: { a: { right: true, on: day(-1), step: 2 } } };
  assert.equal(isDue(record, "a", day(0)), false);
  assert.equal(look(record, "a", true, day(0)).step, 2);
});

test("each question has days of its own", () => {
  const record = {
    done: day(-10),
    answers: { a: { right: false, on: day(0), step: 0 }, b: { right: true, on: day(-3) } },
  };
  assert.deepEqual([...due(record, ["a", "b", "c", "constructor"], day(0))], ["b", "c", "constructor"]);
});

test("the count is that of finished lessons, whole or of a module, and says nothing on a day that was left", () => {
  const answers = { a: { right: false, on: day(-5), step: 0 }, b: { right: true, on: day(-2), step: 1 } };
  const lessons = {
    one: { module: "m", done: day(-9), answers },
    two: { module: "n", done: day(-9), answers: { c: { right: true, on: day(-9), step: 0 } } },
    open: { module: "m", answers },
    bare: { module: "m", done: day(-9) },
    "/page.html": { answers },
  };
  const { count } = open({ version: 2, lessons });
  assert.equal(count(day(0)), 2);
  assert.equal(count(day(1)), 3);
  assert.equal(count(day(0), "m"), 1);
  assert.equal(count(day(0), "n"), 1);
  assert.equal(count(day(0), "other"), 0);
  assert.equal(open({ version: 2, lessons, notToday: day(0) }).count(day(0)), 0);
  // Any other day, also one to come, hides nothing.
  for (const notToday of [day(-1), day(1), "9999-12-31", true, {}]) {
    assert.equal(open({ version: 2, lessons, notToday }).count(day(0)), 2);
  }
  for (const nonsense of [{}, { lessons: [] }, { lessons: { a: { done: 5, answers: [] } } }, "x", []]) {
    assert.equal(open(nonsense).count(day(0)), 0);
  }
});
