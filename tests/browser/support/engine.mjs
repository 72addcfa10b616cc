// The search of a built site in node: the same scripts that the page loads, and the files that they ask for.

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import vm from "node:vm";
import { gzipSync } from "node:zlib";

const folder = resolve(import.meta.dirname, "../../../themes/default/components/search-dialog/engine");

/** The engine's parts by name, each made when it is first asked for, in a world of their own. */
export function engine() {
  const factories = new Map();
  const made = new Map();
  const context = vm.createContext({ levelOneSearch: (name, factory) => factories.set(name, factory) });
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
    vm.runInContext(readFileSync(join(folder, file), "utf8"), context, { filename: file });
  }
  const part = (name) => {
    if (!made.has(name)) made.set(name, factories.get(`engine/${name}`)({ part }));
    return made.get(name);
  };
  return { part };
}

/** Opens the search of the site in a folder. */
export function openSearch(siteDir) {
  const { part } = engine();
  const loaded = new Map();
  const load = async (name) => {
    const file = `search/${name}.js`;
    const text = readFileSync(join(siteDir, file), "utf8");
    loaded.set(file, text.length);
    let data;
    vm.runInNewContext(text, {
      levelOneSearch: (_, value) => {
        data = value;
      },
    });
    return data;
  };
  let opened = part("find").open(load);
  return {
    loaded,
    gzipped: () =>
      [...loaded.keys()].reduce(
        (sum, file) => sum + gzipSync(readFileSync(join(siteDir, file)), { level: 9 }).length,
        0,
      ),
    forget() {
      loaded.clear();
      opened = part("find").open(load);
    },
    find: async (query, options) => (await opened).find(query, options),
  };
}
