// Every kind of page under conditions that meet: size, colours, script, motion, direction, text, paper, place.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { placeOf } from "./support/links.mjs";
import { allPairs } from "./support/pairs.mjs";
import { places } from "./support/search-page.mjs";
import { missingText, moving, tooWide } from "./support/seen.mjs";
import { kinds, read } from "./support/site.mjs";
import { watch } from "./support/watch.mjs";

const CONDITIONS = {
  width: [320, 390, 768, 1280],
  place: places.map(([name]) => name),
  scheme: ["light", "dark"],
  forcedColors: ["none", "active"],
  contrast: ["no-preference", "more"],
  script: [true, false],
  motion: ["no-preference", "reduce"],
  dir: ["ltr", "rtl"],
  text: [100, 200],
};

// Most of what can go wrong shows on a screen only, so there all pairs meet. On paper the colours, the script and the
// direction decide; everything else comes by, whatever it meets.
const { scheme, forcedColors, script, dir, ...OTHERS } = CONDITIONS;
const ROWS = [
  ...allPairs(CONDITIONS).map((row) => ({ ...row, media: "screen" })),
  ...allPairs({ scheme, forcedColors, script, dir }).map((row, at) => {
    const others = Object.entries(OTHERS).map(([name, values]) => [name, values[at % values.length]]);
    return { ...row, ...Object.fromEntries(others), media: "print" };
  }),
];

/** What nobody can use on paper, what only says how to use it, and what stands there a second time. */
const NOT_PRINTED = [
  "one-win, my-wins .take, nav, form, button, .button, .pacer, reply-filter, .reply-index",
  ":has(own-completion) .lede, own-completion :is(.help, small), .empty, .to-data, .copies, .erases",
];

/** What is shown once it is its turn, where a script leads from step to step, and what stands for a form without one. */
const NOT_YET = [".path-main .step, .after, .path-all, role-play > details, .as-list"];

/** What can only be filled in with a script. */
const NOT_WITHOUT_SCRIPT = [".as-form, role-play > form"];

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test("every two conditions meet", () => {
  const all = { ...CONDITIONS, media: ["screen", "print"] };
  const names = Object.keys(all);
  for (const [place, one] of names.entries()) {
    for (const other of names.slice(place + 1)) {
      for (const its of all[one]) {
        for (const that of all[other]) {
          const meet = (row) => row[one] === its && row[other] === that;
          const where = other === "media" ? ROWS : ROWS.filter(({ media }) => media === "screen");
          assert.ok(where.some(meet), `${one} ${its} and ${other} ${that} do not meet`);
        }
      }
    }
  }
  assert.ok(ROWS.length <= 24, `${ROWS.length} rows take long`);
});

// Two at a time: while one page waits for its host, another is laid out.
describe("every kind of page holds", { concurrency: 2 }, () => {
  for (const row of ROWS) test(told(row), () => hold(row));
});

async function hold(row) {
  const [, open] = places.find(([name]) => name === row.place);
  const site = await open();
  const context = await browser.newContext({
    viewport: { width: row.width, height: 800 },
    colorScheme: row.scheme,
    forcedColors: row.forcedColors,
    contrast: row.contrast,
    reducedMotion: row.motion,
    javaScriptEnabled: row.script,
  });
  const findings = new Findings();
  try {
    const page = await context.newPage();
    await set(page, row);
    if (row.dir === "rtl") await mirror(page, site.base);
    let path;
    await watch(page, site.base, (fault) => findings.add(path, fault));
    for (const kind of kinds) {
      path = kind.path;
      await page.goto(new URL(path, site.base).href, { waitUntil: "load" });
      for (const fault of await faultsOf(page, row)) findings.add(path, fault);
    }
  } finally {
    await context.close();
    site.close();
  }
  findings.expectNone();
}

/** Sets the size of text that the reader has chosen in the browser, which is also the rem of media queries, and the media. */
async function set(page, { text, media }) {
  const debug = await page.context().newCDPSession(page);
  await debug.send("Page.setFontSizes", { fontSizes: { standard: (16 * text) / 100, fixed: (13 * text) / 100 } });
  // In the same session: two that set anything of the kind undo each other.
  await debug.send("Emulation.setEmulatedMedia", { media });
}

/** Turns every page into one of a language that is written from right to left, as it comes from the host. */
function mirror(page, base) {
  return page.route(/\.html$/, (route) => {
    const { path } = placeOf(route.request().url(), base);
    return route.fulfill({
      body: read(path).replace(/(<html[^>]*) dir="ltr"/, '$1 dir="rtl"'),
      contentType: "text/html; charset=utf-8",
      headers: { "Content-Security-Policy": "default-src 'self'" },
    });
  });
}

