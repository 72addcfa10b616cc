// The list of a page's sections, and the section that is being read.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { PAGE, visit } from "./support/frame.mjs";
import { phone, places, until } from "./support/search-page.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

onServer("the section that is being read is marked, down the page and up again", async ({ page, goto }) => {
  await goto(PAGE);
  const links = page.locator(".toc a");
  const titles = await links.allTextContents();
  assert.ok(titles.length >= 5);
  await isCurrent(page, titles[0], "at the top");
  const heights = await links.evaluateAll((links) => links.map((link) => link.offsetHeight));
  // The last ones may be too close to the end to come up.
  const places = titles.slice(0, -2);
  for (const title of [...places, ...places.toReversed()]) {
    await heading(page, title).evaluate((heading) => heading.scrollIntoView());
    await isCurrent(page, title, "scrolled to");
    // Deep in the section, its heading out of sight.
    await page.evaluate(() => scrollBy(0, 200));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  assert.deepEqual(await links.evaluateAll((links) => links.map((link) => link.offsetHeight)), heights, "no row moves");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await isCurrent(page, titles.at(-1), "at the end");
  const weights = await links.evaluateAll((links) => links.map((link) => getComputedStyle(link).fontWeight));
  assert.deepEqual(new Set(weights.slice(0, -1)), new Set(["400"]));
  assert.equal(weights.at(-1), "650");
  await page.evaluate(() => scrollTo(0, 0));
  await isCurrent(page, titles[0], "at the top again");
});

onServer("a section that was asked for is marked, even if it cannot come up", async ({ page, goto }) => {
  await goto(PAGE);
  const links = page.locator(".toc a");
  await page.setViewportSize({ width: 1280, height: 2400 });
  for (const place of [-1, -2, 0, -3]) {
    const link = links.nth(place);
    await link.click();
    await isCurrent(page, await link.textContent(), `${place}`);
  }
});

onServer(
  "a list that is longer than the window shows the current section, and the page stays",
  async ({ page, goto }) => {
    await page.setViewportSize({ width: 1280, height: 600 });
    await goto(PAGE);
    await page.evaluate(() => {
      for (const item of document.querySelectorAll(".toc li")) item.append(document.createElement("hr"));
      const box = document.querySelector(".toc");
      box
        .querySelector("ul")
        .append(...[..."abcdefghij"].map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    });
    await page.setViewportSize({ width: 1280, height: 580 });
    const titles = await page.locator(".toc a").allTextContents();
    const title = titles.at(-1);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await isCurrent(page, title, "at the end");
    const end = await page.evaluate(() => scrollY);
    const isInside = await page.locator(".toc [aria-current]").evaluate((link) => {
      const around = link.closest(".toc").getBoundingClientRect();
      const inside = link.getBoundingClientRect();
      return inside.top >= around.top && inside.bottom <= around.bottom + 1;
    });
    assert.equal(isInside, true);
    assert.equal(await page.evaluate(() => scrollY), end);
  },
);

onServer("the list of sections is open from 76rem on, and shut on a phone", async ({ page, goto }) => {
  await goto(PAGE);
  const link = page.locator(".toc a").first();
  assert.equal(await link.isVisible(), true);
  assert.equal(await page.locator(".toc summary").isVisible(), false);
  await page.setViewportSize(phone);
  await goto(PAGE);
  assert.equal(await link.isVisible(), false);
  await page.locator(".toc summary").click();
  assert.equal(await link.isVisible(), true);
});

function heading(page, title) {
  return page.locator("main h2", { hasText: title }).first();
}

async function isCurrent(page, title, where) {
  const marked = () =>
    page.locator(".toc [aria-current]").evaluateAll((links) => links.map((link) => link.textContent));
  await until(
    async () => (await marked()).join() === title,
    5000,
    async () => `${where}: "${await marked()}" is marked, not "${title}"`,
  );
}
