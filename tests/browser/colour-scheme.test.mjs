// Light and dark: the choice of the device, and that of the reader.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { box, choice, GUIDE, KEY, keep, kept, keys, OTHER, PAGE, PAPER, visit } from "./support/frame.mjs";
import { phone, places, until } from "./support/search-page.mjs";

/** A page that keeps nothing by itself. */
const QUIET = "wins/index.html";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

test("the page tells which guide it belongs to", () => {
  assert.match(GUIDE ?? "", /^[\w-]+$/);
});

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => visit(browser, open, use, options));

  for (const [theme, colorScheme] of Object.entries(OTHER)) {
    inThisPlace(
      `${theme} is there before the page, on a device that is ${colorScheme}`,
      async ({ page, goto }) => {
        await page.addInitScript(watchForBody);
        await goto("index.html");
        assert.equal(await page.evaluate(() => window.atBody), "as the device");
        await keep(page, { version: 2, theme });
        for (const path of ["index.html", PAGE]) {
          await goto(path);
          // Not only before the end: before there is anything of the page that could be painted.
          assert.equal(await page.evaluate(() => window.atBody), theme, path);
          assert.equal(await background(page), PAPER[theme]);
          assert.deepEqual(await browserBar(page), [PAPER[theme]], "the colour of the browser's bar");
        }
      },
      { colorScheme },
    );
  }

  inThisPlace(
    "light and dark can be chosen in the foot, hold on the next page, and are given back to the device",
    async ({ page, goto }) => {
      await goto(QUIET);
      await page.keyboard.press("Tab");
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      assert.equal(await kept(page), null, "nothing is written before the first choice");
      assert.equal(await background(page), PAPER.light);
      assert.equal(await chosen(page), "Device");

      await choice(page, "Dark").click();
      assert.deepEqual(JSON.parse(await kept(page)), { version: 2, theme: "dark" });
      assert.deepEqual(await entries(page), [KEY], "there is one entry for everything");
      assert.equal(await background(page), PAPER.dark);
      assert.deepEqual(await browserBar(page), [PAPER.dark]);
      await goto("replies/index.html");
      assert.equal(await background(page), PAPER.dark);
      assert.equal(await chosen(page), "Dark");

      await page.keyboard.press("Tab");
      await choice(page, "Dark").getByRole("radio").focus();
      await page.keyboard.press("ArrowLeft");
      assert.equal(await background(page), PAPER.light, "the arrow keys choose as well");
      await choice(page, "Device").click();
      assert.deepEqual(JSON.parse(await kept(page)), { version: 2 });
      for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        assert.equal(await background(page), PAPER[colorScheme]);
        assert.deepEqual(await browserBar(page), [PAPER[colorScheme]]);
      }
    },
    { colorScheme: "light" },
  );
}

onServer(
  "the menu of a phone holds the switch, and both switches agree",
  async ({ page, goto }) => {
    await goto(PAGE);
    const foot = page.locator(".site-foot theme-switch");
    assert.equal(await foot.isVisible(), false, "on a phone it stands in the menu only");
    await page.getByRole("button", { name: "Menu", exact: true }).click();
    const menu = page.getByRole("navigation", { name: "Menu" });
    const group = menu.getByRole("group", { name: "Light or dark" });
    assert.deepEqual(await group.getByRole("radio").evaluateAll(names), ["Device", "Light", "Dark"]);
    await group.getByText("Dark", { exact: true }).click();
    assert.equal(await background(page), PAPER.dark);
    assert.equal(await menu.isVisible(), true, "the menu stays open");
    assert.equal(await foot.locator(":checked").getAttribute("value"), "dark");
  },
  { viewport: phone, colorScheme: "light" },
);

onServer("what else is kept stays, and what was kept by an older guide", async ({ page, goto }) => {
  await goto(QUIET);
  for (const version of [1, 2]) {
    await keep(page, { version, notes: { a: ["b"] }, theme: "dark", keys: false });
    await goto(QUIET);
    await choice(page, "Light").click();
    assert.deepEqual(JSON.parse(await kept(page)), { version: 2, notes: { a: ["b"] }, theme: "light", keys: false });
    await choice(page, "Device").click();
    assert.deepEqual(JSON.parse(await kept(page)), { version: 2, notes: { a: ["b"] }, keys: false });
  }
});

