// What machines read: the Atom feed and the sitemap. The sitemap needs a base address, so not every site has one.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, readMarkup } from "./support/browser.mjs";
import { schemeOf } from "./support/links.mjs";
import { files, read } from "./support/site.mjs";

const ATOM = "http://www.w3.org/2005/Atom";
const SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9";
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const DAY = /^\d{4}-\d\d-\d\d$/;

let browser;
let page;

before(async () => {
  browser = await launch();
  page = await browser.newPage();
});
after(() => browser?.close());

test("feed.xml is an Atom feed", { skip: absent("feed.xml") }, async () => {
  const { root, entries } = await readMarkup(page, read("feed.xml"), feedIn, "text/xml");
  assert.equal(root.fault, "", "feed.xml is not well-formed");
  assert.deepEqual([root.name, root.space], ["feed", ATOM]);
  for (const { label, id, title, updated, links } of [{ label: "the feed", ...root }, ...entries]) {
    assert.ok(id, `${label} has no id`);
    assert.ok(title, `${label} has no title`);
    assert.match(updated, TIME, `${label}: updated`);
    assert.ok(
      links.every((link) => schemeOf(link) || files.includes(decodeURI(link.replace(/[?#].*$/s, "")))),
      `${label} links to ${links}`,
    );
  }
  for (const { label, links } of entries) assert.ok(links.length > 0, `${label} has no link`);
  const ids = entries.map((entry) => entry.id);
  assert.equal(new Set(ids).size, ids.length, "two entries share an id");
});

test("sitemap.xml is a sitemap", { skip: absent("sitemap.xml") }, async () => {
  const { root, places } = await readMarkup(page, read("sitemap.xml"), sitemapIn, "text/xml");
  assert.equal(root.fault, "", "sitemap.xml is not well-formed");
  assert.deepEqual([root.name, root.space], ["urlset", SITEMAP]);
  assert.ok(places.length > 0, "sitemap.xml names no page");
  for (const { address, changed } of places) {
    assert.ok(["http", "https"].includes(schemeOf(address)), `"${address}" is not absolute`);
    if (changed) assert.ok(DAY.test(changed) || TIME.test(changed), `lastmod "${changed}" of ${address}`);
  }
});

function absent(path) {
  return !files.includes(path) && `the site has no ${path}`;
}

// The two below run in the page.
function feedIn(document) {
  const child = (parent, name) =>
    [...parent.children].find((element) => element.localName === name)?.textContent.trim();
  const read = (element) => ({
    id: child(element, "id"),
    title: child(element, "title"),
    updated: child(element, "updated") ?? "",
    links: [...element.children]
      .filter(({ localName }) => localName === "link")
      .map((link) => link.getAttribute("href") ?? ""),
  });
  const root = document.documentElement;
  return {
    root: {
      ...read(root),
      name: root.localName,
      space: root.namespaceURI,
      fault: document.querySelector("parsererror")?.textContent ?? "",
    },
    entries: [...root.children]
      .filter(({ localName }) => localName === "entry")
      .map((entry, index) => ({ label: `entry ${index + 1}`, ...read(entry) })),
  };
}

function sitemapIn(document) {
  const root = document.documentElement;
  return {
    root: {
      name: root.localName,
      space: root.namespaceURI,
      fault: document.querySelector("parsererror")?.textContent ?? "",
    },
    places: [...document.querySelectorAll("url")].map((url) => ({
      address: url.querySelector("loc")?.textContent.trim() ?? "",
      changed: url.querySelector("lastmod")?.textContent.trim() ?? "",
    })),
  };
}
