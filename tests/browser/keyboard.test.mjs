// Every kind of page with the keyboard alone: the tab key goes through all that can be used, in order, in sight, and out
// again.

import { after, before, describe, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { desk, inPlace, phone, places, until } from "./support/search-page.mjs";
import { hasFocus } from "./support/seen.mjs";
import { kinds } from "./support/site.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

// Two at a time: while one page waits for the next key, there is room for another.
describe("with the keyboard alone", { concurrency: 2 }, () => {
  for (const viewport of [phone, desk]) {
    onEveryKind("all there is is reached once, in order and in sight, and left again", viewport, async (page) => {
      const stops = await page.evaluate(findStops);
      const first = stops[0].startsWith('<a class="skip">') ? [] : [`${stops[0]} comes before the skip link`];
      const forth = await walk(page, "Tab", stops);
      // The way back is the same at any width.
      const back = viewport === phone ? await walk(page, "Shift+Tab", stops.toReversed()) : [];
      return [...first, ...forth, ...back];
    });

    onEveryKind("the first key skips to the text", viewport, async (page) => {
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const faults = await page.evaluate(() => {
        const { top } = document.querySelector("main").getBoundingClientRect();
        return top >= 0 && top < innerHeight / 2 ? [] : [`the text begins at ${top} px`];
      });
      await page.keyboard.press("Tab");
      const text = await page.evaluate(() => {
        const main = document.querySelector("main");
        const isBefore = main.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_PRECEDING;
        return isBefore || document.activeElement === document.body ? document.activeElement.outerHTML : undefined;
      });
      return text ? [...faults, `the next key leads to ${text.slice(0, 80)}`] : faults;
    });
  }

  // It is the same on every page; of what stands behind it, a lesson has most.
  const most = kinds.filter(({ path }) => path === "index.html" || /^lessons\/[^/]+\.html$/.test(path));
  on(most, "the menu opens, is gone through, and gives the focus back", phone, async (page) => {
    const open = page.getByRole("button", { name: "Menu", exact: true });
    const menu = page.locator(".menu");
    const isOpen = () => menu.evaluate((menu) => menu.matches(":popover-open"));
    const faults = [];
    await open.focus();
    await page.keyboard.press("Enter");
    if (!(await isOpen())) faults.push("the menu stays closed");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    if (await isOpen()) faults.push("the menu stays open");
    if (!(await hasFocus(open))) faults.push("the button of the menu has not got the focus back");
    if (faults.length > 0) return faults;

    await page.keyboard.press("Enter");
    const close = menu.getByRole("button", { name: "Close the menu" });
    await until(
      () => hasFocus(close),
      5000,
      () => "the focus stays behind the menu",
    );
    await page.keyboard.press("Shift+Tab");
    for (const stop of (await page.evaluate(findStops, ".menu")).slice(1)) {
      await page.keyboard.press("Tab");
      const { name, faults: found } = await page.evaluate(look);
      faults.push(...found.map((fault) => `${name} ${fault}`));
      if (name !== stop) faults.push(`${name} comes instead of ${stop}`);
    }
    await page.keyboard.press("Tab");
    if (await isOpen()) faults.push("the menu lies over what has the focus behind it");
    faults.push(...(await page.evaluate(look)).faults);
    return faults;
  });
});

function onEveryKind(name, viewport, faultsOf) {
  on(kinds, name, viewport, faultsOf);
}

/** Visits pages in one window, and fails with what `faultsOf` finds. */
function on(pages, name, viewport, faultsOf) {
  test(`${name}, at ${viewport.width} px`, () => {
    const findings = new Findings();
    const use = async (search) => {
      for (const { path } of pages) {
        await search.goto(path);
        for (const fault of await faultsOf(search.page)) findings.add(path, fault);
      }
      findings.expectNone();
    };
    return inPlace(browser, places[0][1], use, { viewport });
  });
}

/** Presses a key until the focus has been everywhere and is gone, but not for ever; answers what is wrong on the way. */
async function walk(page, key, stops) {
  const faults = [];
  const reached = [];
  while (reached.length < stops.length + 5) {
    await page.keyboard.press(key);
    const { name, faults: found } = await page.evaluate(look);
    // Around the page there is nothing else, so the focus may be back at the start at once.
    if (!name || name === reached[0]) break;
    reached.push(name);
    faults.push(...found.map((fault) => `${name} ${fault}`));
  }
  const expected = stops.filter((name) => reached.includes(name));
  const more = reached.filter((name, place) => !stops.includes(name) || reached.indexOf(name) < place);
  const early = reached.filter((name) => stops.includes(name)).find((name, place) => name !== expected[place]);
  faults.push(...stops.filter((name) => !reached.includes(name)).map((name) => `${name} is not reached`));
  faults.push(...more.map((name) => `${name} is reached, and should not be, or not again`));
  if (early && more.length === 0) faults.push(`${early} comes too early`);
  return faults.map((fault) => `with ${key}, ${fault}`);
}

// What follows runs in the page.

/** Gathers what the tab key should reach, in the order of the source, and names each. */
function findStops(inside = "body") {
  // Of a group of radio buttons the chosen one stands for all, or the first.
  const chiefOf = (element) => {
    if (element.type !== "radio") return element;
    const group = [...document.getElementsByName(element.name)].filter(({ form }) => form === element.form);
    return group.find(({ checked }) => checked) ?? group[0];
  };
  const isStop = (element) => {
    // What can be pressed has to be reached, whatever its own tabindex says.
    if (element.disabled || (element.tabIndex < 0 && !element.matches(pressed)) || chiefOf(element) !== element)
      return false;
    return element.checkVisibility({ visibilityProperty: true });
  };
  const pressed = "a[href], button, input, select, textarea, summary:first-of-type";
  const all = [...document.querySelectorAll(`${pressed}, [tabindex], [contenteditable]`)].filter(isStop);
  // The place tells apart what looks the same, such as two links to one page.
  window.nameOf = (element) => {
    const chief = chiefOf(element);
    const text = chief.getAttribute("aria-label") || chief.textContent.trim().replace(/\s+/g, " ") || chief.name;
    return `<${chief.localName} class="${chief.className}"> "${text.slice(0, 40)}" (${all.indexOf(chief) + 1})`;
  };
  return all.filter((element) => element.closest(inside)).map(window.nameOf);
}

/** Where the focus is, without a name if it is nowhere, and what is wrong there for the eye. */
function look() {
  const element = document.activeElement;
  if (element === document.body || element === document.documentElement) return { faults: [] };
  const faults = [];
  const hasRing = (part) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(part);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 && !/^rgba\(.*, 0\)$/.test(outlineColor);
  };
  // What its label frames shows the focus there.
  const part = [element, ...(element.labels ?? [])].find(hasRing) ?? element;
  if (!hasRing(part)) faults.push("shows no ring");

  const box = part.getBoundingClientRect();
  const isTall = box.height > innerHeight / 2;
  if (!isTall && (box.top < -0.5 || box.bottom > innerHeight + 0.5)) faults.push("sticks out of the window");
  // A link over several lines is not everywhere within its box, but always in the middle of its first line.
  const line = part.getClientRects()[0];
  const middle = (Math.max(line.top, 0) + Math.min(line.bottom, innerHeight)) / 2;
  for (const y of isTall ? [middle] : [middle, line.top + 1, line.bottom - 1]) {
    const hit = document.elementFromPoint((line.left + line.right) / 2, y);
    if (part.contains(hit) || hit?.contains(part)) continue;
    // The edge of a link reaches into what stands next to it; only what floats over the page hides it.
    let floats = hit;
    while (floats && !["sticky", "fixed"].includes(getComputedStyle(floats).position)) floats = floats.parentElement;
    const over = floats && !floats.contains(part) ? floats : hit;
    if (y === middle || over === floats) faults.push(`lies under <${over?.localName} class="${over?.className}">`);
  }

  // Whatever scrolls or hides what sticks out of it cuts off a ring that lies outside.
  const { outlineOffset, outlineWidth } = getComputedStyle(part);
  const out = Number.parseFloat(outlineOffset) + Number.parseFloat(outlineWidth) - 1;
  for (let around = part.parentElement; around && around !== document.body; around = around.parentElement) {
    if (getComputedStyle(around).overflow === "visible") continue;
    const edge = around.getBoundingClientRect();
    const isCut = box.left - out < edge.left || box.right + out > edge.right;
    if (isCut || box.top - out < edge.top || box.bottom + out > edge.bottom) {
      faults.push(`has a ring that <${around.localName} class="${around.className}"> cuts off`);
    }
  }
  return { name: window.nameOf(element), faults: [...new Set(faults)] };
}
