// axe-core on every page (of a large site on every kind of page), on a phone and a desk.

import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { serve } from "./support/server.mjs";
import { kinds, sample } from "./support/site.mjs";

let browser;
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

// What authors write may go wrong on any page; the colours are those of the theme, so one page of each kind tells on them.
// Other sizes and colours meet in conditions.test.mjs.
for (const [which, pages, width, height, colorScheme] of [
  ["any page", sample(), 390, 844, "light"],
  ["any kind of page", kinds, 1280, 900, "dark"],
]) {
  test(`axe finds nothing on ${which} at ${width}x${height}, ${colorScheme}`, async () => {
    const findings = new Findings();
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const { path } of pages) {
      await page.goto(site.base + encodeURI(path), { waitUntil: "load" });
      for (const violation of await violations(page)) findings.add(path, violation);
    }
    await context.close();
    findings.expectNone();
  });
}
