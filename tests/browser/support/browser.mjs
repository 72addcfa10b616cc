// One Chromium for a test file, and what it does with a page.

import { chromium } from "playwright-core";
import { findChromium } from "./chromium.mjs";

const FLAGS = [
  "--no-sandbox", // Chromium's own sandbox refuses to run as root.
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium with an empty profile of its own. */
export async function launch() {
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error("no Chromium found: install chromium-headless-shell or chromium, or set CHROMIUM to its path");
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Runs `read(document)` in Chromium on markup as it stands in the file, before any script could change it. */
export function readMarkup(page, source, read, type = "text/html") {
  return page.evaluate(`(${read})(new DOMParser().parseFromString(${JSON.stringify(source)}, "${type}"))`);
}
