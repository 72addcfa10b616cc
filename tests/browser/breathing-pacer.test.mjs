// The breathing pacer as a reader uses it. Its clock is the test's own, except where one sees it run.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { MOVES, openPacer, PAGE, pacerIn, rewrite, standIn, TOUCH } from "./support/pacer.mjs";
import { arrival, inPlace, places, until } from "./support/search-page.mjs";
import { hasFocus, isInView } from "./support/seen.mjs";
import { readable } from "./support/site.mjs";

/** A lesson with a pacer. */
const LESSON = readable.find(
  ({ path, source }) => path.startsWith("lessons/") && source.includes("<breathing-pacer"),
)?.path;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => inPlace(browser, open, use, options));

  inThisPlace(
    "it is still until it is asked, breathes six times, and offers the reply",
    async (search, base) => {
      const pacer = await openPacer(search);
      await pacer.pass(30);
      assert.equal(await pacer.shows(), "Ready one minute");
      assert.deepEqual(await pacer.controls(), ["Start"]);
      await pacer.button("Start").click();
      const shown = [];
      for (let second = 0; second < 60; second++) {
        shown.push(await pacer.shows());
        assert.deepEqual(await pacer.controls(), ["Pause", "Stop"]);
        await pacer.pass(second === 59 ? 0.999 : 1);
      }
      const breath = ["In 1", "In 2", "In 3", "In 4", "Hold 1", "Hold 2", "Out 1", "Out 2", "Out 3", "Out 4"];
      const wanted = [1, 2, 3, 4, 5, 6].flatMap((number) => breath.map((text) => `${text}, Breath ${number} of 6`));
      assert.deepEqual(shown, wanted);
      assert.deepEqual(await pacer.controls(), ["Pause", "Stop"]);
      await pacer.pass(0.001);
      assert.equal(await pacer.shows(), "Done six breaths");
      assert.deepEqual(await pacer.controls(), ["Now the reply", "Once more"]);
      assert.equal(arrival(await pacer.reply.evaluate(({ href }) => href), base), undefined);
      await pacer.pass(600);
      assert.equal(await pacer.shows(), "Done six breaths", "it does not begin again by itself");
      await pacer.button("Once more").click();
      assert.equal(await pacer.shows(), "In 1, Breath 1 of 6");
    },
    MOVES,
  );

  inThisPlace("the keys are enough: start, pause, go on, stop", async (search) => {
    const pacer = await openPacer(search);
    const { keyboard } = search.page;
    await pacer.button("Start").focus();
    await keyboard.press("Enter");
    assert.equal(await hasFocus(pacer.button("Pause")), true);
    await pacer.pass(2);
    await keyboard.press("Space");
    assert.equal(await hasFocus(pacer.button("Go on")), true);
    assert.deepEqual(await pacer.controls(), ["Go on", "Stop"]);
    await pacer.pass(3600);
    assert.equal(await pacer.shows(), "In 3, Breath 1 of 6");
    await keyboard.press("Enter");
    assert.equal(await hasFocus(pacer.button("Pause")), true);
    await pacer.pass(2);
    assert.equal(await pacer.shows(), "Hold 1, Breath 1 of 6");
    await keyboard.press("Tab");
    assert.equal(await hasFocus(pacer.button("Stop")), true);
    await keyboard.press("Enter");
    assert.equal(await hasFocus(pacer.button("Start")), true);
    assert.equal(await pacer.shows(), "Ready one minute");
  });

  inThisPlace(
    "a finger starts it, pauses it, and stops it",
    async (search) => {
      const pacer = await openPacer(search);
      await pacer.button("Start").tap();
      await pacer.pass(13);
      assert.equal(await pacer.shows(), "In 4, Breath 2 of 6");
      assert.equal(await isInView(pacer.button("Pause")), true);
      await pacer.button("Pause").tap();
      await pacer.pass(5);
      await pacer.button("Go on").tap();
      await pacer.pass(1);
      assert.equal(await pacer.shows(), "Hold 1, Breath 2 of 6");
      await pacer.button("Stop").tap();
      assert.deepEqual(await pacer.controls(), ["Start"]);
    },
    TOUCH,
  );

  inThisPlace(
    "without script it is a picture, a list and the words for safety, and offers nothing that does not work",
    async (search) => {
      await search.goto(PAGE);
      const root = search.page.locator("breathing-pacer");
      assert.deepEqual(
        await root.locator(":is(button, input, select, summary, a)").filter({ visible: true }).all(),
        [],
      );
      assert.equal(await root.locator("ol > li").filter({ visible: true }).count(), 4);
      assert.equal(await root.getByText("If you feel dizzy").isVisible(), true);
      assert.match(await root.locator(".pacer-word").innerText(), /six breaths\s+one minute/);
    },
    { javaScriptEnabled: false },
  );
}

