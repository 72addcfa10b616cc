// The journal as Markdown: whatever a reader has typed, it says the same there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const world = {};
vm.runInNewContext(readFileSync(new URL("markdown.journal.js", import.meta.url), "utf8"), world);
const { line, paragraphs } = world.levelOneMarkdown;

for (const [name, text, written] of [
  ["plain words stay plain", "It took four minutes. (Thanks first!)", "It took four minutes. (Thanks first!)"],
  ["emphasis", "*not* __so__ ~~this~~", "\\*not\\* \\_\\_so\\_\\_ \\~\\~this\\~\\~"],
  ["HTML and entities", "<img src=x onerror=alert(1)> &amp;", "\\<img src=x onerror=alert(1)\\> \\&amp;"],
  ["links and pictures", "![a](b) [c]: d", "!\\[a\\](b) \\[c\\]: d"],
  ["code, sums and tables", "`a` $b$ | c", "\\`a\\` \\$b\\$ \\| c"],
  ["a backslash", "C:\\new\\", "C:\\\\new\\\\"],
  ["headings", "# One\n===", "\\# One\\\n\\==="],
  ["lists", "- a\n+ b\n1. c\n12) d", "\\- a\\\n\\+ b\\\n1\\. c\\\n12\\) d"],
  ["a number in the middle", "at 9. or 10)", "at 9. or 10)"],
  ["a rule", "---", "\\---"],
  ["quotations", "> a", "\\> a"],
  ["what would be code", "    a\n\tb", "&nbsp;&nbsp;&nbsp;&nbsp;a\\\n&nbsp;b"],
  ["lines and paragraphs", "a  \r\nb\r\rc\n", "a\\\nb\n\nc"],
]) {
  test(`a note keeps ${name}`, () => assert.equal(paragraphs(text), written));
}

for (const [text, written] of [
  ["  one\n two ", "one two"],
  ["C# [x](y) *z*", "C\\# \\[x\\](y) \\*z\\*"],
  ["- a - b", "\\- a - b"],
]) {
  test(`a title stays in its line: ${JSON.stringify(text)}`, () => assert.equal(line(text), written));
}
