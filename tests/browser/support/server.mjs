// A plain static host, as strict as the strictest: no folder indexes, no guessed endings, only the site's own origin.

import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { files, siteDir } from "./site.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/vnd.microsoft.icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".mp4": "video/mp4",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

const known = new Set(files);

/** Where the site lies when it is opened from its folder. */
export const folder = { base: `${pathToFileURL(siteDir).href}/`, close: () => {} };

/** Serves the site below `mount` (`/` or `/a/b/`); answers `{ base, close }`. */
export async function serve(mount = "/") {
  const server = createServer((request, response) => answer(mount, request, response));
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    base: `http://127.0.0.1:${server.address().port}${mount}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(mount, request, response) {
  const path = pathOf(request.url);
  // Chromium asks for it on its own, without a page's doing, and would call the answer 404 an error of some page.
  if (path === "/favicon.ico" && !known.has("favicon.ico")) return response.writeHead(204).end();
  const inside = path?.startsWith(mount) ? path.slice(mount.length) || "index.html" : undefined;
  const file = known.has(inside) ? inside : undefined;
  const type = file ? (TYPES[extname(file)] ?? "application/octet-stream") : TYPES[".html"];
  response.writeHead(file ? 200 : 404, {
    "Content-Type": type,
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
  });
  if (request.method === "HEAD") response.end();
  else if (file) createReadStream(join(siteDir, file)).pipe(response);
  else response.end(existsSync(join(siteDir, "404.html")) ? readFileSync(join(siteDir, "404.html")) : "not found");
}

function pathOf(url) {
  try {
    return decodeURIComponent(new URL(url, "http://site.invalid").pathname);
  } catch {
    return undefined;
  }
}
