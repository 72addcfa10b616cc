// What a page costs before it can be read: bytes as a host sends them, requests, and text that moves while it loads. Each
// page is opened as on a first visit.

import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { placeOf } from "./support/links.mjs";
import { desk, phone } from "./support/search-page.mjs";
import { serve } from "./support/server.mjs";
import { kinds, read } from "./support/site.mjs";
import { watch } from "./support/watch.mjs";

/** The most that a page may cost: packed bytes by kind of file, pictures left out, and requests of any kind. */
const MOST = { all: 30_000, css: 10_000, js: 12_000, woff2: 0, requests: 7 };
const PICTURES = ["png", "svg", "jpg", "webp", "ico"];

/**
 * What pages to work with cost: their exercises, or a desk to write at, come on top. The goal is the same 30 KB for them, and is missed; this keeps
 * them from growing unseen. See docs/benchmarks.md.
 */
const TO_WORK_WITH = { all: 53_000, css: 14_000, js: 20_500, woff2: 0, requests: 10 };

/** How much may move, as browsers score it. Nobody sees less. */
const STILL = 0.01;

/** How long scripts are held back, in milliseconds: long enough for the page to be painted without them. */
const LATE = 250;

/** How long a page is watched after it has loaded, in milliseconds: what a script adds may still move something. */
const AFTER = 150;

let browser;
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

onFirstVisit("no kind of page costs more than its budget", { viewport: phone }, async (page, path) => {
  const loaded = new Set();
  page.on("request", (request) => loaded.add(request.url()));
  await page.goto(new URL(path, site.base).href, { waitUntil: "load" });
  await page.waitForTimeout(AFTER);
  // What Chromium still has in its memory from the page before is not requested again; a reader's browser would ask.
  const used = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  return overspent(path, new Set([...loaded, ...used]));
});

for (const viewport of [phone, desk]) {
  onFirstVisit(
    `nothing moves while a page loads, and its script comes late, at ${viewport.width} px`,
    { viewport },
    async (page, path) => {
      await page.addInitScript(noteShifts);
      await page.route(/\.js$/, async (route) => {
        // What stands before the style sheet is meant to hold up the first paint.
        if (!/\/early\.[^/]*$/.test(route.request().url())) await new Promise((done) => setTimeout(done, LATE));
        await route.continue();
      });
      await page.goto(new URL(path, site.base).href, { waitUntil: "load" });
      await page.waitForTimeout(AFTER);
      return page.evaluate(told, STILL);
    },
  );
}

/** Opens each kind of page in a context of its own, so that nothing is in a cache, and fails with what `faultsOf` finds. */
function onFirstVisit(name, options, faultsOf) {
  test(name, async () => {
    const findings = new Findings();
    for (const { path } of kinds) {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      await watch(page, site.base, (fault) => findings.add(path, fault));
      for (const fault of await faultsOf(page, path)) findings.add(path, fault);
      await context.close();
    }
    findings.expectNone();
  });
}

function overspent(path, loaded) {
  const most = /assets\/(learning|rules)\./.test(read(path)) ? TO_WORK_WITH : MOST;
  const spent = { all: 0, css: 0, js: 0, woff2: 0, requests: loaded.size };
  for (const url of loaded) {
    const file = placeOf(url, site.base)?.path;
    const kind = /\w+$/.exec(file ?? "")?.[0];
    if (!kind || PICTURES.includes(kind)) continue;
    const bytes = gzipSync(read(file), { level: 9 }).length;
    spent.all += bytes;
    if (kind in spent) spent[kind] += bytes;
  }
  const over = Object.keys(most).filter((kind) => spent[kind] > most[kind]);
  return over.length === 0 ? [] : [over.map((kind) => `${kind} ${spent[kind]} of at most ${most[kind]}`).join(", ")];
}

// What follows runs in the page.
function told(still) {
  return window.shifts.filter(({ value }) => value > still).map(({ told }) => told);
}

function noteShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => `<${node?.localName} class="${node?.getAttribute?.("class") ?? ""}">`);
      window.shifts.push({ value, told: `moves by ${value.toFixed(4)}: ${moved.join(", ")}` });
    }
  }).observe({ type: "layout-shift", buffered: true });
}
