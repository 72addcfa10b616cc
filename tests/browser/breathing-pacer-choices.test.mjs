// What a reader may choose about the breathing pacer: hold, pace, sound, vibration, and whether that is kept.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { keep, kept } from "./support/frame.mjs";
import { openPacer, pacerIn, standIn } from "./support/pacer.mjs";
import { inPlace, places, until } from "./support/search-page.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

onServer("without the hold it goes from in to out, and the drawing too; from the next breath on", async (search) => {
  const pacer = await openPacer(search);
  const drawn = () =>
    pacer.root
      .locator("svg .beat")
      .filter({ visible: true })
      .evaluateAll((all) => all.map((text) => text.textContent));
  await pacer.button("Start").click();
  await pacer.pass(1);
  await pacer.box("Hold for two").uncheck();
  await pacer.pass(4);
  assert.equal(await pacer.shows(), "Hold 2, Breath 1 of 6");
  assert.deepEqual(await drawn(), ["in 4", "hold 2", "out 4"]);
  assert.equal(await pacer.steps.locator("i").filter({ visible: true }).count(), 10);
  await pacer.pass(5);
  assert.deepEqual(await drawn(), ["in 4", "out 4"]);
  assert.equal(await pacer.steps.locator("i").filter({ visible: true }).count(), 8);
  await pacer.pass(4);
  assert.equal(await pacer.shows(), "Out 1, Breath 2 of 6");
  await pacer.pass(8 * 4 + 3.9);
  assert.equal(await pacer.shows(), "Out 4, Breath 6 of 6");
  await pacer.pass(0.1);
  assert.equal(await pacer.shows(), "Done six breaths");
  await pacer.box("Sound").check();
  await pacer.box("Sound").uncheck();
  assert.equal((await pacer.said()).filter((text) => text.startsWith("Done")).length, 1, "the end is told once");
  await pacer.button("Once more").click();
  await pacer.button("Stop").click();
  assert.equal(await pacer.shows(), "Ready six breaths", "a minute it is no longer");
  await pacer.box("Hold for two").check();
  assert.equal(await pacer.shows(), "Ready one minute");
  assert.deepEqual(await drawn(), ["in 4", "hold 2", "out 4"]);
});

onServer("another pace holds from the next breath on, also when it is chosen in a pause", async (search) => {
  const pacer = await openPacer(search);
  await pacer.more.click();
  await pacer.button("Start").click();
  await pacer.pass(9);
  await pacer.button("Pause").click();
  await pacer.pace.selectOption({ label: "Slowest, 1.5 seconds a count" });
  await pacer.pass(100);
  assert.equal(await pacer.shows(), "Out 4, Breath 1 of 6");
  await pacer.button("Go on").click();
  await pacer.pass(1);
  assert.equal(await pacer.shows(), "In 1, Breath 2 of 6");
  await pacer.pass(5.9);
  assert.equal(await pacer.shows(), "In 4, Breath 2 of 6");
  await pacer.pass(0.1);
  assert.equal(await pacer.shows(), "Hold 1, Breath 2 of 6");
  await pacer.pass(68.9);
  assert.equal(await pacer.shows(), "Out 4, Breath 6 of 6");
  await pacer.pass(0.1);
  assert.equal(await pacer.shows(), "Done six breaths");
});

onServer("nothing is heard and felt unless it is chosen, and nothing after a pause or a stop", async (search) => {
  const { page } = search;
  await page.addInitScript(standIn);
  const pacer = await openPacer(search);
  const noted = () => page.evaluate(() => [window.heard, window.felt]);
  assert.equal(await pacer.box("Sound").isChecked(), false);
  await pacer.button("Start").click();
  await pacer.pass(6);
  assert.deepEqual(await noted(), [[], []]);
  await pacer.box("Sound").check();
  await pacer.more.click();
  assert.equal(await pacer.box("Vibration").isChecked(), false);
  await pacer.box("Vibration").check();
  await pacer.pass(4);
  await pacer.pass(4);
  await pacer.pass(2);
  assert.deepEqual(await noted(), [
    ["opened", 262, 330, 196],
    [100, 50, 300],
  ]);
  const state = () => page.evaluate(() => window.audio.state);
  assert.equal(await state(), "running");
  for (const [press, wanted] of [
    ["Pause", "suspended"],
    ["Go on", "running"],
    ["Stop", "suspended"],
    ["Start", "running"],
  ]) {
    await pacer.button(press).click();
    assert.equal(await state(), wanted, press);
  }
  await pacer.box("Sound").uncheck();
  assert.equal(await state(), "suspended");
  await pacer.box("Sound").check();
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
  assert.equal(await state(), "suspended");
  assert.deepEqual(await pacer.controls(), ["Start"]);
});

