// Texts and questions that nobody means well: markup, marks that turn the text round, endless words, names that objects
// have a meaning for. And languages that are written without spaces or with accents.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch } from "./support/browser.mjs";
import { inPlace, phone } from "./support/search-page.mjs";
import { tooWide } from "./support/seen.mjs";

const program = resolve(import.meta.dirname, "../../target/release/level-one");
const endless = "x".repeat(100_000);
const MARKUP = '<img src=x onerror="alert(1)">';

const CONTENT = {
  "site.yaml": "title: Hostile\nsynonyms:\n  - [kestrel, <b>falcon</b>]\n  - [constructor, __proto__, toString]\n",
  "lessons/m/module.yaml": 'title: "<b>Module</b> & more"\n',
  "lessons/m/script.md": lesson(
    "<script>alert(2)</script> kestrel",
    `## Heading \`${MARKUP}\`\n\nA plover \`</script><script>alert(3)</script>\` and \\<svg onload=alert(4)\\> &lt;b&gt;.`,
    `summary: '${MARKUP} heron'\ntags: ["<b>tag</b>"]\n`,
  ),
  "lessons/m/quotes.md": lesson(`Quotes "double" ''single'' \`tick\` &amp; < >`, `## "Dunlin"\n\n"Words" & 'words'.`),
  "lessons/m/marks.md": lesson(
    "Turnstone \u202eto left\u202c \u2067and\u2069 \u200fback",
    "Text \u202ethat \u2066turns.",
  ),
  "lessons/m/long.md": lesson(`Long ${endless}`, `## Longer ${endless}\n\nA godwit ${endless} ${endless}`),
  "lessons/m/emoji.md": lesson("Emoji 👋🏽 👩‍👩‍👧‍👦 whimbrel", "## 🎉\n\nA party 🎉🎉 for a curlew."),
  "lessons/m/nul.md": lesson("Sanderling", "## Nothing\n\nBefore\0after \u0001\u001b[31mnought\u007f."),
  "lessons/m/names.md": lesson(
    "__proto__ and constructor",
    "## toString\n\nThe hasOwnProperty of valueOf and __proto__.",
    "tags: [constructor, __proto__, toString]\n",
  ),
  "lessons/m/日本語.md": lesson(
    "面接の準備",
    "## 候補者\n\n候補者が内定を辞退したときは、まず感謝を伝えます。\n\n候选人拒绝了我们的录用通知，请先表示感谢。",
  ),
  "lessons/m/cafe.md": lesson("Café Zoë", "## Ångström\n\nA naïve façade, and a Straße."),
  "replies/reply.md": lesson("Reply with </script>", `Hello ${MARKUP} sandpiper,\n\n<!-- no comment --> "Bye".`),
  "glossary.yaml": `constructor: "${MARKUP.replaceAll('"', '\\"')} builds"\nredshank: A wader.\n`,
};

let browser;
let folder;
let site;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "level-one-hostile-"));
  for (const [path, text] of Object.entries(CONTENT)) {
    const full = join(folder, "content", path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  execFileSync(program, ["build", folder, "--dest-dir", join(folder, "site")], { stdio: "pipe" });
  site = { base: `${pathToFileURL(join(folder, "site")).href}/`, close: () => {} };
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const inHostileGuide = (name, use) => test(name, () => inPlace(browser, () => site, use, { viewport: phone }));

inHostileGuide("texts are shown as they are, and nothing is made of them", async (search) => {
  await search.goto("index.html");
  for (const [query, title] of [
    ["kestrel", "<script>alert(2)</script> kestrel"],
    ["heron", "<script>alert(2)</script> kestrel"],
    ["plover", `Heading ${MARKUP}`],
    ["script alert", "<script>alert(2)</script> kestrel"],
    ["dunlin", '"Dunlin"'],
    ["double single tick", `Quotes "double" 'single' \`tick\` &amp; < >`],
    ["turnstone", "Turnstone"],
    ["godwit", "Longer x"],
    ["x".repeat(60), "Longer x"],
    ["whimbrel", "Emoji 👋🏽 👩‍👩‍👧‍👦 whimbrel"],
    ["curlew", "🎉"],
    ["before nought", "Nothing"],
    ["sandpiper", "Reply with </script>"],
    ["builds", "constructor"],
    ["__proto__", "__proto__ and constructor"],
    ["constructor", "constructor"],
    ["tostring", "toString"],
    ["hasownproperty", "toString"],
    ["redshank", "redshank"],
  ]) {
    await search.ask(query);
    const hits = await search.hits();
    const found = hits.some((hit) => hit.title.startsWith(title));
    assert.ok(found, `${query.slice(0, 20)}: ${hits.map((hit) => hit.title.slice(0, 40)).join(" | ")}`);
    assert.deepEqual(await search.page.evaluate(strange), [], query);
    assert.deepEqual(await search.page.evaluate(tooWide), [], query.slice(0, 20));
    assert.ok((await search.chips().catch(() => [])).every(([, number]) => number >= 0));
  }
});

inHostileGuide("what turns the text round ends with its hit", async (search) => {
  await search.goto("index.html");
  await search.ask("turnstone");
  const directions = await search.options
    .first()
    .locator("strong, .small, .excerpt")
    .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).unicodeBidi));
  assert.equal(directions.length, 3);
  for (const bidi of directions) assert.match(bidi, /isolate|plaintext/);
});

