// Draws the theme's pictures anew: `node pictures.mjs`. They are kept beside the theme, since a build draws nothing.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch } from "./support/browser.mjs";

const folder = fileURLToPath(new URL("../../themes/default/assets/", import.meta.url));

const scene = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-60 -190 1320 693" width="1200" height="630">
<rect x="-60" y="-190" width="1320" height="693" fill="#e4ede5"/>
<path fill="#dfe8dc" d="M-400 503V236C-200 236-60 196 140 196S420 250 560 250 900 200 1080 200s300 36 520 36V503Z"/>
<circle fill="#f1daa0" cx="760" cy="80" r="120"/>
<path fill="#cfdfd2" d="M-400 503V272H440C530 272 504 112 696 112H824C914 112 888 272 1080 272H1600V503Z"/>
<path fill="none" stroke="#17503f" stroke-width="6" d="M-400 272H440C530 272 504 112 696 112H824C914 112 888 272 1080 272H1600"/>
</svg>`;

/** The mark on paper, with room around it: a phone cuts the corners off. */
const icon = (size) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -7 48 48" width="${size}" height="${size}">
<rect x="-8" y="-7" width="48" height="48" fill="#fbfaf7"/>
<circle cx="16" cy="13" r="9" fill="#e3b54a"/>
<path d="M1 27C8 27 6 17 13 17h6c7 0 5 10 12 10v4H1Z" fill="#cfdfd2"/>
<path d="M1 27C8 27 6 17 13 17h6c7 0 5 10 12 10" fill="none" stroke="#17503f" stroke-width="3" stroke-linecap="round"/>
</svg>`;

const browser = await launch();
const page = await browser.newPage();
for (const [name, width, height, drawing] of [
  ["social.png", 1200, 630, scene],
  ["app-icon.png", 180, 180, icon(180)],
]) {
  await page.setViewportSize({ width, height });
  await page.setContent(`<style>html, body { margin: 0 } svg { display: block }</style>${drawing}`);
  writeFileSync(folder + name, await page.screenshot());
}
await browser.close();
