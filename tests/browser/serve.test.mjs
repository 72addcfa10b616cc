// `level-one serve` in Chromium: a file is saved, and the open page shows it.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import axe from "axe-core";
import { launch } from "./support/browser.mjs";
import { Guide, lesson } from "./support/guide.mjs";

const BROKEN = "---\ntitle: First\n---\n[gone](nowhere.md) and <script>alert(1)</script>\n";

let browser;
let context;
let guide;
let base;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  guide = new Guide();
  base = await guide.serve();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
});
afterEach(async () => {
  await context?.close();
  await guide?.close();
});

/** A page on which whatever its policy refuses fails the test. */
async function open(path = "lessons/first.html") {
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|503/.test(message.text())) {
      throw new Error(message.text());
    }
  });
  await page.goto(base + path);
  return page;
}

const has = (page, text) => page.locator("main").getByText(text, { exact: true }).waitFor();
const overlay = (page) => page.locator("level-one-overlay dialog");

test("a saved text is seen without a click, at the same place, with the same parts open", async () => {
  const page = await open();
  await page
    .locator("details")
    .first()
    .evaluate((details) => {
      details.open = true;
    });
  await page.evaluate(() => scrollTo(0, 1200));
  guide.write("content/lessons/first.md", lesson("First", "A new sentence."));
  await has(page, "A new sentence.");
  await page.waitForFunction(() => Math.abs(scrollY - 1200) < 40);
  assert.equal(
    await page
      .locator("details")
      .first()
      .evaluate((details) => details.open),
    true,
  );
});

test("styles are exchanged in place", async () => {
  const page = await open();
  await page.evaluate(() => {
    window.stays = true;
  });
  for (const [colour, shown] of [
    ["rgb(1, 2, 3)", "rgb(1, 2, 3)"],
    ["rgb(4, 5, 6)", "rgb(4, 5, 6)"],
  ]) {
    guide.write("themes/default/styles/own.css", `h1 { color: ${colour} }`);
    await page.waitForFunction((wanted) => getComputedStyle(document.querySelector("h1")).color === wanted, shown);
  }
  assert.equal(await page.evaluate(() => window.stays), true, "the page was loaded again");
  await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"][href*="/style."]').length === 1);
});

test("what is wrong lies over the page until it is mended", async () => {
  const page = await open();
  guide.write("content/lessons/first.md", BROKEN);
  await overlay(page).waitFor();
  const text = await overlay(page).innerText();
  assert.match(text, /1 error/);
  assert.match(text, /error\[link-target-missing\]: there is no file/);
  assert.match(text, /content\/lessons\/first\.md:4:1/);
  assert.match(text, /<script>alert\(1\)<\/script>/, "is shown as text");
  assert.equal(await overlay(page).locator("script").count(), 0);
  assert.equal(await overlay(page).getAttribute("aria-labelledby"), "title");
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run("level-one-overlay"));
  assert.deepEqual(
    found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
    [],
  );
  const link = overlay(page).getByRole("link", { name: "Open content/lessons/first.md:4:1 in your editor" });
  assert.equal(await link.count(), 1);
  guide.write("content/lessons/first.md", lesson("First", "Mended."));
  await has(page, "Mended.");
  assert.equal(await overlay(page).count(), 0);
});

test("Escape closes it, and it comes again with other findings only", async () => {
  const page = await open();
  guide.write("content/lessons/first.md", BROKEN);
  await overlay(page).waitFor();
  await page.keyboard.press("Escape");
  await overlay(page).waitFor({ state: "detached" });
  guide.write("content/lessons/second.md", "no front matter\n");
  await overlay(page).waitFor();
  assert.match(await overlay(page).innerText(), /2 errors/);
  await overlay(page).getByRole("button", { name: "Close" }).click();
  await overlay(page).waitFor({ state: "detached" });
});

test("a page that is opened while something is wrong is told, and shows the last good site", async () => {
  guide.write("content/lessons/first.md", lesson("First", "Good."));
  const early = await open();
  await has(early, "Good.");
  guide.write("content/lessons/first.md", BROKEN);
  await overlay(early).waitFor();
  const late = await open();
  await overlay(late).waitFor();
  assert.equal(await late.locator("main").getByText("Good.", { exact: true }).count(), 1);
});

test("many tabs are kept up to date", async () => {
  const pages = await Promise.all([open(), open(), open("lessons/second.html"), open("lessons/index.html")]);
  guide.write("content/lessons/first.md", lesson("Another title", "For all."));
  await Promise.all(pages.slice(0, 2).map((page) => has(page, "For all.")));
  await pages[3].locator("main").getByText("Another title").waitFor();
});

test("a tab catches up when the server comes again", async () => {
  const page = await open();
  await guide.stop();
  guide.write("content/lessons/first.md", lesson("First", "Written meanwhile."));
  await guide.serve(Number(new URL(base).port));
  await has(page, "Written meanwhile.");
});

test("a page that waits for the first good site shows it", async () => {
  await guide.stop();
  guide.write("content/lessons/first.md", "no front matter\n");
  base = await guide.serve();
  const page = await open("");
  await overlay(page).waitFor();
  guide.write("content/lessons/first.md", lesson("First", "Text."));
  await page.locator("main h1").waitFor();
});