inHostileGuide("every hit opens", async (search) => {
  for (const [query, heading] of [
    ["plover", `Heading ${MARKUP}`],
    ["godwit", "Longer x"],
    ["curlew", "🎉"],
    ["辞退", "候補者"],
    ["façade", "Ångström"],
    ["constructor", "constructor"],
  ]) {
    await search.goto("index.html");
    await search.ask(query);
    await search.openHit((await search.hits()).findIndex(({ title }) => title.startsWith(heading)));
    await search.page.waitForURL(/\.html#/);
    const text = await search.page.evaluate(() => {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)))?.textContent ?? "";
    });
    assert.ok(text.trim().startsWith(heading), `${query}: ${text.slice(0, 60)}`);
    await search.open();
    assert.deepEqual(await search.page.evaluate(tooWide), [], query);
  }
});

inHostileGuide("a topic may have any name", async (search) => {
  await search.goto("index.html");
  // All pages that have a topic say one of these.
  await search.ask("constructor kestrel");
  const topics = (await search.topics.allTextContents()).map((topic) => topic.trim());
  for (const topic of ["<b>tag</b>", "constructor", "__proto__", "toString"]) {
    await search.chooseTopic(topics.indexOf(topic));
    await search.says(/^1 result\b/);
    assert.equal(await search.options.count(), 1, topic);
    await search.chooseTopic(0);
    await search.says(/^\d+ results/);
  }
});

inHostileGuide("no question is too strange for an answer", async (search) => {
  await search.goto("index.html");
  for (const query of [
    "x".repeat(10_000),
    "kestrel ".repeat(1_250),
    "é".repeat(10_000),
    "候".repeat(10_000),
    "a-b-c-".repeat(2_000),
    "\ud800",
    "kestrel \udc00",
    "\ud83d".repeat(1_001),
    "a\0b",
    "\0",
    "?!.,;:-–—’'\"",
    "---",
    "👋🏽🎉",
    "__proto__",
    "constructor",
    "tostring hasownproperty valueof",
    ".*+?^$ {}()|[]\\",
    "(kestrel|plover)+$",
    "$& $1 $` kestrell",
    "<script>alert(9)</script>",
    MARKUP,
    "\u202e\u2067kestrel",
    "#0",
    "{words} {n}",
    "kestrel".toUpperCase(),
  ]) {
    const said = await search.ask(query);
    assert.match(said, /\d+ results?\b|^Nothing was found for “/s, JSON.stringify(query.slice(0, 40)));
    assert.ok(said.length < 200, `${said.length} letters are said`);
    assert.deepEqual(await search.page.evaluate(strange), [], query.slice(0, 40));
    assert.deepEqual(await search.page.evaluate(tooWide), [], query.slice(0, 40));
  }
});

inHostileGuide("a question of spaces is none", async (search) => {
  await search.goto("index.html");
  await search.ask("kestrel");
  await search.input.fill(" ".repeat(500));
  await search.says("");
  assert.equal(await search.options.count(), 0);
});

inHostileGuide("what nothing was found for is said as it was typed", async (search) => {
  await search.goto("index.html");
  for (const query of ["<zzzqq>", "$& zzzqq", "{zzzqq} “$&”"]) {
    assert.equal(await search.ask(query), `Nothing was found for “${query}”.`);
  }
  const said = await search.ask(`zzzqq${"👋".repeat(100)}`);
  assert.doesNotMatch(said, /\p{Surrogate}/u, "a character is cut in two");
});

inHostileGuide("texts without spaces are found by a part of them", async (search) => {
  await search.goto("index.html");
  for (const query of ["面接", "準備", "内定を辞退", "感謝", "候选人", "拒绝", "录用通知"]) {
    await search.ask(query);
    const hits = await search.hits();
    assert.ok(hits[0]?.href.includes("/lessons/"), `${query}: nothing`);
    assert.ok(
      hits.every(({ trail, title }) => `${title} ${trail}`.match(/面接の準備/)),
      `${query}: ${hits.map(({ title }) => title)}`,
    );
  }
});

inHostileGuide("of a text without spaces, what was found is marked and no more", async (search) => {
  await search.goto("index.html");
  await search.ask("拒绝");
  const [{ marks }] = await search.hits();
  assert.deepEqual([...new Set(marks)], ["拒绝"]);
});

inHostileGuide("accents may be left out, and may be typed", async (search) => {
  await search.goto("index.html");
  for (const query of ["cafe", "café", "CAFÉ", "cafe\u0301", "zoe", "angstrom", "naive", "facade", "strasse", "caf"]) {
    await search.ask(query);
    const hits = await search.hits();
    assert.ok(
      hits.some(({ title, trail }) => `${title} ${trail}`.includes("Café Zoë")),
      query,
    );
  }
});

function lesson(title, text, more = "") {
  // In single quotes YAML reads nothing but a doubled quote.
  return `---\ntitle: '${title.includes("''") ? title : title.replaceAll("'", "''")}'\n${more}---\n${text}\n`;
}

// What follows runs in the page.
/** What can only have come out of a text. */
function strange() {
  return [...document.querySelectorAll("dialog[open] *")]
    .filter((element) => {
      const isForeign = element.matches("script, img, b, style, iframe");
      return isForeign || [...element.attributes].some(({ name }) => /^on|^style$/.test(name));
    })
    .map((element) => element.outerHTML.slice(0, 100));
}
