// A reply that is filled in where the search has found it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { kept, visit } from "./support/frame.mjs";
import { clipboard, copied, field, filled, fillIn, PAGE, VALUES } from "./support/reply-desk.mjs";
import { desk, inPlace, phone, places } from "./support/search-page.mjs";
import { tooWide } from "./support/seen.mjs";
import { kinds } from "./support/site.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [where, open] of places) {
  test(`a reply is filled in where it was found, ${where}`, () =>
    inPlace(
      browser,
      open,
      async (search) => {
        const { page, dialog } = search;
        await search.goto("lessons/index.html");
        await search.ask("they gave no reason");
        const asks = dialog.getByRole("button", { name: "Fill in" }).first();
        await asks.click();
        await dialog.getByRole("heading", { name: "They gave no reason", level: 2 }).waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.dataset.gap), "first_name");
        await fillIn(page, VALUES);
        assert.equal(await copied(page, "Copy", /^Copied\./), filled(PAGE, VALUES));
        for (const viewport of [phone, desk]) {
          await page.setViewportSize(viewport);
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(await page.evaluate(tooWide), []);
        }

        await page.keyboard.press("Escape");
        assert.equal(await asks.evaluate((button) => button === document.activeElement), true);
        await asks.press("Enter");
        assert.equal(await field(page, "first_name").inputValue(), VALUES.first_name, "it is the same page still");
        await dialog.getByRole("button", { name: "Back to the results" }).click();
        assert.match(await search.status.textContent(), /^\d+ results/);
        assert.equal(await page.locator("reply-desk").count(), 0);
        await asks.click();
        await field(page, "first_name").waitFor();
        await search.input.fill("silence");
        await search.options.first().waitFor();
        assert.equal(await page.locator("reply-desk").count(), 0);

        await search.ask("they gave no reason");
        await asks.click();
        await field(page, "first_name").waitFor();
        await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
        assert.doesNotMatch(await page.content(), new RegExp(VALUES.first_name));
        await dialog.getByRole("link", { name: "Why it says this, and where it fits" }).click();
        await page.waitForURL(`**/${PAGE}`);
        assert.equal(await kept(page), null);
      },
      where.includes("file") ? {} : clipboard,
    ));
}

test("what a reply in the search brings along changes nothing of the page behind it", async () => {
  const moved = new Findings();
  await visit(browser, places[0][1], async ({ page, goto }) => {
    for (const { path } of kinds) {
      await goto(path);
      const before = await page.evaluate(looks);
      await page.evaluate(
        async (desk) => {
          const script = document.createElement("script");
          globalThis.levelOneSearch = (_, html) => {
            const part = document.createElement("div");
            part.innerHTML = html;
            window.parts = part.firstElementChild.dataset.later;
          };
          script.src = `${document.documentElement.dataset.root}${desk}`;
          await new Promise((done) => {
            script.addEventListener("load", done);
            document.head.append(script);
          });
          await globalThis.levelOne.load(
            JSON.stringify(JSON.parse(window.parts).filter((part) => part.endsWith(".css"))),
          );
        },
        PAGE.replace(/html$/, "desk.js"),
      );
      const after = await page.evaluate(looks);
      const other = after.findIndex((look, at) => look !== before[at]);
      if (other >= 0) moved.add(path, `${before[other]} is ${after[other]}`);
    }
  });
  moved.expectNone();
});

/** What is in the page, where it stands and how it looks. */
function looks() {
  return [...document.querySelectorAll("body *")].map((one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const { color, backgroundColor, borderTopColor, fontSize } = getComputedStyle(one);
    return `${one.localName}.${one.className} ${[x, y, width, height].map(Math.round)} ${[color, backgroundColor, borderTopColor, fontSize]}`;
  });
}

test("a reply that cannot be loaded where it was found says so, and can be asked for again", () =>
  inPlace(
    browser,
    places[0][1],
    async (search) => {
      const { page, dialog } = search;
      await search.goto("index.html");
      let fails = true;
      for (const part of ["**/*.desk.js", "**/assets/rules.*.js"]) {
        await page.route(part, (route) => (fails ? route.abort() : route.continue()));
      }
      await search.ask("they gave no reason");
      const asks = dialog.getByRole("button", { name: "Fill in" }).first();
      await asks.click();
      await search.says("It could not be loaded. Open the reply instead.");
      await page.unroute("**/*.desk.js");
      await asks.click();
      await search.says("It could not be loaded. Open the reply instead.");
      assert.equal(await page.locator("reply-desk").count(), 0);
      fails = false;
      await asks.click();
      await field(page, "first_name").fill("Zoë");
      assert.match(await page.locator(".moves").textContent(), /Hi Zoë,/);
    },
    { missing: true },
  ));