onServer("a real tone is made where sound is chosen", async (search) => {
  const pacer = await openPacer(search);
  await search.page.evaluate(() => {
    const start = OscillatorNode.prototype.start;
    window.tones = [];
    OscillatorNode.prototype.start = function (...at) {
      window.tones.push([this.context.state, this.frequency.value]);
      start.apply(this, at);
    };
  });
  await pacer.box("Sound").check();
  await pacer.button("Start").click();
  const tones = await search.page.evaluate(() => window.tones);
  assert.equal(tones.length, 1);
  assert.equal(tones[0][1], 262);
});

onServer("vibration is offered only where there is any", async (search) => {
  await search.page.addInitScript(() => delete Navigator.prototype.vibrate);
  const pacer = await openPacer(search);
  await pacer.more.click();
  assert.equal(await pacer.pace.isVisible(), true);
  assert.equal(await pacer.box("Vibration").isVisible(), false);
});

onServer("choices are kept only if the reader asks, and given up again", async (search) => {
  const { page } = search;
  const field = async () => JSON.parse((await kept(page)) ?? "{}").pacer;
  let pacer = await openPacer(search);
  await pacer.more.click();
  await pacer.box("Hold for two").uncheck();
  await pacer.pace.selectOption("1.25");
  assert.equal(await kept(page), null, "nothing is written unasked");
  await pacer.box("Remember these choices").check();
  const chosen = { hold: false, pace: 1.25, sound: false, vibration: false, announce: true };
  assert.deepEqual(await field(), chosen);
  await pacer.box("Sound").check();
  assert.deepEqual(await field(), { ...chosen, sound: true });
  pacer = await openPacer(search);
  await pacer.more.click();
  for (const [name, wanted] of [
    ["Hold for two", false],
    ["Sound", true],
    ["Say each step to screen readers", true],
    ["Remember these choices", true],
  ]) {
    assert.equal(await pacer.box(name).isChecked(), wanted, name);
  }
  assert.equal(await pacer.pace.inputValue(), "1.25");
  assert.equal(await pacer.shows(), "Ready six breaths");
  await pacer.box("Remember these choices").uncheck();
  assert.equal(await field(), undefined);
  assert.equal(await pacer.pace.inputValue(), "1.25", "they still hold on this page");
  pacer = await openPacer(search);
  assert.equal(await pacer.shows(), "Ready one minute");
});

for (const [field, wanted] of [
  ["off", "Ready one minute"],
  [[], "Ready one minute"],
  [{ hold: "no", pace: 7, sound: 1, vibration: null, announce: "yes" }, "Ready one minute"],
  [{ hold: false, pace: "fast", sound: {} }, "Ready six breaths"],
  [{ hold: true, pace: -1 }, "Ready one minute"],
  [{ pace: 1.5, __proto__: null, other: [] }, "Ready six breaths"],
]) {
  onServer(`what makes no sense among what is kept is passed over: ${JSON.stringify(field)}`, async (search) => {
    await openPacer(search);
    await keep(search.page, { version: 1, pacer: field });
    const pacer = await openPacer(search);
    assert.equal(await pacer.shows(), wanted);
    assert.equal(await pacer.box("Sound").isChecked(), false);
    assert.ok(["1", "1.5"].includes(await pacer.pace.inputValue()));
    await pacer.button("Start").click();
    await pacer.pass(90);
    assert.equal(await pacer.shows(), "Done six breaths");
  });
}

onServer(
  "where nothing can be kept, the box does not stay ticked, and the choices hold for the page",
  async (search) => {
    await search.page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    const pacer = await openPacer(search);
    await pacer.more.click();
    await pacer.box("Hold for two").uncheck();
    await pacer.box("Remember these choices").click();
    assert.equal(await pacer.box("Remember these choices").isChecked(), false);
    assert.equal(await pacer.box("Hold for two").isChecked(), false);
  },
);

onServer("a choice kept in another window holds in this one", async (search) => {
  const pacer = await openPacer(search);
  const other = await search.page.context().newPage();
  await other.goto(search.page.url());
  const there = await pacerIn(other);
  await there.more.click();
  await there.box("Remember these choices").check();
  await there.box("Hold for two").uncheck();
  await until(
    async () => (await pacer.shows()) === "Ready six breaths",
    5000,
    () => "this window has not heard of it",
  );
});
