// Level One's own search, through the harness that runs its code outside a browser.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const harness = new URL("../../../tests/browser/support/engine.mjs", import.meta.url);

/** `bytes` tells how many bytes have been loaded, as sent with gzip: what the harness counts, so data and not code. */
export async function open(siteDir) {
  if (!existsSync(harness)) throw new Error(`there is no ${fileURLToPath(harness)} yet`);
  const { openSearch } = await import(harness.href);
  const session = openSearch(siteDir);
  return {
    async search(query) {
      const { hits } = await session.find(query, {});
      return hits.map(({ address, section }) => ({ address, section })).slice(0, 10);
    },
    bytes: () => session.gzipped(),
    files: () => [...session.loaded.keys()],
    forget: () => session.forget(),
    whole: () => whole(join(siteDir, "search")),
    close() {},
  };
}

/** What lies on the server, by the kind of file that a name begins with. */
function whole(folder) {
  const kinds = {};
  for (const name of readdirSync(folder)) {
    const kind = name.split(".")[0];
    kinds[kind] ??= { count: 0, bytes: 0 };
    kinds[kind].count += 1;
    kinds[kind].bytes += gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  }
  return kinds;
}
