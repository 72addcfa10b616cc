// The journal: notes and plans of all lessons together. What must always hold: it shows what is kept and no more, what was
// taken out can be put back, and nothing that is kept becomes anything but text.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { KEY, keep, kept, visit } from "./support/frame.mjs";
import { arrival, desk, phone, places, until } from "./support/search-page.mjs";
import { hasFocus, smallTargets, tooWide } from "./support/seen.mjs";
import { readable } from "./support/site.mjs";

const PAGE = "journal.html";
const DAY = 86_400_000;
/** Lessons of the guide, by their slugs. */
const [ONE, OTHER] = readable
  .map(({ path }) => /^lessons\/([\w-]+)\.html$/.exec(path)?.[1])
  .filter((slug) => slug && slug !== "index");

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const soon = (holds, instead) => until(holds, 5000, () => instead);
const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

/** What a reader has kept, the note of the other lesson last. */
const full = () => ({
  version: 2,
  theme: "light",
  days: ["2026-11-01", "2026-11-02"],
  lessons: {
    [ONE]: {
      title: "One lesson",
      module: "m",
      done: "2026-11-02",
      notes: {
        first: { prompt: "What was it?", text: "A note.\n\n  With <b>lines</b>.", at: Date.now() - 400 * DAY },
        second: { prompt: "And then?", text: "Another.", at: Date.now() - 4 * DAY },
      },
    },
    [OTHER]: {
      title: "The other lesson",
      done: "2026-11-01",
      notes: { only: { prompt: "Why?", text: "The latest.", at: Date.now() } },
      plans: { "a: b": { if: "I am tired", do: "I stop.", at: Date.now() } },
    },
    "/about.html": { title: "A page", notes: { n: { prompt: "Where?", text: "On a page.", at: 1 } } },
  },
});

