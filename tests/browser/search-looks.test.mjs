// The search dialog for eyes, thumbs and screen readers: axe in each of its states, forced colours, less motion.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { desk, inPlace, phone, places } from "./support/search-page.mjs";
import { isInView, moving, smallTargets, tooWide } from "./support/seen.mjs";

const PAGE = "lessons/offers.html";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

const states = [
  ["empty", (search) => search.open()],
  ["with hits", (search) => search.ask("counter offer")],
  ["with another hit chosen", (search) => search.page.keyboard.press("ArrowDown")],
  ["with more hits", (search) => search.ask("offer").then(() => search.showAll())],
  ["with a kind and a topic chosen", chooseFilters],
  ["with what was meant", (search) => search.ask("intervew")],
  ["with nothing found", (search) => search.ask("qqqqxyzz")],
  ["with files missing", loseFiles],
];

for (const viewport of [phone, desk]) {
  onServer(
    `axe finds nothing in the search at ${viewport.width}x${viewport.height}, light and dark`,
    async (search) => {
      await search.goto(PAGE);
      const found = [];
      for (const [state, reach] of states) {
        await reach(search);
        for (const violation of await search.violations()) found.push(`${state}: ${violation}`);
      }
      assert.deepEqual([...new Set(found)], []);
    },
    { viewport, missing: true },
  );

  onServer(
    `the search fits its screen at ${viewport.width}x${viewport.height}`,
    async (search) => {
      await search.goto(PAGE);
      for (const [state, reach] of states) {
        await reach(search);
        assert.deepEqual(await search.page.evaluate(tooWide), [], state);
        assert.equal(await isInView(search.input), true, `${state}: the box is out of sight`);
      }
    },
    { viewport, missing: true },
  );
}

onServer("every button, chip and hit is 44 px high on a phone", async (search) => {
  await search.page.setViewportSize(phone);
  await search.goto(PAGE);
  await search.ask("thank you");
  const targets = "a[href], button, select, label, input:not([type=radio])";
  assert.deepEqual(await search.page.evaluate(smallTargets, ["dialog.search", targets]), []);
});

for (const colorScheme of ["light", "dark"]) {
  onServer(
    `in forced colours, the chosen hit and the marks stand out (${colorScheme})`,
    async (search) => {
      await search.goto(PAGE);
      await search.ask("counter offer");
      await search.page.keyboard.press("ArrowDown");
      const place = await search.chosen();
      const borders = await search.options.evaluateAll((options) =>
        options.map((option) => {
          const { borderTopWidth, borderTopStyle, borderTopColor } = getComputedStyle(option);
          return { width: Number.parseFloat(borderTopWidth), style: borderTopStyle, colour: borderTopColor };
        }),
      );
      const { width, style, colour } = borders[place];
      assert.ok(width >= 1 && style === "solid", `${width} px ${style}`);
      assert.notEqual(colour, await search.dialog.evaluate((dialog) => getComputedStyle(dialog).backgroundColor));
      assert.doesNotMatch(colour, /, 0\)$|transparent/);
      for (const [at, other] of borders.entries()) if (at !== place) assert.notEqual(other.colour, colour);
      const mark = search.dialog.locator("mark").first();
      const { own, around } = await mark.evaluate((mark) => ({
        own: getComputedStyle(mark).backgroundColor,
        around: getComputedStyle(mark.parentElement).backgroundColor,
      }));
      assert.notEqual(own, around);
      await search.page.keyboard.press("Enter");
      await search.dialog.waitFor({ state: "hidden" });
    },
    { forcedColors: "active", colorScheme },
  );
}

onServer(
  "nothing moves by itself where less motion is wanted",
  async (search) => {
    await search.goto(PAGE);
    await search.ask("offer");
    await search.page.keyboard.press("ArrowUp");
    assert.deepEqual(await search.page.evaluate(moving), []);
    assert.equal(await isInView(search.options.nth(await search.chosen())), true);
  },
  { reducedMotion: "reduce" },
);

onServer(
  "with motion the search opens and closes as well",
  async (search) => {
    await search.goto(PAGE);
    await search.ask("counter offer");
    await search.openHit(1);
    await search.dialog.waitFor({ state: "hidden" });
  },
  { reducedMotion: "no-preference" },
);

onServer("the search is not printed", async (search) => {
  await search.goto(PAGE);
  await search.ask("counter offer");
  await search.page.emulateMedia({ media: "print" });
  assert.equal(await search.dialog.isVisible(), false);
});

async function chooseFilters(search) {
  await search.chooseKind("Lessons");
  await search.chooseTopic(2);
  await search.answer();
}

async function loseFiles(search) {
  await search.page.route(/\/search\//, (route) => route.abort());
  await search.input.fill("silence");
  await search.says(/could not be loaded/);
}
