// MiniSearch as somebody would set it up with care: a document for each section, and all words before some.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import MiniSearch from "minisearch";

const fields = ["title", "heading", "text"];
const how = { boost: { title: 6, heading: 3.5 }, fuzzy: 0.2, prefix: true };

/** Its library and its index, excerpts included, are one download before the first query; later ones load nothing. */
export function open(_siteDir, pages) {
  const options = { fields, storeFields: ["address", "section", ...fields], searchOptions: how };
  const index = new MiniSearch(options);
  index.addAll(documents(pages));
  const written = JSON.stringify(index);
  const library = readFileSync(
    createRequire(import.meta.url)
      .resolve("minisearch")
      .replace(/\/cjs\/.*$/, "/umd/index.js"),
  );
  const sent = gzipSync(library).length + gzipSync(written).length;
  const loaded = MiniSearch.loadJSON(written, options);
  return {
    async search(query) {
      const all = loaded.search(query, { combineWith: "AND" });
      const found = all.length > 0 ? all : loaded.search(query, { combineWith: "OR" });
      return eachPageOnce(found).slice(0, 10);
    },
    bytes: () => sent,
    files: () => ["library", "index"],
    forget() {},
    close() {},
  };
}

function documents(pages) {
  let id = 0;
  return pages.flatMap(({ address, title, sections }) =>
    sections.map(({ id: section, heading, text }) => ({ id: id++, address, section, title, heading, text })),
  );
}

/** A page stands where its best section does. */
function eachPageOnce(found) {
  const pages = new Map();
  for (const { address, section } of found) if (!pages.has(address)) pages.set(address, { address, section });
  return [...pages.values()];
}