onServer("it runs by the clock of the device", async (search) => {
  await search.goto(PAGE);
  const pacer = await pacerIn(search.page);
  const began = Date.now();
  await pacer.button("Start").click();
  await until(
    async () => (await pacer.shows()) === "In 3, Breath 1 of 6",
    5000,
    () => "it does not come to the third count",
  );
  const took = Date.now() - began;
  assert.ok(took > 1900 && took < 3000, `the third count came after ${took} ms`);
});

onServer("Escape stops it from anywhere, but has first to close what lies above", async (search) => {
  const pacer = await openPacer(search);
  await pacer.button("Start").click();
  await search.page.locator("h1").click();
  await search.page.keyboard.press("Escape");
  assert.deepEqual(await pacer.controls(), ["Start"]);
  await pacer.button("Start").click();
  await pacer.button("Pause").click();
  await search.page.keyboard.press("Escape");
  assert.deepEqual(await pacer.controls(), ["Start"]);
  assert.equal(await hasFocus(pacer.button("Start")), true);
  await pacer.button("Start").click();
  await search.page.locator("h1").click();
  await search.open();
  await search.page.keyboard.press("Escape");
  assert.equal(await search.dialog.isVisible(), false);
  assert.deepEqual(await pacer.controls(), ["Pause", "Stop"]);
  await search.page.keyboard.press("Escape");
  assert.deepEqual(await pacer.controls(), ["Start"]);
});

onServer("where it ends by itself, the focus goes to the reply, and nowhere if it was elsewhere", async (search) => {
  const pacer = await openPacer(search);
  await pacer.button("Start").click();
  await pacer.pass(60);
  assert.equal(await hasFocus(pacer.reply), true);
  await pacer.button("Once more").click();
  await pacer.more.focus();
  await pacer.pass(60);
  assert.equal(await hasFocus(pacer.more), true);
});

onServer("each phase is told once and politely, and the end", async (search) => {
  const pacer = await openPacer(search);
  assert.equal(await pacer.root.locator(".pacer-view").getAttribute("aria-hidden"), "true");
  assert.equal(await pacer.status.getAttribute("aria-live"), null, "the role is polite by itself");
  assert.deepEqual(await pacer.said(), []);
  await pacer.button("Start").click();
  for (let second = 0; second < 60; second += 0.5) await pacer.pass(0.5);
  const breath = ["In, four", "Hold, two", "Out, four"];
  assert.deepEqual(await pacer.said(), [...Array(6).fill(breath).flat(), "Done, six breaths"]);
});

onServer("telling can be switched off, at once and for later", async (search) => {
  const pacer = await openPacer(search);
  await pacer.more.click();
  await pacer.button("Start").click();
  await pacer.box("Say each step to screen readers").uncheck();
  assert.equal(await pacer.status.textContent(), "");
  for (let second = 0; second < 60; second++) await pacer.pass(1);
  assert.deepEqual(await pacer.said(), ["In, four"]);
});