onServer("what a newer guide has kept is not touched, and a choice holds for the page", async ({ page, goto }) => {
  await goto(QUIET);
  await keep(page, { version: 99, theme: "light" });
  const before = await kept(page);
  await goto(QUIET);
  await choice(page, "Dark").click();
  assert.equal(await background(page), PAPER.dark);
  assert.equal(await kept(page), before);
});

onServer("a choice made in another window holds in this one", async ({ page, goto, base }) => {
  await goto(PAGE);
  const other = await page.context().newPage();
  await other.goto(`${base}index.html`);
  await choice(other, "Dark").click();
  await until(
    async () => (await background(page)) === PAPER.dark,
    5000,
    () => "this window has not heard of it",
  );
  assert.equal(await chosen(page), "Dark");
});

for (const text of [
  "",
  "{",
  "null",
  "[]",
  '"dark"',
  '{"theme":"sepia","keys":"off"}',
  '{"theme":{}}',
  '{"theme":true}',
]) {
  onServer(
    `what makes no sense in the storage is passed over: ${text || "nothing"}`,
    async ({ page, goto }) => {
      await goto(QUIET);
      await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, text]);
      await goto(QUIET);
      assert.equal(await background(page), PAPER.light);
      assert.equal(await chosen(page), "Device");
      assert.equal(await kept(page), text, "it stays as it is until there is a choice");
      await choice(page, "Dark").click();
      await goto(QUIET);
      assert.equal(await background(page), PAPER.dark);
    },
    { colorScheme: "light" },
  );
}

for (const [name, refuse] of [
  ["denied", denyStorage],
  ["full", fillStorage],
]) {
  onServer(
    `where the storage is ${name}, a choice holds for the page, and the rest goes on`,
    async ({ page, goto, search }) => {
      await page.addInitScript(refuse);
      await goto(PAGE);
      await choice(page, "Dark").click();
      assert.equal(await background(page), PAPER.dark);
      assert.equal(await chosen(page), "Dark");
      await page.keyboard.press("?");
      await box(page).click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      assert.equal(await keys(page).isVisible(), false, "letters are off for this page");
      await page.keyboard.press("Control+k");
      assert.equal(await search.dialog.isVisible(), true);
    },
    { colorScheme: "light" },
  );
}

onServer(
  "without script there is no switch and no button that does nothing",
  async ({ page, goto }) => {
    await goto(PAGE);
    for (const part of await page.locator("theme-switch, .keys-open").all()) {
      assert.equal(await part.isVisible(), false);
    }
    assert.equal(await background(page), PAPER.dark, "the device decides");
  },
  { javaScriptEnabled: false, colorScheme: "dark" },
);

onServer("who has chosen dark prints in black on white", async ({ page, goto }) => {
  await goto(PAGE);
  await choice(page, "Dark").click();
  await page.emulateMedia({ media: "print" });
  const colours = await page.evaluate(() => {
    const { backgroundColor } = getComputedStyle(document.documentElement);
    return [backgroundColor, getComputedStyle(document.querySelector("main p")).color];
  });
  assert.deepEqual(colours, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
});

function chosen(page) {
  return page.locator(".site-foot .theme label:has(:checked)").evaluate((label) => label.textContent.trim());
}

function entries(page) {
  return page.evaluate(() => Object.keys(localStorage));
}

function background(page) {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

/** The colours that hold for the browser's own bar. */
function browserBar(page) {
  return page.evaluate(() => {
    const holding = [...document.querySelectorAll("meta[name=theme-color]")].filter(
      ({ media }) => matchMedia(media).matches,
    );
    return holding.map(({ content }) => {
      const [red, green, blue] = content.match(/[0-9a-f]{2}/g).map((part) => Number.parseInt(part, 16));
      return `rgb(${red}, ${green}, ${blue})`;
    });
  });
}

// What follows runs in the page.
function names(radios) {
  return radios.map((radio) => radio.labels[0].textContent.trim());
}

/** Notes how things stand when the body comes to be: nothing has been painted yet. */
function watchForBody() {
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    observer.disconnect();
    const html = document.documentElement;
    window.atBody = html.dataset.theme ?? "as the device";
  }).observe(document, { childList: true, subtree: true });
}

function denyStorage() {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
}

function fillStorage() {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}
