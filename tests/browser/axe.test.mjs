// axe-core on every page (of a large site on every kind of page), on a phone and a desk, light and dark.

import { after, before, test } from "node:test";
import axe from "axe-core";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { serve } from "./support/server.mjs";
import { sample } from "./support/site.mjs";

// All that axe has on by default, best practices included, and the contrast of 7 that the guide promises.
const RULES = { "color-contrast-enhanced": { enabled: true } };

let browser;
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

for (const [width, height] of [
  [390, 844],
  [1280, 900],
]) {
  test(`axe finds nothing at ${width}x${height}, light and dark`, async () => {
    const findings = new Findings();
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const { path } of sample()) {
      await page.goto(site.base + encodeURI(path), { waitUntil: "load" });
      // Through the debugger, which the page's policy does not bind: the page stays as strict as it ships.
      await page.evaluate(axe.source);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const { id, help, nodes } of await violations(page)) {
          for (const { target } of nodes) findings.add(`${path} (${colorScheme})`, `${id}: ${help}: ${target}`);
        }
      }
    }
    await context.close();
    findings.expectNone();
  });
}

function violations(page) {
  return page.evaluate(async (rules) => {
    // A colour caught half-way through a transition has a contrast that nobody reads.
    const moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.allSettled(moving.map((animation) => animation.finished));
    return (await window.axe.run(document, { resultTypes: ["violations"], rules })).violations;
  }, RULES);
}
