// The rules of the pacer: where in the breath a time is, and that a clock which jumps or falls behind changes nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";
import { component } from "../../../../tests/browser/support/component.mjs";

const { at, ease } = component("breathing-pacer");

/** As many breaths of a rhythm, at so many milliseconds a count. */
const breaths = (counts, pace = 1000, cycles = 6) => Array(cycles).fill({ counts, pace });

/** The phase and the count, as `in 3`, and which breath it is. */
const told = (moment) => moment && `${["in", "hold", "out"][moment.phase]} ${moment.count} of ${moment.breath + 1}`;

test("four, two, four: every second is a count of its phase", () => {
  const all = breaths([4, 2, 4]);
  const phases = [...count("in", 4), ...count("hold", 2), ...count("out", 4)];
  for (let second = 0; second < 60; second++) {
    for (const part of [0, 1, 500, 999]) {
      const moment = at(all, second * 1000 + part);
      assert.equal(told(moment), `${phases[second % 10]} of ${Math.floor(second / 10) + 1}`);
      assert.equal(moment.step, second % 10);
    }
  }
});

test("it is over when the last breath is, and not a millisecond before", () => {
  for (const [all, end] of [
    [breaths([4, 2, 4]), 60_000],
    [breaths([4, 0, 4]), 48_000],
    [breaths([4, 2, 4], 750), 45_000],
    [breaths([4, 2, 4], 1500), 90_000],
    [breaths([1, 0, 1], 1000, 1), 2000],
    [breaths([20, 20, 20], 1250, 60), 4_500_000],
  ]) {
    assert.equal(at(all, end - 1).breath, all.length - 1);
    assert.equal(at(all, end), undefined);
    assert.equal(at(all, end + 86_400_000), undefined);
  }
  assert.equal(at([], 0), undefined);
});

test("without a hold, in is followed by out", () => {
  const all = breaths([4, 0, 6]);
  assert.equal(told(at(all, 3999)), "in 4 of 1");
  assert.equal(told(at(all, 4000)), "out 1 of 1");
  assert.equal(told(at(all, 9999)), "out 6 of 1");
  assert.equal(told(at(all, 10_000)), "in 1 of 2");
});

test("at another pace the counts are the same, and longer or shorter", () => {
  for (const pace of [750, 1000, 1250, 1500]) {
    const all = breaths([4, 2, 4], pace);
    for (const [counts, wanted] of [
      [0, "in 1 of 1"],
      [3.99, "in 4 of 1"],
      [4, "hold 1 of 1"],
      [5, "hold 2 of 1"],
      [6, "out 1 of 1"],
      [9.99, "out 4 of 1"],
      [10, "in 1 of 2"],
      [59.99, "out 4 of 6"],
    ]) {
      assert.equal(told(at(all, counts * pace)), wanted, `${counts} counts of ${pace} ms`);
    }
  }
});

test("a change begins with the next breath, and the ones before stay where they were", () => {
  const all = [...breaths([4, 2, 4], 1000, 2), ...breaths([4, 0, 4], 1500, 4)];
  assert.equal(told(at(all, 19_999)), "out 4 of 2");
  assert.equal(told(at(all, 20_000)), "in 1 of 3");
  assert.equal(told(at(all, 26_000)), "out 1 of 3");
  assert.equal(told(at(all, 32_000)), "in 1 of 4");
  assert.equal(at(all, 67_999).breath, 5);
  assert.equal(at(all, 68_000), undefined);
});

test("it rises, stays, and falls, evenly across", () => {
  for (const counts of [
    [4, 2, 4],
    [4, 0, 6],
    [1, 20, 3],
  ]) {
    const [inhale, hold, exhale] = counts;
    const total = inhale + hold + exhale;
    let before = { across: -1, height: 0 };
    for (let time = 0; time < total * 1000; time += 10) {
      const moment = at(breaths(counts), time);
      assert.ok(Math.abs(moment.across - time / total / 1000) < 1e-9);
      const rise = moment.height - before.height;
      if (moment.phase === 0) assert.ok(rise >= 0);
      if (moment.phase === 1) assert.equal(moment.height, 1);
      if (moment.phase === 2 && before.phase === 2) assert.ok(rise <= 0);
      // No jump: a hundredth of a second never takes the bead far.
      assert.ok(Math.abs(rise) < 0.04, `${counts} jumps by ${rise} at ${time}`);
      before = moment;
    }
  }
});

test("the easing is that of the ridge", () => {
  // x and y of the curve with the points 0, 0.35, 0.25, 1 and 0, 0, 1, 1.
  const bezier = (u, a, b) => 3 * (1 - u) ** 2 * u * a + 3 * (1 - u) * u ** 2 * b + u ** 3;
  for (let u = 0; u <= 1; u += 0.001) {
    const [x, y] = [bezier(u, 0.35, 0.25), bezier(u, 0, 1)];
    assert.ok(Math.abs(ease(x) - y) < 1e-4, `${ease(x)} instead of ${y} at ${x}`);
  }
});