for (const [where, open] of places) {
  test(`notes and plans come together, the latest first, ${where}`, () =>
    visit(browser, open, async ({ page, goto, base }) => {
      await openWith(page, goto, full());
      const head = await page.locator(".meta li").allTextContents();
      assert.deepEqual([head[0], head[2]], ["2 days practised", "4 notes"]);
      assert.match(head[1], /^2 of \d+ lessons read$/);
      const titles = page.locator(".of-lesson h3");
      assert.deepEqual(await titles.allTextContents(), ["The other lesson", "One lesson", "A page"]);
      for (const href of await titles.locator("a").evaluateAll((links) => links.map((link) => link.href))) {
        assert.equal(arrival(href, base), undefined);
      }
      assert.deepEqual(await notes(page), ["The latest.", "Another.", "A note.\n\n  With <b>lines</b>.", "On a page."]);
      assert.match(
        await page.locator(".note").nth(2).innerText(),
        /What was it\?\s+A note\.\n\n {2}With <b>lines<\/b>\./,
      );
      const days = await page.locator(".note .note-end > span:first-child").allTextContents();
      assert.equal(days[0], "Today");
      assert.match(days[1], /^\d+ [A-Z][a-z]+( \d{4})?$/);
      assert.match(days[2], /^\d+ [A-Z][a-z]+ \d{4}$/);
      assert.equal(await page.locator(".of-plans .text").innerText(), "If I am tired, then I stop.");
      assert.equal(JSON.parse(await kept(page)).lessons[ONE].notes.first.text, "A note.\n\n  With <b>lines</b>.");
    }));

  test(`all of it can be saved as Markdown, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await openWith(page, goto, full());
      const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save as Markdown").click()]);
      const today = await page.evaluate(() => globalThis.levelOneLearning.today());
      assert.equal(download.suggestedFilename(), `level-one-journal-${today}.md`);
      const text = readFileSync(await download.path(), "utf8");
      assert.match(
        text,
        /^# Journal\n\nSaved on \d+ [A-Z][a-z]+ \d{4}\.\n\n## Your notes\n\n### \[The other lesson\]\(/,
      );
      assert.match(text, /\n\n\*\*What was it\?\*\*\n\nA note\.\n\n&nbsp;&nbsp;With \\<b\\>lines\\<\/b\\>\.\n\n/);
      assert.match(text, /\n\n## Your plans\n\n- If I am tired, then I stop\.\n$/);
      const href = await page
        .locator(".of-lesson a")
        .first()
        .evaluate((link) => link.href);
      assert.ok(text.includes(`](${href})`));
      assert.match(await page.locator(".said:not(:empty)").textContent(), /^Saved as level-one-journal/);
    }));
}

onServer("nothing is kept by looking, and an empty journal says where to begin", async ({ page, goto, base }) => {
  await goto(PAGE);
  await page.locator(".empty").waitFor();
  assert.equal(await kept(page), null);
  assert.deepEqual(await page.locator("own-journal h2").filter({ visible: true }).count(), 0);
  const link = page.locator(".empty a");
  assert.equal(arrival(await link.evaluate(({ href }) => href), base), undefined);
});

onServer("a note is changed in its place, and the field is that of the lesson", async ({ page, goto }) => {
  await openWith(page, goto, full());
  const change = button(page, "Change").nth(1);
  await change.focus();
  await page.keyboard.press("Enter");
  const area = page.locator("own-journal textarea");
  assert.equal(await hasFocus(area), true);
  assert.equal(await area.getAttribute("aria-label"), "And then?");
  await area.fill("Another, changed.");
  await soon(async () => (await of(page, ONE)).notes.second.text === "Another, changed.", "it was not kept");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  // The latest change comes first now.
  assert.equal((await notes(page))[0], "Another, changed.");
  assert.equal(await hasFocus(button(page, "Change").first()), true);
  const { title, notes: own } = await of(page, ONE);
  assert.deepEqual([title, own.second.prompt], ["One lesson", "And then?"]);

  // From one note to the next.
  await button(page, "Change").nth(0).click();
  await area.fill("Once more.");
  await button(page, "Change").nth(0).click();
  assert.equal(await area.count(), 1);
  assert.equal((await of(page, ONE)).notes.second.text, "Once more.");
});

onServer("a note that is deleted or emptied can be put back as it was", async ({ page, goto }) => {
  const state = full();
  await openWith(page, goto, state);
  await button(page, "Delete").nth(1).click();
  assert.equal((await of(page, ONE)).notes.second, undefined);
  const undo = button(page, "Undo");
  assert.equal(await hasFocus(undo), true);
  assert.equal(
    await undo.getAttribute("aria-describedby").then((id) => page.locator(`[id="${id}"]`).innerText()),
    "Deleted.",
  );
  assert.equal(await page.locator(".meta li").nth(2).textContent(), "3 notes");
  await undo.click();
  assert.deepEqual((await of(page, ONE)).notes, state.lessons[ONE].notes);

  await button(page, "Change").nth(0).click();
  await page.locator("own-journal textarea").fill("");
  await button(page, "Done").click();
  assert.equal((await of(page, OTHER)).notes, undefined);
  assert.equal(await hasFocus(undo), true);
  await undo.click();
  assert.deepEqual((await of(page, OTHER)).notes, state.lessons[OTHER].notes);

  await button(page, "Take it out").click();
  assert.equal((await of(page, OTHER)).plans, undefined);
  await undo.click();
  assert.deepEqual(JSON.parse(await kept(page)).lessons, state.lessons);
});

onServer("the last note of a lesson comes back with the name of the lesson", async ({ page, goto }) => {
  await openWith(page, goto, full());
  await button(page, "Delete").last().click();
  assert.equal(await of(page, "/about.html"), undefined);
  await button(page, "Undo").click();
  assert.equal((await of(page, "/about.html")).title, "A page");
});

onServer("another tab is followed, but not under the hands of who writes", async ({ page, goto, base }) => {
  await openWith(page, goto, full());
  const other = await page.context().newPage();
  await other.goto(`${base}${PAGE}`);
  await button(page, "Change").nth(1).focus();
  await button(other, "Delete").nth(3).click();
  await soon(async () => (await page.locator(".note").count()) === 3, "the other tab was not followed");
  assert.equal(await hasFocus(button(page, "Change").nth(1)), true, "the focus stays");

  await button(page, "Change").nth(1).click();
  await page.locator("own-journal textarea").fill("I am writing.");
  await button(other, "Delete").nth(0).click();
  await page.waitForTimeout(100);
  assert.equal(await page.locator("own-journal textarea").inputValue(), "I am writing.");
  await button(page, "Done").click();
  assert.deepEqual(await notes(page), ["I am writing.", "A note.\n\n  With <b>lines</b>."]);

  await page.evaluate((key) => localStorage.removeItem(key), KEY);
  await soon(() => other.locator(".empty").isVisible(), "the other tab still shows notes");
});

onServer("what is kept becomes text, and leads nowhere else", async ({ page, goto, base }) => {
  const evil = "<img src=x onerror=alert(1)>";
  const slugs = [
    "/javascript:alert(1)",
    "//example.org/x.html",
    "https://example.org",
    evil,
    "\ud800",
    "__proto__",
    "a b",
  ];
  const lesson = {
    title: evil,
    notes: { [evil]: { prompt: evil, text: evil, at: 1e300 } },
    plans: { x: { if: evil, do: "{if}", at: 5 } },
  };
  const value = `{"version":2,"lessons":{${slugs.map((slug) => `${JSON.stringify(slug)}:${JSON.stringify(lesson)}`).join()}}}`;
  await goto(PAGE);
  await page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, value]);
  await goto(PAGE);
  assert.equal(await page.locator(".note").count(), slugs.length);
  assert.equal(await page.locator("own-journal img, own-journal script").count(), 0);
  for (const href of await page.locator(".of-lesson a").evaluateAll((links) => links.map((link) => link.href))) {
    assert.ok(href.startsWith(`${base}lessons/`), href);
  }
  assert.equal(await page.locator(".of-plans .text").first().innerText(), `If ${evil}, then {if}`);
  for (let left = slugs.length; left > 0; left--) {
    await page.locator(".note").first().getByRole("button", { name: "Delete" }).click();
    assert.equal(await page.locator(".note").count(), left - 1);
  }
});

for (const text of ["{", "[]", '{"lessons":[1]}', '{"lessons":{"a":{"notes":{"n":{"text":5}}}},"days":"x"}']) {
  onServer(`what makes no sense is passed over: ${text}`, async ({ page, goto }) => {
    await goto(PAGE);
    await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY, text]);
    await goto(PAGE);
    assert.equal(await page.locator(".empty").isVisible(), true);
    assert.equal(await kept(page), text);
  });
}

for (const [name, refuse] of [
  ["denied", denyStorage],
  ["full", fillStorage],
]) {
  onServer(`where the storage is ${name}, the journal says so and goes on`, async ({ page, goto }) => {
    await goto(PAGE);
    await keep(page, full());
    await page.addInitScript(refuse);
    await goto(PAGE);
    if (name === "denied") return assert.equal(await page.locator(".empty").isVisible(), true);
    await button(page, "Delete").first().click();
    assert.match(await page.locator(".within > .said").textContent(), /could not change/);
    assert.equal(await page.locator(".note").count(), 4);
  });
}

onServer("questions that are due lead to the page with them, and only then", async ({ page, goto, base }) => {
  for (const [due, text] of [
    [undefined, undefined],
    [0, undefined],
    ["x", undefined],
    [1, "1 question for today"],
    [3, "3 questions for today"],
  ]) {
    await page.addInitScript((number) => {
      const value = number === undefined ? undefined : () => number;
      Object.defineProperty(globalThis, "levelOneDue", { get: () => value, set() {}, configurable: true });
    }, due);
    await goto(PAGE);
    const link = page.locator(".due a");
    assert.equal(await link.isVisible(), text !== undefined, String(due));
    if (text) assert.equal(await link.textContent(), text);
    if (text) assert.equal(arrival(await link.evaluate(({ href }) => href), base), undefined);
  }
});

onServer("notes and plans are printed in black, without buttons", async ({ page, goto }) => {
  await openWith(page, goto, full());
  await button(page, "Delete").last().click();
  await button(page, "Change").first().click();
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  for (const day of await page.locator(".note-end > span:first-child").allTextContents()) {
    assert.match(day, /^\d+ [A-Z][a-z]+ \d{4}$/);
  }
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await page.locator("main :is(button, textarea, .to-take, .gone)").filter({ visible: true }).count(), 0);
  assert.equal(await page.locator(".written").innerText(), "The latest.");
  for (const part of await page.locator(".note .text, .of-plans .text, .written").all()) {
    assert.equal(await part.evaluate((element) => getComputedStyle(element).color), "rgb(0, 0, 0)");
    assert.equal(await part.isVisible(), true);
  }
});

onServer(
  "without script the page says what it is, and no button does nothing",
  async ({ page, goto, base }) => {
    await goto(PAGE);
    assert.match(await page.locator(".without").innerText(), /only a script can keep them[\s\S]+lines to write on/);
    assert.equal(await page.locator("main button").filter({ visible: true }).count(), 0);
    for (const link of await page.locator("main a").filter({ visible: true }).all()) {
      assert.equal(arrival(await link.evaluate(({ href }) => href), base), undefined);
    }
  },
  { javaScriptEnabled: false },
);

for (const [name, options] of [
  ["a phone", { viewport: phone, hasTouch: true }],
  ["a desk", { viewport: desk }],
]) {
  onServer(
    `axe finds nothing on ${name}, light and dark: empty, full, changing, taken out`,
    async ({ page, goto, search }) => {
      await goto(PAGE);
      assert.deepEqual(await search.violations(), []);
      await openWith(page, goto, { ...full(), theme: undefined });
      await button(page, "Change").first().click();
      await button(page, "Take it out").click();
      await button(page, "Change").first().click();
      assert.deepEqual(await search.violations(), []);
      assert.deepEqual(await page.evaluate(smallTargets, ["own-journal", "button, .buttons a, textarea"]), []);
      assert.ok((await page.locator(".button.main").filter({ visible: true }).count()) <= 1);
    },
    options,
  );
}

onServer(
  "nothing is too wide at any width and size of text, in either direction, with long words",
  async ({ page, goto }) => {
    const state = full();
    const word = "Donaudampfschifffahrtsgesellschaft".repeat(8);
    state.lessons[ONE].title = word;
    Object.assign(state.lessons[ONE].notes.first, { prompt: word, text: word });
    state.lessons[ONE].plans = { p: { if: word, do: word, at: 1 } };
    await openWith(page, goto, state);
    await button(page, "Delete").nth(1).click();
    await button(page, "Change").first().click();
    for (const dir of ["ltr", "rtl"]) {
      for (const [width, zoom] of [
        [320, 1],
        [320, 2],
        [390, 2],
        [768, 1],
        [1280, 1],
      ]) {
        await page.setViewportSize({ width, height: 800 });
        await page.evaluate(setUp, [dir, zoom]);
        assert.deepEqual(await page.evaluate(tooWide), [], `${dir}, ${width} px, ${zoom * 100} %`);
      }
    }
  },
);

async function openWith(page, goto, state) {
  await goto(PAGE);
  await keep(page, state);
  await goto(PAGE);
  await page.locator(".within").waitFor();
}

function button(page, name) {
  return page.locator("own-journal").getByRole("button", { name, exact: true });
}

function notes(page) {
  return page.locator(".note .text").allTextContents();
}

/** What is kept of a lesson. */
async function of(page, slug) {
  return JSON.parse(await kept(page)).lessons[slug];
}

// What follows runs in the page.
function denyStorage() {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
}

function fillStorage() {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}

function setUp([dir, zoom]) {
  document.documentElement.dir = dir;
  document.documentElement.style.fontSize = `${zoom * 100}%`;
}
