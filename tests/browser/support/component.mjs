// A component's script in node: no page, only the class that it defines, for its rules.

import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import vm from "node:vm";

const folder = resolve(import.meta.dirname, "../../../themes/default/components");

/** The class that the script of a component defines. */
export function component(name) {
  // Some are loaded on some pages only, which their name tells.
  const script = readdirSync(`${folder}/${name}`).find((found) => /^[\w-]+(\.[a-z]+)?\.js$/.test(found));
  const file = `${folder}/${name}/${script}`;
  const defined = new Map();
  const customElements = { define: (tag, made) => defined.set(tag, made) };
  const world = vm.createContext({ HTMLElement: class {}, URLSearchParams, customElements });
  for (const filename of [`${folder}/basics/basics.js`, file]) {
    vm.runInContext(readFileSync(filename, "utf8"), world, { filename });
  }
  return defined.get(name);
}
