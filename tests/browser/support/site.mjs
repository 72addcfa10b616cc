// The built site as files: which there are, which of them are pages, what each page says before any script runs.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const beside = fileURLToPath(new URL("../../../public", import.meta.url));

/** The folder under test, absolute. */
export const siteDir = resolve(process.env.SITE_DIR || beside);

if (!existsSync(join(siteDir, "index.html"))) {
  throw new Error(`no index.html in ${siteDir}: build the site first, or set SITE_DIR to the folder that holds it`);
}

/** Every file's path from the site's folder, with "/" on every system, sorted. */
export const files = [...walk("")].sort();

/** A page that only sends the reader on to where the page is now. */
const ALIAS = /<meta[^>]+http-equiv\s*=\s*["']?refresh/i;

/** Every `.html` file: `{ path, source, alias }`. */
export const pages = files
  .filter((path) => path.endsWith(".html"))
  .map((path) => ({ path, source: read(path) }))
  .map((page) => ({ ...page, alias: ALIAS.test(page.source) }));

/** The pages that a reader reads. */
export const readable = pages.filter((page) => !page.alias);

/** One page of each kind; of a kind with many the longest, which has most that can go wrong. */
export const kinds = [...new Set(readable.map(kindOf))].map((kind) =>
  readable
    .filter((page) => kindOf(page) === kind)
    .reduce((longest, page) => (page.source.length > longest.source.length ? page : longest)),
);

/** All readable pages of a small site; of a large one each kind once and every tenth page. */
export function sample(most = 60) {
  return readable.filter((page, index) => readable.length <= most || kinds.includes(page) || index % 10 === 0);
}

/** The text of one file of the site. */
export function read(path) {
  return readFileSync(join(siteDir, path), "utf8");
}

// The search is told what kind of page it stands on. A page without a search is a kind of its own.
function kindOf({ path, source }) {
  return /<search-dialog[^>]* data-page="([^"]*)"/.exec(source)?.[1] ?? path;
}

function* walk(folder) {
  for (const entry of readdirSync(join(siteDir, folder), { withFileTypes: true })) {
    const path = folder + entry.name;
    // A host may keep a repository or notes in the folder; the build does not own what starts with a dot.
    if (entry.name.startsWith(".")) continue;
    if (entry.isDirectory()) yield* walk(`${path}/`);
    else yield path;
  }
}
