// The rule of the component: where a meaning stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { component } from "../../../../tests/browser/support/component.mjs";

const { place } = component("glossary-term");

const line = (x, y, width = 60) => ({ x, y, width, height: 20 });
const column = { left: 20, right: 370 };
const screen = { width: 390, height: 800 };
const size = { width: 200, height: 100 };
const nowhere = { y: -1 };

const at = (lines, { point = nowhere, size: own = size, rightToLeft = false } = {}) => {
  const { x, y } = place(lines, point, own, column, screen, rightToLeft);
  return [x, y];
};

test("a meaning stands below its word and begins with it", () => {
  assert.deepEqual(at([line(100, 300)]), [100, 326]);
});

test("from right to left it begins at the right end of its word", () => {
  assert.deepEqual(at([line(300, 300)], { rightToLeft: true }), [160, 326]);
});

test("it never leaves the column", () => {
  assert.deepEqual(at([line(350, 300)]), [170, 326]);
  assert.deepEqual(at([line(30, 300)], { rightToLeft: true }), [20, 326]);
  assert.deepEqual(at([line(100, 300)], { size: { width: 350, height: 100 } }), [20, 326]);
});

test("wider than the column, it stays on the screen", () => {
  assert.deepEqual(at([line(100, 300)], { size: { width: 370, height: 100 } }), [12, 326]);
  assert.deepEqual(at([line(100, 300)], { size: { width: 390, height: 100 } }), [8, 326]);
});

test("it stands above its word where there is no room below", () => {
  assert.deepEqual(at([line(100, 700)]), [100, 594]);
});

test("where there is no room on either side it stays on the screen", () => {
  assert.deepEqual(at([line(100, 400)], { size: { width: 200, height: 500 } }), [100, 292]);
  assert.deepEqual(at([line(100, 400)], { size: { width: 200, height: 900 } }), [100, 8]);
});

test("a word that is broken is not covered, and its meaning stands where it was pointed at", () => {
  const lines = [line(300, 680), line(20, 710)];
  assert.deepEqual(at(lines, { point: { y: 715 } }), [20, 574]);
  const higher = [line(300, 300), line(20, 330)];
  assert.deepEqual(at(higher, { point: { y: 335 } }), [20, 356]);
  assert.deepEqual(at(higher, { point: { y: 305 } }), [170, 356]);
  assert.deepEqual(at(higher), [170, 356]);
});
