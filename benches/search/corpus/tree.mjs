// The HTML of a manual as a flat run of blocks: headings, and Markdown between them.

import { defaultTreeAdapter as dom, parse } from "parse5";
import { code, escapeText, fenced, startOfBlock } from "./escape.mjs";

const HEADING = /^h([1-6])$/;
const INLINE = new Set(
  "a abbr acronym b bdi bdo big br cite code dfn em font i img kbd label mark q s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);
const CODE = new Set(["code", "kbd", "samp", "tt"]);
const NEVER = new Set("script style nav form button svg img head noscript iframe select input textarea".split(" "));

/** What only helps to get about: tables of contents, links to neighbours, marks beside headings, footnote marks. */
const AROUND =
  /(^| )(navheader|navfooter|docnav|toc|list-of-\S+|indexterm|headerlink|permalink|related|sphinxsidebar|footer|footnotes?|linenos|toctree-wrapper|contents|topic|toplang|bottomlang|up|top|menu|comments|seealso-list|buttons|titlepage-abstract|mobile-nav-chapters|nav-chapters|versionmodified)( |$)/;
const AROUND_IDS = new Set(
  "page-header path quickview footer comments_section sidebar menu-bar searchbox toc banner title".split(" "),
);
const TEXT_IDS = new Set(["page-content", "yui-main"]);

/** Boxes whose title is no heading of the text, and titles of such boxes that say nothing. */
const BOX = /(^| )(note|tip|warning|important|caution|admonition\S*|sidebar|example|figure|table)( |$)/;
const BOX_TITLE = /^(note|tip|warning|important|caution)$/i;

/** Code of more lines than this is left out: a guide for training has none, and it would drown the prose. */
const LONGEST_CODE = 20;

/** Reads a file's text: `[{ level, text, plain }` for a heading or `{ markdown, words, code }]` for any other block. */
export function blocksOf(source) {
  // Manuals made as XHTML close empty elements in a way that HTML does not know.
  const html = source.replace(/<(a|span|div|p|td|th|em|i|b)(\s[^<>]*)?\/>/g, "<$1$2></$1>");
  const document = parse(html);
  const language = attribute(
    document.childNodes.find((node) => node.tagName === "html"),
    "lang",
  );
  // Among the English pages of some manuals lie translations.
  if (language && !/^en\b/.test(language)) return [];
  const blocks = [];
  walk(textOf(document), blocks);
  return blocks;
}

/** The element with the text: what says so, or the body. */
function textOf(document) {
  const says = (node) =>
    attribute(node, "role") === "main" || node.tagName === "main" || TEXT_IDS.has(attribute(node, "id"));
  return find(document, says) ?? find(document, (node) => node.tagName === "body");
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

function dropped(node) {
  if (NEVER.has(node.tagName) || AROUND_IDS.has(attribute(node, "id"))) return true;
  return AROUND.test(attribute(node, "class")) || attribute(node, "role") === "navigation";
}

function walk(node, blocks) {
  let loose = [];
  const flush = () => {
    paragraph(loose, blocks);
    loose = [];
  };
  for (const child of node.childNodes ?? []) {
    if (dom.isTextNode(child) || (dom.isElementNode(child) && INLINE.has(child.tagName) && !hasBlock(child))) {
      loose.push(child);
    } else if (dom.isElementNode(child) && !dropped(child)) {
      flush();
      block(child, blocks);
    }
  }
  flush();
}

function hasBlock(node) {
  return (node.childNodes ?? []).some(
    (child) => dom.isElementNode(child) && (!INLINE.has(child.tagName) || hasBlock(child)),
  );
}

function block(node, blocks) {
  const heading = HEADING.exec(node.tagName);
  if (heading) {
    const text = inline(node.childNodes);
    if (text) blocks.push({ level: Number(heading[1]), text, plain: plain(node) });
  } else if (node.tagName === "p") walk(node, blocks);
  else if (node.tagName === "pre") pre(node, blocks);
  else if (node.tagName === "ul" || node.tagName === "ol") list(node, blocks);
  else if (node.tagName === "dl") definitions(node, blocks);
  else if (node.tagName === "table") table(node, blocks);
  else if (BOX.test(attribute(node, "class"))) box(node, blocks);
  else walk(node, blocks);
}

function box(node, blocks) {
  const inside = [];
  walk(node, inside);
  for (const part of inside) {
    if (!part.level) blocks.push(part);
    else if (!BOX_TITLE.test(part.plain))
      blocks.push({ markdown: startOfBlock(part.text), words: count(part.plain), code: 0 });
  }
}

function paragraph(nodes, blocks) {
  const text = inline(nodes);
  if (/[\p{L}\p{N}]/u.test(text)) blocks.push({ markdown: startOfBlock(text), words: count(text), code: 0 });
}

function pre(node, blocks) {
  const text = raw(node).replace(/^\n+|\s+$/g, "");
  const lines = text.split("\n").length;
  if (text && lines <= LONGEST_CODE) blocks.push({ markdown: fenced(text), words: 0, code: count(text) });
}

function list(node, blocks) {
  const items = elements(node, ["li"]).map((item) => {
    const inside = [];
    walk(item, inside);
    return inside;
  });
  const marker = (number) => (node.tagName === "ol" ? `${number + 1}. ` : "- ");
  join(items, marker, blocks);
}

/** A list of terms as bullets, each term in front of what it means. */
function definitions(node, blocks) {
  const items = [];
  for (const child of elements(node, ["dt", "dd"])) {
    const inside = [];
    walk(child, inside);
    if (child.tagName === "dt" || items.length === 0) items.push(inside);
    else items.at(-1).push(...inside);
  }
  join(items, () => "- ", blocks);
}

/** Items of a list as one block; a heading among them stands on its own, since sections cut lists apart. */
function join(items, marker, blocks) {
  const lines = [];
  let words = 0;
  let inCode = 0;
  for (const [number, inside] of items.entries()) {
    const parts = inside.map((part) => part.markdown ?? startOfBlock(part.text));
    if (parts.length === 0) continue;
    const mark = marker(number);
    const indent = " ".repeat(mark.length);
    lines.push(mark + parts.join("\n\n").replace(/\n(?=.)/g, `\n${indent}`));
    for (const part of inside) {
      words += part.words ?? count(part.text);
      inCode += part.code ?? 0;
    }
  }
  if (lines.length > 0) blocks.push({ markdown: lines.join("\n"), words, code: inCode });
}

function table(node, blocks) {
  const rows = elements(node, ["tr"], ["table"]).map((row) =>
    elements(row, ["td", "th"]).map((cell) => inline(cell.childNodes)),
  );
  const filled = rows.filter((row) => row.some(Boolean));
  const width = Math.max(0, ...filled.map((row) => row.length));
  // A table of one cell is a frame around text, and one without a second row has no heads.
  if (width < 2 || filled.length < 2) return walk(node, blocks);
  const line = (row) => `| ${Array.from({ length: width }, (_, column) => row[column] ?? "").join(" | ")} |`;
  const [head, ...body] = filled.map(line);
  const markdown = [head, `|${" --- |".repeat(width)}`, ...body].join("\n");
  blocks.push({ markdown, words: count(markdown), code: 0 });
}

/** Elements of these names below a node, not looking into ones that are found, nor into `not`. */
function elements(node, names, not = []) {
  return (node.childNodes ?? []).filter(dom.isElementNode).flatMap((child) => {
    if (names.includes(child.tagName)) return [child];
    if (not.includes(child.tagName) || dropped(child)) return [];
    return elements(child, names, not);
  });
}

function inline(nodes) {
  return nodes.map(one).join("").replace(/\s+/g, " ").trim();
}

function one(node) {
  if (dom.isTextNode(node)) return escapeText(node.value);
  if (!dom.isElementNode(node) || dropped(node)) return "";
  if (node.tagName === "br") return " ";
  if (CODE.has(node.tagName)) return code(raw(node));
  // Blocks inside a cell or a heading run together, but their words must not.
  const text = node.childNodes.map(one).join("");
  return INLINE.has(node.tagName) ? text : ` ${text} `;
}

function plain(node) {
  return raw(node).replace(/\s+/g, " ").trim();
}

function raw(node) {
  if (dom.isTextNode(node)) return node.value;
  if (!dom.isElementNode(node) || dropped(node)) return "";
  return node.tagName === "br" ? "\n" : node.childNodes.map(raw).join("");
}

function count(text) {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
