// The built lessons as every engine sees them: a title, and sections that begin at each heading of two levels.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultTreeAdapter as dom, parse, serialize } from "parse5";

const SECTION = new Set(["h2", "h3"]);
const WITHIN_A_LINE = new Set([
  "a",
  "abbr",
  "b",
  "code",
  "del",
  "em",
  "i",
  "kbd",
  "mark",
  "s",
  "span",
  "strong",
  "sub",
  "sup",
]);

/** Every lesson: `{ slug, address, title, html, words, sections: [{ id, heading, text }] }`; the top of a page has the id "". */
export function readPages(siteDir) {
  const names = readdirSync(join(siteDir, "lessons")).filter((name) => name.endsWith(".html") && name !== "index.html");
  return names.sort().map((name) => page(name, readFileSync(join(siteDir, "lessons", name), "utf8")));
}

function page(name, source) {
  const main = find(parse(source), (node) => node.tagName === "main");
  const title = textOf(find(main, (node) => node.tagName === "h1"));
  const prose = find(main, (node) => attribute(node, "class") === "prose");
  // Links to the neighbours stand within the text's frame, and are no text.
  prose.childNodes = prose.childNodes.filter((node) => node.tagName !== "nav");
  const sections = [{ id: "", heading: "", text: "" }];
  for (const node of prose.childNodes) {
    if (SECTION.has(node.tagName)) sections.push({ id: attribute(node, "id"), heading: textOf(node), text: "" });
    else sections.at(-1).text += `${textOf(node)}\n`;
  }
  for (const section of sections) section.text = section.text.replace(/\n+/g, "\n").trim();
  const all = sections.map(({ heading, text }) => `${heading} ${text}`).join(" ");
  const words = `${title} ${all}`.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return {
    slug: name.replace(/\.html$/, ""),
    address: `lessons/${name}`,
    title,
    html: serialize(prose),
    words,
    sections,
  };
}

function find(node, test) {
  if (dom.isElementNode(node) && test(node)) return node;
  for (const child of node.childNodes ?? []) {
    const found = find(child, test);
    if (found) return found;
  }
  return undefined;
}

function attribute(node, name) {
  return node.attrs?.find((each) => each.name === name)?.value ?? "";
}

function textOf(node) {
  return raw(node).replace(/\s+/g, " ").trim();
}

/** Words of neighbouring blocks and cells must not run together. */
function raw(node) {
  if (dom.isTextNode(node)) return node.value;
  if (!dom.isElementNode(node)) return "";
  const text = node.childNodes.map(raw).join("");
  return WITHIN_A_LINE.has(node.tagName) ? text : ` ${text} `;
}
