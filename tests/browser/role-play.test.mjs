// A role play: the reader writes first, then compares, as often as they like, and nothing of it stays.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { kept, visit } from "./support/frame.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { hasFocus, smallTargets } from "./support/seen.mjs";
import { pages } from "./support/site.mjs";

const ROLE_PLAY = pages.find(({ source }) => source.includes("<role-play>")).path;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));
const inEveryPlace = (name, use, options) => {
  for (const [where, open] of places) test(`${name}, ${where}`, () => visit(browser, open, use, options));
};

const own = (page) => page.locator(".step:visible textarea");
const button = (page, name) => page.locator(".step:visible").getByRole("button", { name });

inEveryPlace("in a role play the reader writes first, then compares, as often as they like", async ({ page, goto }) => {
  await goto(ROLE_PLAY);
  const choices = page.locator(".step:visible .choice");
  assert.equal(await choices.first().isVisible(), false);
  await button(page, "Compare").click();
  assert.match(await page.locator(".step:visible [role=status]").textContent(), /^Write a line first/);
  assert.ok(await hasFocus(own(page)));
  await own(page).fill("Thank you for telling me.");
  await button(page, "Compare").press("Enter");
  assert.ok(await hasFocus(page.getByRole("heading", { name: "Which of these comes closest to yours?" })));
  assert.equal(await own(page).inputValue(), "Thank you for telling me.");
  assert.equal(await choices.count(), 3);
  assert.equal(await page.locator("summary", { hasText: "I have written mine" }).first().isVisible(), false);
  await choices.nth(0).locator("summary").click();
  assert.match(await choices.nth(0).locator(".verdict").innerText(), /^There is a better one/);
  await button(page, "Try again").click();
  assert.equal(await choices.first().isVisible(), false);
  assert.ok(await hasFocus(own(page)));
  await page.keyboard.type("Good luck.");
  assert.equal(await own(page).inputValue(), "Good luck.");
  await button(page, "Just show me").click();
  await choices.nth(1).locator("summary").click();
  await choices.nth(1).getByRole("link", { name: "Go on" }).click();
  const next = page.locator(".step:target .question");
  await until(
    () => hasFocus(next),
    2000,
    () => "the focus stays behind",
  );
  assert.equal(await choices.first().isVisible(), false);
});

onServer("a whole role play can be gone through, and skipped", async ({ page, goto }) => {
  await goto(ROLE_PLAY);
  const steps = (await page.locator(".step").count()) - 1;
  for (let at = 0; at < steps; at++) {
    await button(page, "Just show me").click();
    const good = page.locator(".step:visible .choice:has(.right)");
    await good.locator("summary").click();
    await good.getByRole("link", { name: "Go on" }).click();
  }
  assert.equal(await page.locator(".step.at-end").isVisible(), true);
  assert.equal(await page.locator(".after, .way, .far").count(), 0);
  await page.locator(".at-end").getByRole("link", { name: "Start over" }).click();
  for (let at = 0; at < steps; at++) {
    await page.locator(".step:visible").getByRole("link", { name: "Skip this" }).click();
  }
  assert.equal(await page.locator(".step.at-end").isVisible(), true);
});

onServer("nothing that is typed in a role play is left behind", async ({ page, goto, base }) => {
  const SECRET = "Zebra-7341";
  await goto(ROLE_PLAY);
  await own(page).fill(SECRET);
  await button(page, "Compare").click();
  await page.locator(".step:visible").getByRole("link", { name: "Skip this" }).click();
  await own(page).fill(SECRET);
  const left = await page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide"));
    const fields = [...document.querySelectorAll("textarea, input")].map(({ value }) => value);
    const stored = [...Object.values(localStorage), ...Object.values(sessionStorage), document.cookie];
    return JSON.stringify([
      fields,
      stored,
      document.documentElement.outerHTML,
      location.href,
      document.title,
      history.state,
    ]);
  });
  assert.ok(!left.includes(SECRET));
  await own(page).fill(SECRET);
  await goto("index.html");
  await page.goBack();
  assert.equal(await own(page).inputValue(), "");
  await page.reload();
  assert.equal(await own(page).inputValue(), "");
  assert.equal(await kept(page), null);
  assert.ok(page.url().startsWith(`${base}${ROLE_PLAY}`));
});

onServer(
  "without script a role play is readable, its answers one press away",
  async ({ page, goto }) => {
    await goto(ROLE_PLAY);
    assert.equal(await page.locator("role-play form").first().isVisible(), false);
    await page.getByText("I have written mine, show me the answers").first().click();
    await page.locator(".choice summary").first().click();
    assert.equal(await page.locator(".choice .verdict").first().isVisible(), true);
  },
  { javaScriptEnabled: false },
);

for (const [name, options] of [
  ["a phone", { viewport: phone, hasTouch: true }],
  ["a desk", { viewport: desk }],
]) {
  onServer(
    `axe finds nothing on ${name}: asked to write, and with an answer open`,
    async ({ page, goto, search }) => {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await goto("index.html");
        await goto(ROLE_PLAY);
        await button(page, "Compare").click();
        assert.deepEqual(await search.violations(), []);
        await button(page, "Just show me").click();
        await page.locator(".step:visible .choice summary").first().click();
        assert.deepEqual(await search.violations(), []);
        assert.deepEqual(await page.evaluate(smallTargets, [".path", "a, button, summary"]), []);
      }
    },
    options,
  );
}
