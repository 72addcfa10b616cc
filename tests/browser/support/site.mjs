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

/** All readable pages of a small site; of a large one each kind once and every tenth page. */
export function sample(most = 60) {
  if (readable.length <= most) return readable;
  const kinds = new Set();
  return readable.filter(({ path }, index) => {
    const kind = kindOf(path);
    const first = !kinds.has(kind);
    kinds.add(kind);
    return first || index % 10 === 0;
  });
}

/** The text of one file of the site. */
export function read(path) {
  return readFileSync(join(siteDir, path), "utf8");
}

// `lessons/offers/index.html` is `lessons/*/index.html`; a page at the top is a kind of its own.
function kindOf(path) {
  const [first, ...rest] = path.split("/");
  if (rest.length === 0) return first;
  const name = rest.pop();
  return [first, ...rest.map(() => "*"), name === "index.html" ? name : "*.html"].join("/");
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
