// A static host as docs/hosting.md asks for: text with gzip, files with a mark of their content kept for ever, pages
// checked on every visit.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { gzipSync } from "node:zlib";

const TEXT = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".xml": "application/xml; charset=utf-8",
};
const OTHER = { ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2" };
const MARKED = /\.[0-9a-f]{10}\.\w+$/;

/** Listens on a free port. The site is told later, by `show`, since its address stands in it. */
export async function host() {
  let files = new Map();
  const server = createServer((request, response) => answer(files, request, response));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    base: `http://127.0.0.1:${server.address().port}/`,
    show(folder) {
      files = packed(folder);
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Every file of a folder as it is sent. Nothing is packed while somebody waits. */
function packed(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const name = path.slice(folder.length + 1).replaceAll(sep, "/");
      const content = readFileSync(path);
      const type = TEXT[extname(name)];
      const headers = {
        "Content-Type": type ?? OTHER[extname(name)] ?? "application/octet-stream",
        "Cache-Control": MARKED.test(name) ? "max-age=31536000, immutable" : "no-cache",
        ETag: `"${createHash("sha256").update(content).digest("hex").slice(0, 16)}"`,
        ...(type ? { "Content-Encoding": "gzip", Vary: "Accept-Encoding" } : {}),
      };
      const body = type ? gzipSync(content, { level: 9 }) : content;
      return [name, { body, headers: { ...headers, "Content-Length": body.length } }];
    }),
  );
}

function answer(files, request, response) {
  const name = decodeURIComponent(new URL(request.url, "http://site.invalid").pathname.slice(1)) || "index.html";
  const file = files.get(name);
  // Chromium asks for it on its own, without a page's doing.
  if (!file) return response.writeHead(name === "favicon.ico" ? 204 : 404).end();
  const { ETag } = file.headers;
  if (request.headers["if-none-match"] === ETag) return response.writeHead(304, { ETag }).end();
  response.writeHead(200, file.headers).end(request.method === "HEAD" ? undefined : file.body);
}
