// Each page's markup, as it stands in the file.

import { after, before, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { launch, readMarkup } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { pages } from "./support/site.mjs";

let browser;
let outlines;

before(async () => {
  browser = await launch();
  const page = await browser.newPage();
  outlines = [];
  for (const { path, source, alias } of pages) {
    outlines.push({ path, alias, ...(await readMarkup(page, source, outlineOf)) });
  }
});
after(() => browser?.close());

test("html-validate finds nothing", async () => {
  const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });
  const findings = new Findings();
  for (const { path, source } of pages) {
    const report = await validator.validateString(source, path);
    for (const { line, column, ruleId, message } of report.results.flatMap((result) => result.messages)) {
      findings.add(`${path}:${line}:${column}`, `${ruleId}: ${message}`);
    }
  }
  findings.expectNone();
});

every("page has one h1 and one main", ({ alias, h1, main }) => {
  if (alias) return [];
  return [...one("h1", h1), ...one("main", main)];
});

every("id is unique on its page", ({ ids }) => repeated(ids).map((id) => `id "${id}" stands twice`));

every("heading is at most one level below the one before", ({ headings }) =>
  headings.flatMap((outline) => {
    const levels = outline.map((heading) => heading.level);
    return outline
      .filter(({ level }, index) => level > (levels[index - 1] ?? 1) + 1)
      .map(({ level, text }) => `h${level} "${text}" skips a level`);
  }),
);

every("page asks for the strict content security policy, and keeps to it", ({ policy, inline }) =>
  policy === "default-src 'self'" ? inline : [`the policy is ${policy}`, ...inline],
);

every("image has alt, width and height", ({ images }) => images);

every("page has a title", ({ title }) => (title ? [] : ["no title"]));

test("no two pages share a title", () => {
  const findings = new Findings();
  const read = outlines.filter(({ alias }) => !alias);
  for (const title of repeated(read.map((outline) => outline.title))) {
    const sharing = read.filter((outline) => outline.title === title).map(({ path }) => path);
    findings.add(sharing.join(", "), `title "${title}"`);
  }
  findings.expectNone();
});

function every(name, faultsOf) {
  test(`every ${name}`, () => {
    const findings = new Findings();
    for (const outline of outlines) {
      for (const fault of faultsOf(outline)) findings.add(outline.path, fault);
    }
    findings.expectNone();
  });
}

function one(name, count) {
  return count === 1 ? [] : [`${count} ${name} elements instead of one`];
}

function repeated(values) {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

// Runs in the page. Templates are looked into: what scripts clone out of them must be as clean as the rest.
function outlineOf(document) {
  const elements = [];
  const gather = (root) => {
    for (const element of root.querySelectorAll("*")) {
      elements.push(element);
      if (element.content instanceof DocumentFragment) gather(element.content);
    }
  };
  gather(document);

  const inline = [];
  const images = [];
  for (const element of elements) {
    const tag = element.localName;
    if (tag === "style") inline.push("<style> element");
    if (tag === "script" && !element.hasAttribute("src")) inline.push("<script> without src");
    for (const { name } of element.attributes) {
      if (name === "style" || /^on/.test(name)) inline.push(`${name}= on <${tag}>`);
    }
    if (tag !== "img") continue;
    const missing = ["width", "height"].filter((name) => !/^\d+$/.test(element.getAttribute(name) ?? ""));
    if (!element.hasAttribute("alt")) missing.unshift("alt");
    if (missing.length > 0) images.push(`<img src="${element.getAttribute("src")}"> lacks ${missing.join(" and ")}`);
  }

  // A dialog is heard on its own, so its headings are an outline of their own, from any level on.
  const outlines = new Map();
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const root = heading.closest("dialog, [role=dialog], [role=alertdialog]");
    if (!outlines.has(root)) outlines.set(root, []);
    outlines.get(root).push({ level: Number(heading.localName[1]), text: heading.textContent.trim() });
  }

  // A policy holds for what comes after it.
  const [first] = document.querySelectorAll(
    'meta[http-equiv="Content-Security-Policy"], script, link[rel="stylesheet"]',
  );

  return {
    policy: first?.getAttribute("content"),
    title: document.title.trim(),
    h1: document.querySelectorAll("h1").length,
    main: document.querySelectorAll("main").length,
    ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
    headings: [...outlines.values()],
    inline,
    images,
  };
}
