// What the search answers, wherever the site lies: words that are marked, what it says of typing errors and synonyms,
// filters whose numbers are right, and replies that are copied as they were written.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { placeOf } from "./support/links.mjs";
import { inPlace, phone, places, until } from "./support/search-page.mjs";
import { read } from "./support/site.mjs";

const content = new URL("../../content/", import.meta.url);
/** What a hit of each chip is called. */
const KINDS = { Lessons: "Lesson", Replies: "Reply", Wins: "Win", Pages: "Page", Words: "Word" };

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => inPlace(browser, open, use, options));

  inThisPlace("words that were found are marked", async (search) => {
    await search.goto("index.html");
    await search.ask("counter offer");
    const hits = await search.showAll();
    const marks = hits.flatMap((hit) => hit.marks);
    assert.ok(
      marks.some((mark) => /\bcounter\b/i.test(mark)) && marks.some((mark) => /\boffers?\b/i.test(mark)),
      `${marks}`,
    );
    for (const mark of marks)
      assert.match(mark, /^[\p{L}\p{N}][\p{L}\p{N}’' -]*$/u, "a mark holds words and nothing else");
    for (const { excerpt, marks } of hits) assert.ok(marks.every((mark) => excerpt.includes(mark)));
  });

  inThisPlace("what was meant, and what was searched for as well, is told", async (search) => {
    await search.goto("index.html");
    assert.match(await search.ask("intervew"), /^Showing results for “interview”\. \d+ results?/);
    assert.ok((await search.hits()).some((hit) => hit.marks.some((mark) => /^interview/i.test(mark))));
    assert.match(await search.ask("the ofer, and thier pay"), /^Showing results for “the offer, and their pay”/);
    assert.match(await search.ask("turned down"), /^\d+ results, also for “.+”\.$/);
    assert.doesNotMatch(await search.ask("offer"), /Showing results/);
    assert.doesNotMatch(await search.ask("interview or interviews"), /“(.+), \1”/, "it is told once");
  });

  inThisPlace("what was meant stands in the place of what was typed, however that was written", async (search) => {
    await search.goto("index.html");
    const wrong = [];
    for (const [typed, meant] of [
      ["INTERVEW", "interview"],
      ["Intervéw", "interview"],
      ["candidate’s intervew?", "candidate’s interview?"],
      ["interview ntervie", "interview interview"],
    ]) {
      const said = await search.ask(typed);
      if (!said.startsWith(`Showing results for “${meant}”.`)) wrong.push(`${typed}: ${said}`);
    }
    assert.deepEqual(wrong, []);
  });

  inThisPlace("nothing found is said, and the list of everything offered", async (search, base) => {
    await search.goto("lessons/offers.html");
    assert.equal(await search.ask("qqqqxyzz"), "Nothing was found for “qqqqxyzz”.");
    assert.equal(await search.options.count(), 0);
    assert.equal(await search.input.getAttribute("aria-expanded"), "false");
    assert.equal(await search.input.getAttribute("aria-activedescendant"), null);
    await search.page.keyboard.press("ArrowDown");
    await search.page.keyboard.press("Enter");
    assert.equal(search.page.url(), `${base}lessons/offers.html`, "without a hit, Enter leads nowhere");
    await search.everything.click();
    await search.page.waitForURL(`${base}contents.html`);
  });

  inThisPlace("a kind shows its hits only, as many as its chip says", async (search) => {
    await search.goto("index.html");
    for (const query of ["offer", "turned down", "first messages people answer"]) {
      const total = totalIn(await search.ask(query));
      const [all, ...kinds] = await search.chips();
      assert.deepEqual(all, ["All", total], query);
      const sum = kinds.reduce((sum, [, number]) => sum + number, 0);
      assert.equal(sum, total, `${query}: ${kinds}`);
      for (const [name, number] of kinds) {
        await search.chooseKind(name);
        await search.says(saying(number), 2000);
        const hits = await search.showAll();
        assert.equal(hits.length, number, `${query}: ${name}`);
        for (const { trail } of hits) assert.ok(trail.startsWith(KINDS[name]), `${query}: "${trail}" among ${name}`);
        assert.deepEqual((await search.chips())[0], ["All", total], `${query}: after ${name}`);
      }
      await search.chooseKind("All");
    }
  });

  inThisPlace("choosing among kinds and topics keeps the focus", async (search) => {
    await search.goto("index.html");
    await search.ask("offer");
    const lessons = search.kind("Lessons").getByRole("radio");
    await lessons.focus();
    await search.page.keyboard.press("Space");
    await until(
      async () => (await search.hits()).every(isLesson),
      5000,
      () => "not only lessons are shown",
    );
    assert.equal(await hasFocus(lessons), true);
    await search.page.keyboard.press("ArrowRight");
    await until(
      async () => !(await search.hits()).some(isLesson),
      5000,
      () => "lessons are still shown",
    );
    assert.equal(await hasFocus(lessons), false);
    assert.equal(await search.page.evaluate(() => document.activeElement.matches(":checked")), true);
    await search.chooseKind("All");
    await search.chooseTopic(1);
    await search.answer();
    assert.equal(await hasFocus(search.topics.nth(1).getByRole("radio")), true);
  });

  inThisPlace("a topic shows the pages that have it", async (search, base) => {
    await search.goto("index.html");
    await search.ask("offer");
    const all = await search.showAll();
    const topics = (await search.topics.allTextContents()).map((topic) => topic.trim());
    assert.ok(topics.length > 3);
    for (const [place, topic] of topics.entries()) {
      // The first is any topic, and a third of the others will do.
      if (place % 3 !== 1) continue;
      await search.chooseTopic(place);
      const has = isTagged(topic, base);
      await until(
        async () => (await search.hits()).every(has),
        5000,
        () => `${topic}: a hit has another topic`,
      );
      const hits = await search.showAll();
      const found = new Set(hits.map(({ href }) => pageOf(href)));
      const lost = all.filter(has).filter(({ href }) => !found.has(pageOf(href)));
      assert.deepEqual(lost, [], `${topic}: hits are lost`);
      if (hits.length > 0) assert.deepEqual((await search.chips())[0], ["All", hits.length], topic);
    }
    await search.chooseTopic(0);
    await search.says(saying(all.length));
  });

  inThisPlace("a filter that leaves nothing can be taken back", async (search) => {
    await search.goto("index.html");
    await search.ask("news");
    await search.chooseKind("Wins");
    assert.match(await search.ask("legitimate interests"), /^Nothing of this kind was found/);
    await search.chooseKind("All");
    await search.says(/^\d+ results?/);
    assert.ok((await search.options.count()) > 0);
  });

  inThisPlace(
    "a reply is copied byte for byte",
    async (search, base) => {
      await search.goto("lessons/offers.html");
      await search.ask("thank you for");
      await search.chooseKind("Replies");
      await until(
        async () => (await search.hits()).every(isReply),
        5000,
        () => "not only replies are shown",
      );
      const replies = await search.showAll();
      const buttons = search.dialog.getByRole("button", { name: /^Cop/ });
      assert.ok(replies.length > 5);
      assert.equal(await buttons.count(), replies.length, "each reply can be copied");
      for (const [number, { href }] of replies.entries()) {
        const button = buttons.nth(number);
        const described = await button.getAttribute("aria-describedby");
        assert.equal(await search.options.nth(number).getAttribute("id"), described, "it says which reply it copies");
        await button.click();
        // The status may still say so of the reply before.
        const message = messageOf(placeOf(href, base).path);
        await until(
          async () => (await clipboard(search.page)) === message,
          2000,
          () => `${href} is not copied`,
        );
        await search.says("Copied");
        assert.equal(await hasFocus(button), true, "the button keeps the focus");
      }
      assert.equal(await search.dialog.isVisible(), true);
      assert.equal(search.page.url(), `${base}lessons/offers.html`);
    },
    where.includes("file") ? {} : { permissions: ["clipboard-read", "clipboard-write"] },
  );

  inThisPlace(
    "on a phone, hits and filters stand below the box without scrolling sideways",
    async (search) => {
      await search.goto("index.html");
      for (const query of ["counter offer", "qqqqxyzz", "w".repeat(500)]) {
        await search.ask(query);
        const wide = await search.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
        assert.ok(wide <= 0, `${query.slice(0, 20)}: the dialog is ${wide} px too wide`);
      }
    },
    { viewport: phone },
  );
}

test("without a clipboard a reply is copied all the same, and what cannot be copied is told", () =>
  inPlace(browser, places[0][1], async (search, base) => {
    await search.page.addInitScript(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    });
    await search.goto("index.html");
    await search.ask("counter offer");
    const hits = await search.hits();
    const copy = search.dialog.getByRole("button", { name: "Copy" }).first();
    await copy.click();
    await search.says("Copied");
    const { href } = hits.find(isReply);
    assert.equal(await clipboard(search.page), messageOf(placeOf(href, base).path));
    await search.page.evaluate(() => {
      document.execCommand = () => false;
    });
    await search.ask("thank you for");
    await copy.click();
    await search.says(/could not be copied/);
  }));

