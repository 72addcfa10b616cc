// The foot, the list of keys and the menu of a phone for eyes and thumbs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { box, choice, keep, OTHER, PAGE, visit } from "./support/frame.mjs";
import { desk, phone, places } from "./support/search-page.mjs";
import { smallTargets, tooWide } from "./support/seen.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

const states = [
  {
    state: "foot",
    part: ".site-foot",
    reach: (page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight)),
  },
  { state: "keys", part: "dialog.keys", reach: (page) => page.keyboard.press("?") },
  { state: "keys switched off", part: "dialog.keys", reach: (page) => box(page).click() },
  { state: "menu", part: ".menu", reach: openMenu },
];

for (const viewport of [phone, desk]) {
  const size = `${viewport.width}x${viewport.height}`;
  for (const [theme, colorScheme] of Object.entries(OTHER)) {
    onServer(
      `axe finds nothing at ${size} when ${theme} is chosen`,
      async ({ page, goto, search }) => {
        await goto(PAGE);
        await keep(page, { version: 2, theme });
        await goto(PAGE);
        const found = [];
        for (const { state, reach } of states) {
          if (state === "menu" && viewport !== phone) continue;
          await reach(page);
          for (const violation of await search.violations()) found.push(`${state}: ${violation}`);
        }
        assert.deepEqual([...new Set(found)], []);
      },
      { viewport, colorScheme },
    );
  }

  onServer(
    `everything that is pressed is 44 px high, and nothing is too wide, at ${size}`,
    async ({ page, goto }) => {
      await goto(PAGE);
      for (const { state, part, reach } of states) {
        if (state === "menu" && viewport !== phone) continue;
        await reach(page);
        assert.deepEqual(await page.evaluate(smallTargets, [part, "a[href], button, label"]), [], state);
        assert.deepEqual(await page.evaluate(tooWide), [], state);
      }
    },
    { viewport },
  );
}

onServer(
  "the list of keys fits a screen of 320 px, with its end in reach",
  async ({ page, goto }) => {
    await goto(PAGE);
    await page.keyboard.press("?");
    assert.deepEqual(await page.evaluate(tooWide), []);
    await box(page).scrollIntoViewIfNeeded();
    await box(page).click();
    assert.equal(await box(page).isChecked(), false);
  },
  { viewport: { width: 320, height: 256 } },
);

for (const colorScheme of ["light", "dark"]) {
  onServer(
    `in forced colours, what is chosen stands out (${colorScheme})`,
    async ({ page, goto }) => {
      await goto(PAGE);
      await choice(page, "Dark").click();
      const borders = await page.locator(".site-foot .chip").evaluateAll((chips) =>
        chips.map((chip) => {
          const { borderTopColor, borderTopWidth } = getComputedStyle(chip);
          return `${borderTopWidth} ${borderTopColor}`;
        }),
      );
      assert.equal(borders[0], borders[1]);
      assert.notEqual(borders[2], borders[0]);
    },
    { forcedColors: "active", colorScheme },
  );
}

async function openMenu(page) {
  await page.keyboard.press("Escape");
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole("button", { name: "Menu", exact: true }).click();
}
