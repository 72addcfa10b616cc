// Reads the files of searches in folders, as the page does, and compares them with what stands beside them:
// `expected.txt` holds a word, a page, a section and a level a line. See `tests/search.rs`.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { engine } from "../browser/support/engine.mjs";

const { part } = engine();
const folder = process.argv[2];
const sites = readdirSync(folder);
for (const site of sites) {
  const own = join(folder, site);
  const load = async (name) => {
    let data;
    // The file calls this function, as in the page.
    const run = new Function("levelOneSearch", readFileSync(join(own, "search", `${name}.js`), "utf8"));
    run((as, value) => {
      assert.equal(as, name);
      data = value;
    });
    return data;
  };
  const store = await part("store").open(load);
  const read = [];
  let last;
  for (let number = 0; store.shardsFrom("", "\uffff\uffff").includes(number); number++) {
    const { words, starts, pages, places } = await store.shard(number);
    words.forEach((word, at) => {
      assert.ok(last === undefined || last < word, `${last} stands before ${word}`);
      assert.equal(store.shardOf(word), number, word);
      last = word;
      for (let place = starts[at]; place < starts[at + 1]; place++) {
        read.push(`${word} ${pages[place]} ${Math.floor(places[place] / 10)} ${places[place] % 10}`);
      }
    });
  }
  const expected = readFileSync(join(own, "expected.txt"), "utf8").split("\n").filter(Boolean);
  assert.deepEqual(read, expected, `site ${site}`);
  // Every page has its label and its text.
  for (let page = 0; page < store.pages; page++) {
    const label = await store.label(page);
    assert.match(label.address, /^lessons\/\d{5}\.html$/);
    assert.equal(label.trail, 'a "trail" </script>\u2028');
    assert.ok(Array.isArray((await store.text(label)).sections));
  }
}
console.log(`${sites.length} sites`);
