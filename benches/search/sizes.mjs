// What readers load and wait for in guides of 100, 1,000 and 10,000 lessons of about 700 words (`benches/corpus.rs`).
//
//   node benches/search/sizes.mjs [SIZE…]
//
// First `npm ci` in `tests/browser`, and `cargo build --release`. A visit begins with nothing loaded; its first query is
// typed into the dialog at once, its next ones letter by letter. Times are those of the engine in Chromium, and those
// from a letter to the list on the page.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { launch } from "../../tests/browser/support/browser.mjs";
import { Numbers } from "./random.mjs";
import { quantile } from "./score.mjs";

const root = resolve(import.meta.dirname, "../..");
const VISITS = 20;
const QUERIES = 5;
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css" };

const sizes = process.argv.slice(2).map(Number);
console.log("| lessons | first query | next query | engine p50 / p95 | on the page p50 / p95 |");
console.log("| --: | --: | --: | --: | --: |");
for (const size of sizes.length > 0 ? sizes : [100, 1000, 10000]) await measure(size);

async function measure(size) {
  const folder = join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), `level-one-sizes-${size}`);
  const site = join(folder, "public");
  execFileSync("cargo", ["bench", "--quiet", "--bench", "build", "--", "write", folder, String(size)], { cwd: root });
  execFileSync(join(root, "target/release/level-one"), ["build", folder, "--quiet"], { stdio: "inherit" });
  const sent = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site.invalid").pathname.slice(1)) || "index.html";
    if (!existsSync(join(site, path))) return response.writeHead(404).end();
    const bytes = gzipSync(readFileSync(join(site, path)), { level: 9 });
    if (path.startsWith("search/") || path.includes("engine")) sent.set(path, bytes.length);
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "image/svg+xml", "Content-Encoding": "gzip" });
    response.end(bytes);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const base = `http://127.0.0.1:${server.address().port}/`;
  const browser = await launch();
  const words = wordsOf(size);
  const firsts = [];
  const nexts = [];
  const engine = [];
  const shown = [];
  for (let visit = 0; visit < VISITS; visit++) {
    sent.clear();
    const page = await (await browser.newContext()).newPage();
    await page.goto(base);
    await page.keyboard.press("/");
    let before = 0;
    const queries = Array.from({ length: QUERIES }, () => words());
    for (const [number, query] of queries.entries()) {
      const input = page.locator("input[role=combobox]");
      await input.fill(query);
      await page.locator(`[role=status]:not(:empty)`).waitFor();
      await page.waitForLoadState("networkidle");
      const now = [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
      (number === 0 ? firsts : nexts).push(now - before);
      before = now;
    }
    if (visit < 5) {
      const times = await page.evaluate(type, queries);
      engine.push(...times.engine);
      shown.push(...times.shown);
    }
    await page.context().close();
  }
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  const kilo = (list) => `${(quantile(list, 0.5) / 1000).toFixed(0)} KB`;
  const both = (list) => `${quantile(list, 0.5).toFixed(1)} / ${quantile(list, 0.95).toFixed(1)} ms`;
  console.log(`| ${size} | ${kilo(firsts)} | ${kilo(nexts)} | ${both(engine)} | ${both(shown)} |`);
}

/** Gives queries of two or three words that the lessons are made of. */
function wordsOf(size) {
  const numbers = new Numbers(size);
  const known = readFileSync(join(root, "benches/corpus/words.txt"), "utf8").split(/\s+/);
  const long = known.filter((word) => /^[a-z]{4,}$/.test(word));
  return () =>
    numbers
      .shuffled(long)
      .slice(0, 2 + numbers.below(2))
      .join(" ");
}

/** Types queries letter by letter, twice, and gives the times of the second round. Runs in the page. */
async function type(queries) {
  const input = document.querySelector("[role=combobox]");
  const hits = document.querySelector(".hits");
  const times = { engine: [], shown: [] };
  const engine = document.querySelector("search-dialog");
  const answered = () =>
    new Promise((done) => {
      const watcher = new MutationObserver(() => {
        watcher.disconnect();
        done();
      });
      watcher.observe(hits, { childList: true });
    });
  for (const round of [0, 1]) {
    for (const query of queries) {
      for (let end = 1; end <= query.length; end++) {
        const typed = query.slice(0, end);
        const start = performance.now();
        const shown = answered();
        input.value = typed;
        input.dispatchEvent(new Event("input"));
        await shown;
        if (round === 1) times.shown.push(performance.now() - start);
        if (round === 0) continue;
        const before = performance.now();
        await engine.find(typed);
        times.engine.push(performance.now() - before);
      }
    }
  }
  return times;
}
