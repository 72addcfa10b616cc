// Measures Level One's search and two others over the same pages: what they find, how much they load, how long it takes.
//
//   node benches/search/run.mjs [--pages 1000] [--only ours|minisearch|pagefind] [--split tuned|held|all] [--misses]
//
// First `npm ci` here and in `tests/browser`, whose Chromium Pagefind runs in, and `cargo build --release`.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeCorpus } from "./corpus.mjs";
import { readPages } from "./pages.mjs";
import { judged, known } from "./queries.mjs";
import { Numbers } from "./random.mjs";
import { judge, misses, quantile, table } from "./score.mjs";

const program = resolve(import.meta.dirname, "../../target/release/level-one");
const ENGINES = ["ours", "minisearch", "pagefind"];

/** A visit has this many queries: the first begins with nothing loaded, and the others with what came before. */
const VISIT = 5;
const VISITS = 60;

const { values: options } = parseArgs({
  options: {
    pages: { type: "string", default: "1000" },
    only: { type: "string", multiple: true },
    split: { type: "string", default: "all" },
    misses: { type: "boolean", default: false },
  },
});

const site = prepare(Number(options.pages));
const pages = readPages(site);
const queries = [...judged(pages), ...known(pages).map((query) => ({ ...query, made: true }))].filter(inSplit);
const sections = pages.reduce((sum, page) => sum + page.sections.length, 0);
console.log(`${pages.length} pages, ${sections} sections, ${queries.length} queries (${options.split})`);
for (const name of options.only ?? ENGINES) await measure(name);

function inSplit({ held }) {
  return options.split === "all" || held === (options.split === "held");
}

/** Makes the corpus where it is not there yet, and builds it. */
function prepare(count) {
  const beside = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const folder = process.env.BENCH_DIR ? resolve(process.env.BENCH_DIR) : join(beside, `level-one-search-${count}`);
  if (isOld(folder, count)) {
    const { words, inCode, modules } = makeCorpus(folder, count);
    const parts = Object.entries(modules).map(([module, number]) => `${module} ${number}`);
    console.log(`${words} words of prose and ${inCode} of code: ${parts.sort().join(", ")}`);
  }
  execFileSync(program, ["build", folder, "--dest-dir", join(folder, "public"), "--quiet"], { stdio: "inherit" });
  return join(folder, "public");
}

/** Is it not there, broken off, of another size, or made by another version of these scripts? */
function isOld(folder, count) {
  const made = join(folder, "corpus.json");
  if (!existsSync(made) || JSON.parse(readFileSync(made, "utf8")).asked !== count) return true;
  const corpus = join(import.meta.dirname, "corpus");
  const scripts = readdirSync(corpus).map((name) => join(corpus, name));
  const from = [join(import.meta.dirname, "corpus.mjs"), join(import.meta.dirname, "queries.json"), ...scripts];
  return from.some((file) => statSync(file).mtimeMs > statSync(made).mtimeMs);
}

async function measure(name) {
  const { open } = await import(`./engines/${name}.mjs`);
  console.log(`\n## ${name}\n`);
  const engine = await Promise.resolve(open(site, pages)).catch((failure) => {
    console.log(failure.message);
    process.exitCode = 1;
  });
  if (!engine) return;
  try {
    const results = [];
    for (const query of queries) results.push(judge(query, await engine.search(query.query)));
    console.log(`${table(results)}\n`);
    await tellBytes(engine);
    await tellTimes(engine, name);
    if (options.misses) console.log(`\n${misses(results).join("\n")}`);
  } finally {
    await engine.close();
  }
}

async function tellBytes(engine) {
  const order = new Numbers(7).shuffled(queries);
  const ask = engine.glance ?? engine.search;
  const firsts = [];
  const nexts = [];
  const files = [];
  for (let visit = 0; visit < VISITS && (visit + 1) * VISIT <= order.length; visit++) {
    await engine.forget();
    let before = 0;
    for (let number = 0; number < VISIT; number++) {
      await ask(order[visit * VISIT + number].query);
      const now = await engine.bytes();
      (number === 0 ? firsts : nexts).push(now - before);
      if (number === 0) files.push(engine.files().length);
      before = now;
    }
  }
  const kilo = (list, part) => `${(quantile(list, part) / 1000).toFixed(1)} KB`;
  console.log(`first query: median ${kilo(firsts, 0.5)}, p90 ${kilo(firsts, 0.9)}, ${quantile(files, 0.5)} files`);
  console.log(`next query: median ${kilo(nexts, 0.5)}, p90 ${kilo(nexts, 0.9)}`);
  const words = pages.reduce((sum, page) => sum + page.words, 0);
  for (const [kind, { count, bytes }] of Object.entries(engine.whole?.() ?? {})) {
    console.log(
      `all ${kind}: ${count} files, ${(bytes / 1000).toFixed(0)} KB, ${(bytes / words).toFixed(2)} bytes a word`,
    );
  }
}

/** Only for what runs in this process: through a browser's door, the door is what would be measured. */
async function tellTimes(engine, name) {
  if (name === "pagefind") return;
  const times = [];
  for (const round of [0, 1]) {
    for (const { query } of queries) {
      const start = performance.now();
      await engine.search(query);
      if (round === 1) times.push(performance.now() - start);
    }
  }
  console.log(`warm query: p50 ${quantile(times, 0.5).toFixed(2)} ms, p95 ${quantile(times, 0.95).toFixed(2)} ms`);
}
