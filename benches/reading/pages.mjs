// Pages as Lighthouse sees them from a phone: its own mobile settings, a Chromium of its own for each visit.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findChromium } from "../../tests/browser/support/chromium.mjs";
import { median } from "./median.mjs";
import { howQuiet, inQuiet } from "./quiet.mjs";

const PAGES = {
  home: "index.html",
  "a lesson": "lessons/offers.html",
  "the longest lesson": "lessons/when-a-candidate-says-no.html",
  "a reply": "replies/counter-offer.html",
  "all replies": "replies/index.html",
  path: "path.html",
  wins: "wins/index.html",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

/** Measures every page so many times, and prints the middle of each figure. */
export async function tellPages(base, runs) {
  const visits = Object.fromEntries(Object.keys(PAGES).map((name) => [name, []]));
  // In turn, so that a busy minute does not fall on one page alone.
  for (let run = 0; run < runs; run++) {
    console.warn(`pages, ${run + 1} of ${runs}`);
    for (const [name, path] of Object.entries(PAGES)) {
      visits[name].push(figures(await inQuiet(() => visit(base + path))));
    }
  }
  console.log("| page | scores | LCP | TBT | CLS | weight | without pictures | CSS | JS | requests |");
  console.log("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |");
  for (const [name, seen] of Object.entries(visits)) {
    const middle = (key) => median(seen.map((each) => each[key]));
    const kilo = (key) => `${(middle(key) / 1000).toFixed(1)} KB`;
    const cells = [
      CATEGORIES.map((category) => Math.round(middle(category) * 100)).join(" / "),
      `${(middle("lcp") / 1000).toFixed(2)} s`,
      `${middle("tbt").toFixed(0)} ms`,
      Number(middle("cls").toFixed(3)),
      ...["weight", "words", "css", "js"].map(kilo),
      middle("requests"),
    ];
    console.log(`| ${[name, ...cells].join(" | ")} |`);
  }
  const all = Object.values(visits).flat();
  const index = all.map((each) => each.machine);
  console.log(`\nscores: ${CATEGORIES.join(", ")}. Lighthouse ${all[0].version}, in Chromium ${all[0].chromium}.`);
  console.log(`The machine by Lighthouse's index: ${Math.min(...index)} to ${Math.max(...index)}. ${howQuiet()}.`);
  for (const [name, seen] of Object.entries(visits)) {
    for (const fault of new Set(seen.flatMap(({ faults }) => faults))) console.log(`- ${name}: ${fault}`);
  }
}

/** What Lighthouse reports of one visit. */
async function visit(address) {
  const lighthouse = join(import.meta.dirname, "node_modules/lighthouse/cli/index.js");
  if (!existsSync(lighthouse)) throw new Error("Lighthouse is not installed: run `npm ci` in benches/reading");
  const how = [
    address,
    "--output=json",
    "--output-path=stdout",
    "--quiet",
    "--no-enable-error-reporting",
    `--only-categories=${CATEGORIES.join(",")}`,
    "--chrome-flags=--headless=new --no-sandbox",
  ];
  const env = { ...process.env, CHROME_PATH: findChromium() };
  const { stdout } = await promisify(execFile)(node22(), [lighthouse, ...how], { env, maxBuffer: 2 ** 27 });
  const report = JSON.parse(stdout);
  if (report.runtimeError) throw new Error(`${address}: ${report.runtimeError.message}`);
  return report;
}

/** A Node that is new enough for Lighthouse. */
function node22() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
  const beside = join(import.meta.dirname, `node_modules/node-${platform()}-${arch()}/bin/node`);
  if (existsSync(beside)) return beside;
  throw new Error("Lighthouse needs Node 22.19 or newer: run `npm ci` in benches/reading, or this with a newer Node");
}

function figures({ audits, categories, environment, lighthouseVersion, runWarnings }) {
  const asked = audits["network-requests"].details.items.filter(({ url }) => url.startsWith("http"));
  const sum = (test) => asked.filter(test).reduce((bytes, { transferSize }) => bytes + transferSize, 0);
  const known = new Set(CATEGORIES.slice(1).flatMap((category) => categories[category].auditRefs.map(({ id }) => id)));
  const failed = Object.values(audits).filter(({ id, score }) => known.has(id) && score !== null && score < 1);
  return {
    ...Object.fromEntries(CATEGORIES.map((category) => [category, categories[category].score])),
    lcp: audits["largest-contentful-paint"].numericValue,
    tbt: audits["total-blocking-time"].numericValue,
    cls: audits["cumulative-layout-shift"].numericValue,
    weight: sum(() => true),
    words: sum(({ mimeType }) => !mimeType.startsWith("image/")),
    css: sum(({ resourceType }) => resourceType === "Stylesheet"),
    js: sum(({ resourceType }) => resourceType === "Script"),
    requests: asked.length,
    machine: environment.benchmarkIndex,
    chromium: /Chrome\/([\d.]+)/.exec(environment.hostUserAgent)[1],
    version: lighthouseVersion,
    faults: [...failed.map(({ id, title }) => `${id}: ${title}`), ...runWarnings],
  };
}
