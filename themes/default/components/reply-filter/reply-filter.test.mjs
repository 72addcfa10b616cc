// The rules of the filter: what an address asks for, how a choice is written down, and which replies fit it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { component } from "../../../../tests/browser/support/component.mjs";

const { inHash, read, write, fits } = component("reply-filter");
const known = { reason: ["comp", "not-looking"], stage: ["offer", "screen"], channel: ["sms"] };

/** The script lives in a world of its own, whose objects are none of this one. */
const plain = (data) => (data === undefined ? undefined : JSON.parse(JSON.stringify(data)));

test("a hash that stands for a group is a facet and a code", () => {
  for (const [hash, wanted] of [
    ["#reason.comp", { facet: "reason", code: "comp" }],
    ["#stage.not-looking", { facet: "stage", code: "not-looking" }],
    ["#site.main", undefined],
    ["#reason.", undefined],
    ["#reason", undefined],
    ["#constructor.x", undefined],
    ["", undefined],
  ]) {
    assert.deepEqual(plain(inHash(hash)), wanted, hash);
  }
});

test("an address asks for what it names and the page knows", () => {
  for (const [search, hash, wanted] of [
    ["", "", {}],
    ["?stage=offer", "", { stage: "offer" }],
    ["?reason=comp&stage=offer&channel=sms", "", { reason: "comp", stage: "offer", channel: "sms" }],
    ["?stage=nothing&channel=", "", {}],
    ["?q=offer", "", {}],
    ["", "#stage.screen", { stage: "screen" }],
    ["?stage=offer&channel=sms", "#stage.screen", { stage: "screen", channel: "sms" }],
    ["?stage=offer", "#stage.nothing", {}],
    ["?__proto__=offer", "#site.main", {}],
  ]) {
    assert.deepEqual(plain(read({ search, hash }, known)), wanted, search + hash);
  }
});

test("a facet that the page has not got is not asked for", () => {
  assert.deepEqual(plain(read({ search: "?stage=offer&channel=sms", hash: "" }, { stage: ["offer"] })), {
    stage: "offer",
  });
});

test("a choice takes the place of the one before, and leaves the rest of the address", () => {
  for (const [search, hash, choice, wanted] of [
    ["", "", {}, ""],
    ["", "", { stage: "offer", channel: "sms" }, "?stage=offer&channel=sms"],
    ["?stage=offer", "", { stage: "screen" }, "?stage=screen"],
    ["?stage=offer", "", {}, ""],
    ["?from=mail&stage=offer", "#site.main", {}, "?from=mail#site.main"],
    ["", "#reason.comp", { reason: "not-looking" }, "?reason=not-looking"],
    ["", "#reason.comp", {}, ""],
  ]) {
    assert.equal(write({ search, hash }, choice), wanted, `${search}${hash} and ${JSON.stringify(choice)}`);
  }
});

test("what is written is what is read", () => {
  for (const reason of [undefined, ...known.reason]) {
    for (const stage of [undefined, ...known.stage]) {
      const choice = plain({ reason, stage });
      const search = write({ search: "?channel=sms", hash: "#stage.offer" }, choice);
      assert.deepEqual(plain(read({ search, hash: "" }, known)), choice);
    }
  }
});

test("a reply fits if it fits in every facet", () => {
  const codes = { reason: ["comp", "counter"], stage: ["offer"], channel: [] };
  assert.equal(fits(codes, {}), true);
  assert.equal(fits(codes, { reason: "counter" }), true);
  assert.equal(fits(codes, { reason: "counter", stage: "offer" }), true);
  assert.equal(fits(codes, { reason: "counter", stage: "screen" }), false);
  assert.equal(fits(codes, { channel: "sms" }), false);
});
