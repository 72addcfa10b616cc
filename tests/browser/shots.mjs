// Pictures of pages for people to look at: `node shots.mjs OUTDIR [page…]`, for example `node shots.mjs /tmp/shots index.html`.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./support/browser.mjs";
import { serve } from "./support/server.mjs";
import { sample } from "./support/site.mjs";

const [folder, ...named] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node shots.mjs OUTDIR [page…]     (the site is SITE_DIR, by default public/)");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

const [browser, site] = await Promise.all([launch(), serve()]);
try {
  for (const [width, height] of [
    [390, 844],
    [1280, 900],
  ]) {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const path of named.length > 0 ? named : sample().map((found) => found.path)) {
      const answer = await page.goto(site.base + encodeURI(path), { waitUntil: "load" });
      if (!answer.ok()) throw new Error(`${path} is not a page of the site`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        const name = `${path.replace(/\.html$/, "").replaceAll("/", "-")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true, animations: "disabled" });
        console.log(join(folder, name));
      }
    }
    await context.close();
  }
} finally {
  await browser.close();
  site.close();
}