async function faultsOf(page, row) {
  const onScreen = row.media === "screen";
  const omitted = row.script ? NOT_YET : NOT_WITHOUT_SCRIPT;
  const checks = [
    [isAsAsked, row],
    [missingText, onScreen ? omitted : NOT_PRINTED],
  ];
  if (onScreen) checks.push([tooWide], [cutOff]);
  if (onScreen && (row.width === 320 || row.text === 200)) checks.push([sticking]);
  if (onScreen && row.forcedColors === "active") checks.push([formless]);
  if (row.motion === "reduce") checks.push([moving]);
  const faults = [];
  for (const [check, argument] of checks) faults.push(...(await page.evaluate(check, argument)));
  // In forced colours the contrast is the device's.
  if (onScreen && row.script && row.forcedColors === "none") faults.push(...(await violations(page)));
  return faults;
}

function told(row) {
  const words = [
    row.media === "print" ? "on paper" : `at ${row.width} px`,
    row.place,
    row.scheme,
    row.forcedColors === "active" && "in forced colours",
    row.contrast === "more" && "with more contrast",
    row.motion === "reduce" && "with less motion",
    row.dir === "rtl" && "from right to left",
    row.text === 200 && "with text twice as large",
    !row.script && "without script",
  ];
  return words.filter(Boolean).join(", ");
}

// What follows runs in the page.

/** Whether the conditions hold at all, and the page has taken up the colours. */
function isAsAsked({ media, width, scheme, forcedColors, contrast, motion, script, dir, text }) {
  const { direction, fontSize, backgroundColor } = getComputedStyle(document.documentElement);
  const features = [
    `${media} and (width: ${width}px) and (prefers-color-scheme: ${scheme}) and (forced-colors: ${forcedColors})`,
    `(prefers-contrast: ${contrast}) and (prefers-reduced-motion: ${motion})`,
  ];
  const faults = features.filter((feature) => !matchMedia(feature).matches).map((feature) => `not ${feature}`);
  if (Boolean(customElements.get("theme-switch")) !== script) faults.push("the script runs only where it should not");
  if (direction !== dir) faults.push(`the direction is ${direction}`);
  if (fontSize !== `${(16 * text) / 100}px`) faults.push(`the text is ${fontSize}`);
  // Where colours are forced, Chromium leaves them alone for paper that is only emulated.
  const isLight = scheme === "light" || (media === "print" && forcedColors === "none");
  const parts = backgroundColor.match(/\d+/g).map(Number);
  const fits = parts.every((part) => (isLight ? part > 230 : part < 50));
  if (!fits || parts.length > 3) faults.push(`the ground is ${backgroundColor}`);
  return faults;
}

/** What lies where nobody can scroll to: at the side where lines begin. */
function cutOff() {
  const { clientWidth } = document.documentElement;
  const isClipped = (element) => element !== document.body && getComputedStyle(element).overflowX !== "visible";
  return [...document.querySelectorAll("body *:not(svg *)")]
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (left < -0.5 || right > clientWidth + 0.5) && element.checkVisibility();
    })
    .filter((element) => {
      for (let around = element.parentElement; around; around = around.parentElement) {
        if (isClipped(around)) return false;
      }
      return true;
    })
    .map((element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> is cut off`);
}

/** What keeps its place while the page scrolls, and so takes it from a small screen. */
function sticking() {
  return [...document.body.querySelectorAll("*")]
    .filter((element) => ["sticky", "fixed"].includes(getComputedStyle(element).position) && element.checkVisibility())
    .map((element) => `<${element.localName} class="${element.className}"> sticks`);
}

/** Controls that nobody could see where only the colours of the device are left: no text, no line, no edge. */
function formless() {
  const ground = getComputedStyle(document.documentElement).backgroundColor;
  const isSeen = (colour) => colour !== ground && !/^rgba\(.*, 0\)$/.test(colour);
  const hasEdge = (element) => {
    const style = getComputedStyle(element);
    return ["Top", "Right", "Bottom", "Left"].some(
      (side) => Number.parseFloat(style[`border${side}Width`]) > 0 && isSeen(style[`border${side}Color`]),
    );
  };
  const hasText = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      const shows = parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (data.trim() && shows && !parentElement.closest(".vh") && isSeen(getComputedStyle(parentElement).color)) {
        return true;
      }
    }
    return false;
  };
  return (
    [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      // The browser draws these itself.
      .filter((element) => !element.matches("[type=radio], [type=checkbox], [type=file]"))
      .filter((element) => !hasEdge(element) && !hasText(element))
      .map((element) => `<${element.localName} class="${element.className}"> has no form in forced colours`)
  );
}
