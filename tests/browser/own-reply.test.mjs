// A reader's own text, looked at by the rules for replies, in the page alone; and the replies as files.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { kept, visit } from "./support/frame.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { smallTargets, tooWide } from "./support/seen.mjs";
import { files } from "./support/site.mjs";

const PAGE = "replies/index.html";
const KIND = "Hi Alex,\n\nThank you for your time.\n\nGood luck with what comes next.\n\nRobin";
const UNKIND = "Why not? What did they offer you? This is your last chance. Write to sam@example.org";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));
const area = (page) => page.getByLabel("Your text");
const findings = (page) => page.locator(".findings > li > p").allTextContents();

async function says(page, words) {
  const said = page.locator("own-reply [role=status]");
  await until(
    async () => words.test(await said.textContent()),
    3000,
    async () => `it says “${await said.textContent()}”`,
  );
}

/** Waits until one thing is found, and what. */
const finds = (page, words) =>
  until(
    async () => {
      const found = await findings(page);
      return found.length === 1 && words.test(found[0]);
    },
    3000,
    async () => `it finds ${await findings(page)}`,
  );

for (const [where, open] of places) {
  test(`each rule says what to mend, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await goto(PAGE);
      await area(page).fill(UNKIND);
      await says(page, /^6 things to look at\.$/);
      const found = await findings(page);
      for (const [place, words] of [
        /^It does not begin with thanks/,
        /^It does not end with good wishes/,
        /^Do not ask this: the terms of another offer are private/,
        /^It asks 2 questions/,
        /^Leave out “last chance”: it presses/,
        /^An e-mail address/,
      ].entries()) {
        assert.match(found[place], words);
      }
      await page.getByRole("button", { name: "Show it in the text" }).last().click();
      const marked = await area(page).evaluate((text) => text.value.slice(text.selectionStart, text.selectionEnd));
      assert.equal(marked, "sam@example.org");
      await area(page).fill(KIND);
      await says(page, /^Nothing to mend\./);
      assert.deepEqual(await findings(page), []);
    }));
}

onServer("the way it is sent and what may be asked count", async ({ page, goto }) => {
  await goto(PAGE);
  await area(page).fill(KIND.replace("Good luck", "May I write again in spring? Good luck"));
  await says(page, /^Nothing to mend\./);
  await page.getByLabel("Nothing may be asked").check();
  await finds(page, /^Here nothing is asked/);
  await page.getByLabel("Nothing may be asked").uncheck();
  await page.locator("own-reply select").selectOption("sms");
  await area(page).fill(KIND.replace("time.", "time, it’s kind."));
  await finds(page, /^“’” makes a text message hold 70 signs/);
});

onServer("nothing that is typed stays", async ({ page, goto }) => {
  await goto(PAGE);
  await area(page).fill("Quentin");
  await page.getByLabel("Its subject").fill("Quentin");
  await says(page, /look at/);
  assert.equal(await kept(page), null);
  await goto("index.html");
  await page.goBack();
  await page.locator("own-reply:defined").waitFor();
  const values = await page.locator("input, textarea").evaluateAll((all) => all.map((one) => one.value).join());
  assert.doesNotMatch(values + (await page.content()), /Quentin/);
  await area(page).fill("Quentin");
  await says(page, /look at/);
  await page.getByRole("button", { name: "Clear it now" }).click();
  await says(page, /^Cleared\.$/);
  assert.deepEqual([await area(page).inputValue(), await findings(page)], ["", []]);
});

onServer("the replies can be had as files", async ({ page, goto }) => {
  await goto(PAGE);
  const links = page.locator(".for-tools a");
  const names = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(names, ["../replies/espanso.yml", "../replies/text.csv", "../replies/replies.json"]);
  for (const name of names) assert.ok(files.includes(name.replace("../", "")), name);
});

onServer(
  "without script the rules stand there to be read",
  async ({ page, goto }) => {
    await goto(PAGE);
    assert.equal(await area(page).isVisible(), false);
    assert.equal(await page.getByText("Thanks come first, and good wishes last.").isVisible(), true);
  },
  { javaScriptEnabled: false },
);

for (const [name, viewport] of [
  ["a phone", phone],
  ["a desk", desk],
]) {
  onServer(
    `axe finds nothing on ${name}, light and dark: empty, kind, unkind`,
    async ({ page, goto }) => {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await goto(PAGE);
        for (const text of ["", KIND, UNKIND]) {
          await area(page).fill(text);
          await says(page, text ? /\./ : /^$/);
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(await page.evaluate(tooWide), []);
          const targets = ["own-reply, .for-tools", "button, textarea, select, .pick, a"];
          assert.deepEqual(await page.evaluate(smallTargets, targets), []);
        }
      }
    },
    { viewport },
  );
}
