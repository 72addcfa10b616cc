// The blocks of a file as pages of a readable length: a long chapter becomes a page for each of its sections.

import { quoted } from "./escape.mjs";

const FEWEST = 200;
const MOST = 2000;
/** Longer text without headings is a reference, not a lesson. */
const TOO_LONG = 3500;

const NUMBER = /^((Chapter|Appendix|Part) [A-Z\d]+(\.|:|\s\\?[-–])?\s+|([A-Z]|\d+|[IVX]+)(\\?\.\d+)*\\?\.\s+)(?=\S)/;
const USELESS =
  /^(see also|git|name|feedback|references|bibliography|index|legal notice|revision history|about this book|how-to \/ tutorials|table of contents|author|authors|license|documentation|credits|acknowledg\w+|sitemap|gnu general public license|foreword|preface|major contributions)$/i;
/** Says nothing without the name of the whole. */
const GENERIC =
  /^(description|options|configuration|commands|introduction|examples?|overview|conclusion|summary|notes?|usage|details|variables|output|discussion|requirements|limitations|background|general|bugs|syntax|methods|functions|invocation|basics|other|fields|repository|security|[\d.]+)$/i;

/** Pages of a file: `{ slug, title, markdown, words }`. */
export function pagesOf(wanted, path, blocks) {
  const stem = path.replace(/\.html$/, "");
  const tree = treeOf(manualPage(blocks));
  if (!tree) return [];
  return cut(tree).map(({ node, shown, words, inCode }) => {
    const own = slug(wanted.stem ? wanted.stem(stem) : stem);
    const title = plainTitle(node);
    const called = node !== tree && GENERIC.test(title) ? `${plainTitle(tree).split(":")[0]}: ${title}` : title;
    // The first page of a file that has a name goes by it; others are told apart by what they are about.
    const name = wanted.titles ? slug(called) : node === tree ? own : `${own}-${slug(title)}`;
    const address = `${wanted.short}-${name}`.slice(0, 80).replace(/-$/, "");
    return { slug: address, title: called, markdown: render(shown, 0), words, inCode };
  });
}

/** The file of a lesson. */
export function lesson(page) {
  return `---\ntitle: ${quoted(page.title)}\n---\n\n${page.markdown}\n`;
}

export function slug(text) {
  const plain = text.normalize("NFKD").toLowerCase();
  return plain
    .replace(/[’']/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A manual page is named by its first two headings, and its other headings shout. */
function manualPage(blocks) {
  const [title, name, line, ...rest] = blocks;
  if (!/Manual Page$/.test(title?.plain ?? "") || name?.plain !== "NAME" || !line?.markdown) return blocks;
  const calm = ({ text, plain, ...block }) => ({ ...block, text: calmer(text), plain: calmer(plain) });
  const words = line.markdown.replace(/\s+-\s+/, ": ");
  return [
    { level: 1, text: words, plain: words.replace(/[\\`]/g, "") },
    ...rest.map((each) => (each.level ? calm(each) : each)),
  ];
}

function calmer(text) {
  return /^[A-Z][A-Z /()-]+$/.test(text) ? text[0] + text.slice(1).toLowerCase() : text;
}

/** Sections within sections. The first heading is the title, whatever its level. */
function treeOf(blocks) {
  const first = blocks.findIndex((block) => block.level);
  if (first < 0) return undefined;
  const root = { ...blocks[first], level: 0, blocks: [], children: [] };
  const open = [root];
  for (const block of blocks.slice(first + 1)) {
    if (!block.level) {
      open.at(-1).blocks.push(block);
      continue;
    }
    while (open.length > 1 && open.at(-1).level >= block.level) open.pop();
    const node = { ...block, blocks: [], children: [] };
    open.at(-1).children.push(node);
    open.push(node);
  }
  return root;
}

/** A page of everything, or, where that is too much, without its largest parts, which become pages of their own. */
function cut(node) {
  const kept = new Set(node.children.filter((child) => !USELESS.test(plainTitle(child))));
  const own = [];
  const withKept = () => ({ ...node, text: undefined, children: node.children.filter((child) => kept.has(child)) });
  while (kept.size > 0 && size(withKept()) > MOST) {
    const largest = [...kept].reduce((a, b) => (size(b) > size(a) ? b : a));
    kept.delete(largest);
    own.push(largest);
  }
  own.sort((a, b) => node.children.indexOf(a) - node.children.indexOf(b));
  return [...page(node, withKept()), ...own.flatMap(cut)];
}

function page(node, shown) {
  const words = size(shown);
  const inCode = size(shown, "code");
  const readable = words >= FEWEST && words <= TOO_LONG && inCode < words && !USELESS.test(plainTitle(node));
  return readable ? [{ node, shown, words, inCode }] : [];
}

function size(node, of = "words") {
  const own = node.blocks.reduce((sum, block) => sum + block[of], 0);
  return node.children.reduce((sum, child) => sum + size(child, of), own);
}

/** Two levels of headings, as in a lesson; what lies deeper is a heading of the second level too. */
function render(node, depth) {
  const heading = node.text ? [`${"#".repeat(Math.min(3, depth + 1))} ${unnumbered(node.text)}`] : [];
  const blocks = node.blocks.map((block) => block.markdown);
  const children = node.children.filter(
    (child) => !USELESS.test(plainTitle(child)) && size(child) + size(child, "code") > 0,
  );
  return [...heading, ...blocks, ...children.map((child) => render(child, depth + 1))].join("\n\n");
}

function plainTitle(node) {
  return unnumbered(node.plain.replace(/\u00a0/g, " "));
}

function unnumbered(text) {
  return text
    .replace(/\u00a0/g, " ")
    .replace(NUMBER, "")
    .replace(/[¶#]\s*$/, "")
    .trim();
}
