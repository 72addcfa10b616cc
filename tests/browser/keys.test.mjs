// The keys of the guide, and the list of them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { box, kept, keys, PAGE, visit } from "./support/frame.mjs";
import { places } from "./support/search-page.mjs";
import { hasFocus } from "./support/seen.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

for (const [where, open] of places) {
  test(`n and p lead to the next lesson and back, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await goto(PAGE);
      const first = page.url();
      const next = await page.locator(".turn [rel=next]").evaluate((link) => link.href);
      await page.keyboard.press("n");
      await page.waitForURL(next);
      await page.keyboard.press("p");
      await page.waitForURL(first);
    }));
}

onServer("? opens the list of keys, Escape closes it, and the focus is back", async ({ page, goto }) => {
  await goto(PAGE);
  const link = page.locator("main p a").first();
  await link.focus();
  await page.keyboard.press("?");
  assert.equal(await keys(page).evaluate((dialog) => dialog.matches("dialog:modal")), true);
  const listed = await keys(page).locator("dt").allTextContents();
  assert.deepEqual(listed, ["/", "Ctrl K", "n", "p", "?", "Esc"]);
  await page.keyboard.press("Escape");
  assert.equal(await keys(page).isVisible(), false);
  assert.equal(await hasFocus(link), true);
});

onServer(
  "a button in the foot opens the list too, and the list can be closed with the mouse",
  async ({ page, goto }) => {
    await goto(PAGE);
    const button = page.getByRole("contentinfo").getByRole("button", { name: "Keys" });
    for (const close of [
      () => keys(page).getByRole("button", { name: "Close" }).click(),
      () => page.mouse.click(5, 5),
      () => page.keyboard.press("Escape"),
    ]) {
      await button.click();
      assert.equal(await keys(page).isVisible(), true);
      await close();
      assert.equal(await keys(page).isVisible(), false);
      assert.equal(await hasFocus(button), true);
    }
  },
);

onServer(
  "letters do nothing in a text, with other keys, or while something is open",
  async ({ page, goto, search }) => {
    await goto(PAGE);
    const address = page.url();
    const isQuiet = async (why) => {
      for (const key of ["n", "p", "?"]) await page.keyboard.press(key);
      // Long enough for a page to begin to load.
      await page.waitForTimeout(100);
      assert.equal(page.url(), address, why);
      assert.equal(await keys(page).isVisible(), false, why);
    };
    for (const markup of ["<textarea></textarea>", "<input>", "<select></select>", "<p contenteditable>a</p>"]) {
      const field = await page.evaluateHandle((markup) => {
        document.querySelector("main").insertAdjacentHTML("beforeend", markup);
        return document.querySelector("main").lastElementChild;
      }, markup);
      await field.focus();
      await isQuiet(markup);
      await field.evaluate((field) => field.remove());
    }
    for (const combination of ["Control+n", "Alt+n", "Meta+p", "Shift+N"]) {
      // Sent to the page alone: the browser has its own use for some of these.
      await page.evaluate((combination) => {
        const [held, key] = combination.split("+");
        const modifiers = { ctrlKey: held === "Control", altKey: held === "Alt", metaKey: held === "Meta" };
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...modifiers }));
      }, combination);
      await page.waitForTimeout(50);
      assert.equal(page.url(), address, combination);
    }
    await search.open();
    await page.keyboard.press("Tab");
    await isQuiet("the search is open");
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.getElementById("site.menu").showPopover());
    await isQuiet("the menu is open");
  },
);

onServer("with the list of keys open, no letter leads away", async ({ page, goto }) => {
  await goto(PAGE);
  const address = page.url();
  await page.keyboard.press("?");
  for (const key of ["n", "p", "/"]) await page.keyboard.press(key);
  await page.waitForTimeout(100);
  assert.equal(page.url(), address);
  assert.equal(await keys(page).isVisible(), true);
});

onServer("letters that are switched off stay off, and Ctrl-K still searches", async ({ page, goto, search }) => {
  await goto(PAGE);
  assert.equal(await page.locator(".turn [rel=next]").getAttribute("aria-keyshortcuts"), "n");
  await page.keyboard.press("?");
  assert.equal(await box(page).isChecked(), true);
  await box(page).click();
  assert.equal(JSON.parse(await kept(page)).keys, false);
  await page.keyboard.press("Escape");
  const address = page.url();
  for (const visit of ["at once", "on the next visit"]) {
    for (const key of ["n", "p", "?", "/"]) await page.keyboard.press(key);
    await page.waitForTimeout(100);
    assert.equal(page.url(), address, visit);
    assert.equal(await page.locator("dialog[open]").count(), 0, visit);
    assert.equal(await page.locator(".turn [aria-keyshortcuts]").count(), 0, visit);
    assert.equal(await page.locator(".find kbd").isVisible(), false, `${visit}: the search does not promise the slash`);
    await page.keyboard.press("Control+k");
    assert.equal(await search.dialog.isVisible(), true, visit);
    await page.keyboard.press("Escape");
    await goto(PAGE);
  }
  const button = page.getByRole("button", { name: /^Search/ }).first();
  assert.equal(await button.getAttribute("aria-keyshortcuts"), "Control+K Meta+K");

  await page.getByRole("contentinfo").getByRole("button", { name: "Keys" }).click();
  assert.equal(await box(page).isChecked(), false);
  await box(page).click();
  assert.equal("keys" in JSON.parse(await kept(page)), false);
  await page.keyboard.press("Escape");
  await page.keyboard.press("/");
  assert.equal(await search.dialog.isVisible(), true);
});

onServer("on a page that leads nowhere on, n and p do nothing", async ({ page, goto }) => {
  await goto("wins/index.html");
  const address = page.url();
  for (const key of ["n", "p"]) await page.keyboard.press(key);
  await page.waitForTimeout(100);
  assert.equal(page.url(), address);
});