/** How many hits a sentence tells of. */
function totalIn(said) {
  return Number(/(\d+) results?\b/.exec(said)[1]);
}

/** Whether a hit stands on the page of a topic. */
function isTagged(topic, base) {
  const [list] = /<main.*<\/main>/s.exec(read(`tags/${topic}.html`));
  return ({ href }) => {
    const { path, fragment } = placeOf(href, base);
    return list.includes(`"../${path}"`) || list.includes(`"../${path}#${fragment}"`);
  };
}

function pageOf(href) {
  return href.replace(/#.*/, "");
}

function saying(number) {
  return new RegExp(`(^|\\. )${number} results?\\b`);
}

function isLesson({ trail }) {
  return trail.startsWith("Lesson");
}

function isReply({ trail }) {
  return trail.startsWith("Reply");
}

/** The message of a reply as its author wrote it. */
function messageOf(path) {
  const source = readFileSync(new URL(`replies/${basename(path, ".html")}.md`, content), "utf8");
  return source.replace(/^---\n.*?\n---\n/s, "").trim();
}

/** What a reader would paste. */
async function clipboard(page) {
  await page.evaluate(() => {
    const area = document.createElement("textarea");
    document.querySelector("dialog[open]").append(area);
    window.before = document.activeElement;
    area.focus();
  });
  await page.keyboard.press("Control+V");
  return page.evaluate(() => {
    const area = document.activeElement;
    const { value } = area;
    window.before.focus();
    area.remove();
    return value;
  });
}

function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