onServer(
  "a hidden page goes on, without a sound, and is where the clock says when it is shown again",
  async (search) => {
    const { page } = search;
    await page.addInitScript(standIn);
    const pacer = await openPacer(search);
    await pacer.box("Sound").check();
    await pacer.button("Start").click();
    await page.evaluate(hide, true);
    assert.equal(await page.evaluate(() => window.audio.state), "suspended");
    await page.evaluate(hide, false);
    await pacer.pass(33.5);
    assert.equal(await page.evaluate(() => window.audio.state), "running");
    assert.equal(await pacer.shows(), "In 4, Breath 4 of 6");
    assert.deepEqual(await pacer.said(), ["In, four"], "nothing is told late");
    await pacer.pass(1);
    assert.deepEqual(await pacer.said(), ["In, four", "Hold, two"]);
    assert.deepEqual(await page.evaluate(() => window.heard), ["opened", 262, 330]);
    await pacer.pass(7200);
    assert.equal(await pacer.shows(), "Done six breaths");
  },
);

onServer("of two on a page only one runs, and both know the choices that are kept", async (search) => {
  await rewrite(search.page, { twice: true });
  const one = await openPacer(search);
  const two = await pacerIn(search.page, 1);
  await one.button("Start").click();
  await one.pass(12);
  await two.button("Start").click();
  assert.deepEqual(await one.controls(), ["Start"]);
  assert.equal(await one.shows(), "Ready one minute");
  assert.deepEqual(await two.controls(), ["Pause", "Stop"]);
  await one.pass(15);
  assert.equal(await two.shows(), "Hold 2, Breath 2 of 6");
  await two.button("Pause").click();
  await one.button("Start").click();
  assert.deepEqual(await two.controls(), ["Start"]);
  await one.more.click();
  await one.box("Remember these choices").check();
  await one.box("Hold for two").uncheck();
  assert.equal(await two.box("Hold for two").isChecked(), false);
  assert.equal(await two.shows(), "Ready six breaths");
  await search.page.keyboard.press("Escape");
  assert.deepEqual([await one.controls(), await two.controls()], [["Start"], ["Start"]]);
});

onServer("other rhythms: without a hold, long, and once", async (search) => {
  let rhythm;
  let cycles;
  await rewrite(search.page, {
    change: (markup) =>
      markup
        .replace(/data-rhythm="[^"]*"/, `data-rhythm="${rhythm}"`)
        .replace(/data-cycles="\d+"/, `data-cycles="${cycles}"`),
  });
  for ([rhythm, cycles] of [
    ["4,0,6", 6],
    ["20,1,20", 60],
    ["1,0,1", 1],
  ]) {
    const pacer = await openPacer(search);
    const [inhale, hold, exhale] = rhythm.split(",").map(Number);
    await pacer.button("Start").click();
    await pacer.pass(inhale + hold);
    assert.match(await pacer.shows(), /^Out 1, Breath 1/, rhythm);
    await pacer.pass((inhale + hold + exhale) * cycles - inhale - hold - 0.001);
    assert.match(await pacer.shows(), new RegExp(`^Out ${exhale}, Breath ${cycles}`), rhythm);
    await pacer.pass(0.001);
    assert.match(await pacer.shows(), /^Done/, rhythm);
  }
});

onServer("who leaves and comes back finds it still", async (search) => {
  const pacer = await openPacer(search);
  await pacer.button("Start").click();
  await pacer.pass(5);
  await search.page.locator(".brand").first().click();
  await search.page.waitForURL(/index\.html|\/$/);
  await search.page.goBack();
  await pacer.button("Start").waitFor();
  assert.equal(await pacer.shows(), "Ready one minute");
});

onServer("in a lesson it leads to the reply too", async (search, base) => {
  assert.ok(LESSON, "no lesson has a pacer");
  const pacer = await openPacer(search, { path: LESSON });
  await pacer.button("Start").click();
  await pacer.pass(60);
  assert.equal(await pacer.reply.isVisible(), true);
  assert.equal(arrival(await pacer.reply.evaluate(({ href }) => href), base), undefined);
});

// What follows runs in the page.
function hide(isHidden) {
  Object.defineProperty(document, "hidden", { configurable: true, value: isHidden });
  document.dispatchEvent(new Event("visibilitychange"));
}
