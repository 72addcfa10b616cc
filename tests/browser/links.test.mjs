// The site works wherever it lies: every page is opened in a sub-path and from its folder, and every address that Chromium
// sees there leads to a file of the site. What holds in a sub-path holds at `/`.

import { after, before, test } from "node:test";
import { launch, readMarkup } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { addressesIn, faultOf, placeOf, schemeOf } from "./support/links.mjs";
import { folder, serve } from "./support/server.mjs";
import { files, pages, read, readable } from "./support/site.mjs";
import { watch } from "./support/watch.mjs";

const known = new Set(files);
const aliases = pages.filter((page) => page.alias);

let browser;
let markup;

before(async () => {
  browser = await launch();
  const page = await browser.newPage();
  markup = new Map();
  for (const { path, source } of pages) markup.set(path, await readMarkup(page, source, addressesIn));
});
after(() => browser?.close());

test("every address is relative and ends in a file name", () => {
  const findings = new Findings();
  for (const [path, addresses] of markup) {
    for (const fault of addresses.map(faultOf)) if (fault) findings.add(path, fault);
  }
  findings.expectNone();
});

test("every page can be reached from index.html without script", () => {
  const reached = new Set(["index.html"]);
  for (const path of reached) {
    for (const { value } of markup.get(path) ?? []) {
      const target = schemeOf(value)
        ? undefined
        : placeOf(new URL(value, `http://site.invalid/${encodeURI(path)}`), "http://site.invalid/");
      if (target) reached.add(target.path);
    }
  }
  const findings = new Findings();
  for (const { path } of readable) {
    if (path !== "404.html" && !reached.has(path)) findings.add(path, "no way leads here");
  }
  findings.expectNone();
});

for (const [name, open] of [
  ["at /a/b/", () => serve("/a/b/")],
  ["from file://", () => folder],
]) {
  test(`every page loads cleanly and every link arrives, ${name}`, () =>
    inPlace(open, async (context, base, findings) => {
      const seen = await visitAll(context, base, findings);
      for (const [path, live] of seen) {
        for (const address of live.addresses) {
          const fault = arrival(address, live.base, base, seen);
          if (fault) findings.add(path, fault);
        }
      }
    }));

  const skip = aliases.length === 0 && "the site has no aliases";
  test(`every alias leads to a page, ${name}`, { skip }, () =>
    inPlace(open, async (context, base, findings) => {
      for (const { path } of aliases) {
        const end = await followAlias(context, new URL(encodeURI(path), base).href);
        const arrived = placeOf(end, base)?.path;
        if (!readable.some((page) => page.path === arrived)) findings.add(path, `leads to ${end}`);
      }
    }),
  );
}

async function inPlace(open, look) {
  const place = await open();
  const context = await browser.newContext();
  const findings = new Findings();
  try {
    await look(context, place.base, findings);
  } finally {
    await context.close();
    place.close();
  }
  findings.expectNone();
}

async function followAlias(context, alias) {
  // A page of its own, since a redirect that fails would disturb the next one. It closes with its context: Chromium can
  // lose a page that is told to close while it is on its way elsewhere.
  const page = await context.newPage();
  // The redirect may overtake the load, and it may fail; only where it ends counts.
  await page.goto(alias).catch(() => {});
  await page.waitForURL((url) => url.href !== alias, { timeout: 5000 }).catch(() => {});
  return page.url();
}

// Opens each page in turn, records what went wrong, and answers its addresses and ids as they stand in the live page.
async function visitAll(context, base, findings) {
  const page = await context.newPage();
  let path;
  await watch(page, base, (text) => findings.add(path, text));

  const seen = new Map();
  for (const target of readable) {
    path = target.path;
    await page.goto(new URL(encodeURI(path), base).href, { waitUntil: "load" });
    const live = await page.evaluate(`({
      addresses: (${addressesIn})(document),
      base: document.baseURI,
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
    })`);
    seen.set(path, { ...live, ids: new Set(live.ids) });
  }
  return seen;
}

function arrival({ tag, attribute, value }, documentBase, siteBase, seen) {
  if (schemeOf(value)) return undefined;
  const written = `<${tag} ${attribute}="${value}">`;
  const target = placeOf(new URL(value, documentBase), siteBase);
  if (!target) return `${written} leads out of the site`;
  if (!known.has(target.path)) return `${written} leads to ${target.path || "the folder"}, which is not there`;
  if (target.fragment && !hasId(target, seen)) return `${written}: nothing in ${target.path} has that id`;
  return undefined;
}

function hasId({ path, fragment }, seen) {
  if (seen.has(path)) return seen.get(path).ids.has(fragment);
  return path.endsWith(".svg") && read(path).includes(`id="${fragment}"`);
}