test("frames that come late, early or in heaps do not make it drift over thousands of breaths", () => {
  for (const [rhythm, pace] of [
    ["4,2,4", 1],
    ["4,0,6", 0.75],
    ["3,1,5", 1.25],
  ]) {
    const cycles = 3000;
    const { clock, press, shows } = pacer({ rhythm, cycles, pace });
    press("running");
    const began = clock.now;
    const total = rhythm.split(",").reduce((sum, counts) => sum + Number(counts), 0) * pace * 1000;
    let seed = 1;
    while (clock.now < began + cycles * total - 9000) {
      // 5 to 9000 ms, always the same ones.
      seed = (seed * 16_807) % 2_147_483_647;
      clock.frame(5 + (seed % 8995));
      const breath = Math.floor((clock.now - began) / total);
      assert.equal(shows().of, `${breath + 1}`);
      const across = ((clock.now - began) % total) / total;
      assert.ok(Math.abs(shows().bead - 400 * across) < 1e-6, `${rhythm}: the bead is at ${shows().bead}`);
    }
    clock.frame(began + cycles * total - 1 - clock.now);
    assert.equal(shows().of, String(cycles));
    assert.equal(shows().state, "running");
    clock.frame(1);
    assert.equal(shows().state, "done");
  }
});

test("after a hidden tab it is where the clock says, and has not told the phase that it is in the middle of", () => {
  const { clock, press, shows, said } = pacer();
  press("running");
  clock.frame(16);
  assert.deepEqual(said(), ["In, four"]);
  clock.frame(22_500);
  assert.deepEqual([shows().word, shows().number, shows().of], ["In", 3, "3"]);
  assert.deepEqual(said(), ["In, four"]);
  clock.frame(1500);
  assert.deepEqual(said(), ["In, four", "Hold, two"]);
});

test("when the time is over on the return, it has ended", () => {
  const { clock, press, shows } = pacer();
  press("running");
  clock.frame(5 * 3_600_000);
  assert.equal(shows().state, "done");
  assert.equal(clock.waiting(), 0, "nothing waits for a frame any more");
});

test("a pause of any length changes nothing, and pauses do not add up", () => {
  const { clock, press, shows } = pacer();
  press("running");
  let ran = 0;
  for (let pause = 1; pause <= 40; pause++) {
    // The press comes after the last frame, as it does.
    clock.frame(1000);
    clock.pass(333);
    ran += 1333;
    press("paused");
    assert.equal(clock.waiting(), 0);
    clock.pass(pause * 7777);
    press("running");
    assert.ok(Math.abs(shows().bead - (400 * (ran % 10_000)) / 10_000) < 1e-6, `after ${pause} pauses`);
  }
  clock.frame(60_000 - ran - 1);
  assert.equal(shows().state, "running");
  clock.frame(1);
  assert.equal(shows().state, "done");
});

test("a clock that is put back does not lead before the start", () => {
  const { clock, press, shows } = pacer();
  press("running");
  clock.frame(-3_600_000);
  assert.deepEqual([shows().word, shows().number, shows().of], ["In", 1, "1"]);
  clock.frame(3_612_000);
  assert.deepEqual([shows().word, shows().number, shows().of], ["In", 3, "2"]);
});

function count(phase, counts) {
  return Array.from({ length: counts }, (_, index) => `${phase} ${index + 1}`);
}

/** The component in a world that has a clock, frames, and no more of a page than it touches. */
function pacer({ rhythm = "4,2,4", cycles = 6, pace = 1 } = {}) {
  const clock = { now: 1_800_000_000_000, frames: new Map() };
  clock.pass = (time) => {
    clock.now += time;
  };
  clock.frame = (time) => {
    clock.pass(time);
    const due = [...clock.frames.values()];
    clock.frames.clear();
    for (const draw of due) draw();
  };
  clock.waiting = () => clock.frames.size;

  const part = () => ({ setAttribute: (name, value) => (parts.attributes[name] = value), parentNode: {} });
  const said = [];
  const status = {
    set textContent(text) {
      if (text) said.push(text);
    },
  };
  const parts = { attributes: {}, circles: [part(), part()], texts: [{}, {}, {}] };
  const inputs = Object.assign([], { vibration: part(), remember: {}, pace: {} });
  const listeners = {};

  class HTMLElement {
    dataset = {
      rhythm,
      cycles: String(cycles),
      words: JSON.stringify({
        idle: [],
        changed: [],
        done: [],
        phases: ["In", "Hold", "Out"],
        of: "{n}",
        said: ["In, four", "Hold, two", "Out, four", "Done"],
      }),
    };
    addEventListener(name, act) {
      listeners[name] = act;
    }
    toggleAttribute() {}
    querySelector(selector) {
      return { fieldset: { elements: inputs }, ".buttons": { contains: () => false }, "[role=status]": status }[
        selector
      ];
    }
    querySelectorAll(selector) {
      return { circle: parts.circles, ".pacer-word *, .of": parts.texts }[selector] ?? [];
    }
  }
  const world = {
    HTMLElement,
    AbortController,
    Date: { now: () => clock.now },
    requestAnimationFrame: (draw) => {
      clock.frames.set(clock.frames.size + 1, draw);
      return clock.frames.size;
    },
    cancelAnimationFrame: (number) => clock.frames.delete(number),
    levelOneKept: { get: () => ({ pace }), watch() {} },
    window: { addEventListener() {} },
    document: { addEventListener() {} },
    navigator: {},
    customElements: { define: (_, made) => (world.made = made) },
  };
  vm.runInNewContext(readFileSync(new URL("breathing-pacer.pacer.js", import.meta.url), "utf8"), world);
  const element = new world.made();
  element.connectedCallback();
  const press = (to) => listeners.click({ target: { closest: () => ({ dataset: { to } }) } });
  const [word, number, of] = parts.texts;
  const shows = () => ({
    word: word.textContent,
    number: number.textContent,
    of: of.textContent,
    bead: parts.attributes.cx,
    state: element.dataset.state,
  });
  return { clock, press, shows, said: () => said };
}
