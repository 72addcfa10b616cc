// Pagefind in Chromium, served from this machine, since it needs modules, WebAssembly and a web server.

import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { close as closePagefind, createIndex } from "pagefind";
import { launch } from "../../../tests/browser/support/browser.mjs";

const TYPES = { ".js": "text/javascript", ".json": "application/json", ".css": "text/css" };

/** How many results are asked for their text: what its own page shows at first, unless places further down count. */
const SHOWN = 5;

/** Indexes what the other engines see of a page, writes that beside the site, and opens a page that can search. */
export async function open(siteDir, pages) {
  const folder = join(siteDir, "..", "pagefind");
  rmSync(folder, { recursive: true, force: true });
  await writeIndex(pages, folder);
  const host = await serve(folder);
  const browser = await launch();
  const page = await browser.newPage();
  const begin = async () => {
    host.loaded.clear();
    await page.goto(host.address);
    await page.evaluate(async () => {
      window.pagefind = await import("/pagefind.js");
    });
  };
  await begin();
  return {
    search: (query, most = 10) => page.evaluate(ask, { query, most }),
    glance: (query) => page.evaluate(ask, { query, most: SHOWN }),
    bytes: () => [...host.loaded.values()].reduce((sum, bytes) => sum + bytes, 0),
    files: () => [...host.loaded.keys()],
    forget: begin,
    async close() {
      await browser.close();
      host.close();
    },
  };
}

async function writeIndex(pages, outputPath) {
  const { index } = await createIndex();
  for (const { address, title, html } of pages) {
    const content = `<!doctype html><html lang="en"><body><main><h1>${escaped(title)}</h1>${html}</main></body></html>`;
    const { errors } = await index.addHTMLFile({ url: `/${address}`, content });
    if (errors.length > 0) throw new Error(errors.join("\n"));
  }
  await index.writeFiles({ outputPath });
  await closePagefind();
}

/** Runs in the page. Of a page's parts the one whose matches weigh most counts: better than the one that has most. */
async function ask({ query, most }) {
  const { results } = await window.pagefind.search(query);
  const found = await Promise.all(results.slice(0, most).map((result) => result.data()));
  const sum = (part) => part.weighted_locations.reduce((all, each) => all + each.balanced_score, 0);
  return found.map(({ url, sub_results: parts }) => {
    const best = parts.reduce((a, b) => (sum(b) > sum(a) ? b : a), parts[0]);
    return { address: url.replace(/^\//, "").replace(/#.*$/, ""), section: best?.anchor?.id ?? "" };
  });
}

/** Counts what is asked for as it would be sent: text with gzip, and Pagefind's own files as they are. */
async function serve(folder) {
  const loaded = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site.invalid").pathname);
    const file = join(folder, path);
    if (path === "/" || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
      return response.end("<!doctype html><title>Search</title>");
    }
    const body = readFileSync(file);
    const type = TYPES[extname(file)];
    loaded.set(path, type ? gzipSync(body).length : body.length);
    // Each new page starts from nothing, so nothing may come from a cache.
    response.writeHead(200, { "Content-Type": type ?? "application/octet-stream", "Cache-Control": "no-store" });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${server.address().port}/`,
    loaded,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function escaped(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
