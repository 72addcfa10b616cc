// What the frame of every page does with script: light and dark, keys, the section that is being read.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { desk, inPlace, phone, places, until } from "./support/search-page.mjs";
import { read } from "./support/site.mjs";

const PAGE = "lessons/offers.html";
const PAPER = { light: "rgb(251, 250, 247)", dark: "rgb(21, 24, 26)" };
const OTHER = { light: "dark", dark: "light" };
const [, GUIDE] = /<html[^>]* data-guide="([^"]*)"/.exec(read(PAGE)) ?? [];
const KEY = `level-one:${GUIDE}`;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const visit = (open, use, options) =>
  inPlace(
    browser,
    open,
    (search, base) => use({ search, base, page: search.page, goto: (path) => search.goto(path) }),
    options,
  );

const onServer = (name, use, options) => test(name, () => visit(places[0][1], use, options));

test("the page tells which guide it belongs to", () => {
  assert.match(GUIDE ?? "", /^[\w-]+$/);
});

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => visit(open, use, options));

  for (const [theme, colorScheme] of Object.entries(OTHER)) {
    inThisPlace(
      `${theme} is there before the page, on a device that is ${colorScheme}`,
      async ({ page, goto }) => {
        await page.addInitScript(watchForBody);
        await goto("index.html");
        assert.equal(await page.evaluate(() => window.atBody), "as the device");
        await keep(page, { version: 1, theme });
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
      await goto(PAGE);
      await page.keyboard.press("Tab");
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      assert.equal(await kept(page), null, "nothing is written before the first choice");
      assert.equal(await background(page), PAPER.light);
      assert.equal(await chosen(page), "Device");

      await choice(page, "Dark").click();
      assert.deepEqual(JSON.parse(await kept(page)), { version: 1, theme: "dark" });
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
      assert.deepEqual(JSON.parse(await kept(page)), { version: 1 });
      for (const colorScheme of ["dark", "light"]) {
        await page.emulateMedia({ colorScheme });
        assert.equal(await background(page), PAPER[colorScheme]);
        assert.deepEqual(await browserBar(page), [PAPER[colorScheme]]);
      }
    },
    { colorScheme: "light" },
  );

  inThisPlace("n and p lead to the next lesson and back", async ({ page, goto }) => {
    await goto(PAGE);
    const first = page.url();
    const next = await page.locator(".turn [rel=next]").evaluate((link) => link.href);
    await page.keyboard.press("n");
    await page.waitForURL(next);
    await page.keyboard.press("p");
    await page.waitForURL(first);
  });
}

// Light and dark ----------------------------------------------------------------------------------------------------

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

onServer("what else is kept stays", async ({ page, goto }) => {
  await goto(PAGE);
  await keep(page, { version: 3, notes: { a: ["b"] }, theme: "dark", keys: false });
  await goto(PAGE);
  await choice(page, "Light").click();
  assert.deepEqual(JSON.parse(await kept(page)), { version: 3, notes: { a: ["b"] }, theme: "light", keys: false });
  await choice(page, "Device").click();
  assert.deepEqual(JSON.parse(await kept(page)), { version: 3, notes: { a: ["b"] }, keys: false });
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
      await goto(PAGE);
      await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, text]);
      await goto(PAGE);
      assert.equal(await background(page), PAPER.light);
      assert.equal(await chosen(page), "Device");
      assert.equal(await kept(page), text, "it stays as it is until there is a choice");
      await choice(page, "Dark").click();
      await goto(PAGE);
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

// Keys --------------------------------------------------------------------------------------------------------------

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
  assert.deepEqual(JSON.parse(await kept(page)), { version: 1, keys: false });
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
  assert.deepEqual(JSON.parse(await kept(page)), { version: 1 });
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

// The section that is being read ------------------------------------------------------------------------------------

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

// Eyes and thumbs ---------------------------------------------------------------------------------------------------

const states = [
  ["foot", (page) => page.evaluate(() => scrollTo(0, document.body.scrollHeight))],
  ["keys", (page) => page.keyboard.press("?")],
  ["keys switched off", (page) => box(page).click()],
  ["menu", openMenu],
];

for (const viewport of [phone, desk]) {
  const size = `${viewport.width}x${viewport.height}`;
  for (const [theme, colorScheme] of Object.entries(OTHER)) {
    onServer(
      `axe finds nothing at ${size} when ${theme} is chosen`,
      async ({ page, goto, search }) => {
        await goto(PAGE);
        await keep(page, { version: 1, theme });
        await goto(PAGE);
        const found = [];
        for (const [state, reach] of states) {
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
      for (const [state, reach] of states) {
        if (state === "menu" && viewport !== phone) continue;
        await reach(page);
        assert.deepEqual(await page.evaluate(smallTargets), [], state);
        const { scrollWidth, clientWidth } = await page.evaluate(widths);
        assert.ok(scrollWidth <= clientWidth, `${state}: ${scrollWidth} px in ${clientWidth}`);
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
    const { scrollWidth, clientWidth } = await page.evaluate(widths);
    assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px in ${clientWidth}`);
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

function keys(page) {
  return page.locator("dialog.keys");
}

function box(page) {
  return page.getByRole("checkbox", { name: "Single letters work as keys" });
}

function choice(page, name) {
  return page.locator(".site-foot .theme label", { hasText: name });
}

function chosen(page) {
  return page.locator(".site-foot .theme label:has(:checked)").evaluate((label) => label.textContent.trim());
}

function kept(page) {
  return page.evaluate((key) => localStorage.getItem(key), KEY);
}

function entries(page) {
  return page.evaluate(() => Object.keys(localStorage));
}

function keep(page, value) {
  return page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, JSON.stringify(value)]);
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

async function openMenu(page) {
  await page.keyboard.press("Escape");
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole("button", { name: "Menu", exact: true }).click();
}

function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
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

function widths() {
  const { scrollWidth, clientWidth } =
    document.querySelector("dialog[open], :popover-open") ?? document.scrollingElement;
  return { scrollWidth, clientWidth };
}

function smallTargets() {
  const LEAST = 43.5; // 44 px, less what rounding takes.
  const part = document.querySelector("dialog[open], :popover-open") ?? document.querySelector(".site-foot");
  return [...part.querySelectorAll("a[href], button, label")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < LEAST)
    .map((element) => `${element.localName}.${element.className}: ${element.getBoundingClientRect().height} px`);
}
