// axe-core on every page, of a large site on every kind of page.

import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { serve } from "./support/server.mjs";
import { sample } from "./support/site.mjs";

let browser;
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

// What authors write may go wrong on any page. The colours are those of the theme: they and other sizes meet on one page of
// each kind in conditions.test.mjs.
test("axe finds nothing on any page at 390x844, light", async () => {
  const findings = new Findings();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  for (const { path } of sample()) {
    await page.goto(site.base + encodeURI(path), { waitUntil: "load" });
    for (const violation of await violations(page)) findings.add(path, violation);
  }
  await context.close();
  findings.expectNone();
});
