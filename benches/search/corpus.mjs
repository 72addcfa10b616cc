// Writes a guide of real prose: the documentation that Debian packages, as lessons. Nothing of it is kept in the
// repository; the packages (some 100 MB) are fetched when a corpus is first made, and neither installed nor changed.
// That takes Debian 12, and `apt-get update` now and then.
//
//   node benches/search/corpus.mjs DIR [PAGES]

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isChapter, packages } from "./corpus/packages.mjs";
import { lesson, pagesOf } from "./corpus/pages.mjs";
import { site } from "./corpus/site.mjs";
import { blocksOf } from "./corpus/tree.mjs";
import { allJudged } from "./queries.mjs";

/** Writes a guide of `count` lessons into `folder`, and tells what it holds. */
export function makeCorpus(folder, count = 1000, unpacked = join(folder, "..", "level-one-search-packages")) {
  const made = join(folder, "corpus.json");
  const content = join(folder, "content");
  if (existsSync(content) && !existsSync(made)) throw new Error(`${content} was not made by this; name another folder`);
  fetchPackages(unpacked);
  mkdirSync(folder, { recursive: true });
  // Says that the folder is ours; what the corpus holds is written last, so that one that was broken off is made again.
  writeFileSync(made, "{}\n");
  rmSync(content, { recursive: true, force: true });
  const pages = choose(allPages(unpacked), count);
  for (const { name, title } of packages) {
    const module = join(content, "lessons", name);
    const inside = pages.filter((page) => page.module === name);
    if (inside.length === 0) continue;
    mkdirSync(module, { recursive: true });
    writeFileSync(join(module, "module.yaml"), `title: ${title}\n`);
    for (const page of inside) writeFileSync(join(module, `${page.slug}.md`), lesson(page));
  }
  writeFileSync(join(content, "site.yaml"), site);
  const holds = {
    asked: count,
    pages: pages.length,
    words: sum(pages, "words"),
    inCode: sum(pages, "inCode"),
    modules: {},
  };
  for (const { module } of pages) holds.modules[module] = (holds.modules[module] ?? 0) + 1;
  writeFileSync(made, `${JSON.stringify(holds, undefined, 2)}\n`);
  return holds;
}

/** Every page that the packages have. Of two with one address the first is kept. */
export function allPages(unpacked) {
  const pages = new Map();
  for (const wanted of packages) {
    const root = join(unpacked, wanted.name, wanted.root);
    for (const path of walk(root, "").filter((each) => isChapter(wanted, each))) {
      const found = pagesOf(wanted, path, blocksOf(readFileSync(join(root, path), "utf8")));
      for (const page of found) if (!pages.has(page.slug)) pages.set(page.slug, { ...page, module: wanted.name });
    }
  }
  return [...pages.values()];
}

/**
 * The pages that a judged query is about come first, and others fill up, in an order that depends on nothing but their
 * addresses and their kind: so a smaller corpus is a part of a larger one, and a changed package moves few pages.
 */
function choose(pages, count) {
  const wanted = new Set(allJudged().flatMap(({ accept }) => accept.map(({ page }) => page)));
  const order = pages.map((page) => ({ page, at: wanted.has(page.slug) ? -1 : lot(page.slug) / weight(page) }));
  order.sort((a, b) => a.at - b.at || (a.page.slug < b.page.slug ? -1 : 1));
  const missing = [...wanted].filter((slug) => !pages.some((page) => page.slug === slug));
  if (missing.length > 0) console.warn(`not in these packages: ${missing.join(", ")}`);
  if (pages.length < count) console.warn(`there are only ${pages.length} pages`);
  return order.slice(0, count).map(({ page }) => page);
}

/** A number below one that only the address decides. */
function lot(slug) {
  return createHash("sha256").update(slug).digest().readUInt32BE() / 2 ** 32;
}

/** Lessons have sections, so pages with less than two headings come late. */
function weight(page) {
  const { share = 1 } = packages.find(({ name }) => name === page.module);
  return (page.markdown.match(/^##/gm) ?? []).length > 1 ? share : share / 3;
}

/** Fetches and unpacks what is not there yet, each package by a rename, so that none is ever there by half. */
function fetchPackages(folder) {
  mkdirSync(folder, { recursive: true });
  const missing = packages.map(({ name }) => name).filter((name) => !existsSync(join(folder, name)));
  if (missing.length === 0) return;
  const loaded = join(folder, ".loaded");
  rmSync(loaded, { recursive: true, force: true });
  mkdirSync(loaded, { recursive: true });
  console.warn(`fetching ${missing.length} packages`);
  // Its warning that it may not change to an account without rights says nothing here.
  execFileSync("apt-get", ["download", "-qq", ...missing], { cwd: loaded, stdio: ["ignore", "ignore", "pipe"] });
  for (const name of missing) {
    const file = readdirSync(loaded).find((each) => each.startsWith(`${name}_`));
    const { root } = packages.find((each) => each.name === name);
    const half = join(loaded, name);
    mkdirSync(half);
    // Only the English text: some packages hold a dozen languages, or tens of thousands of other pages.
    const unpack = `dpkg-deb --fsys-tarfile "$1" | tar --extract --directory "$2" --wildcards "./$3/*.html"`;
    execFileSync("sh", ["-c", unpack, "sh", join(loaded, file), half, root]);
    renameSync(half, join(folder, name));
  }
  rmSync(loaded, { recursive: true });
}

function walk(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = folder + entry.name;
    if (entry.isDirectory()) return walk(root, `${path}/`);
    return entry.isFile() && path.endsWith(".html") ? [path] : [];
  });
}

function sum(pages, key) {
  return pages.reduce((total, page) => total + page[key], 0);
}

if (process.argv[1] && resolve(process.argv[1]) === import.meta.filename) {
  const [folder, count] = process.argv.slice(2);
  if (!folder) throw new Error("usage: node benches/search/corpus.mjs DIR [PAGES]");
  console.log(makeCorpus(resolve(folder), Number(count ?? 1000)));
}
