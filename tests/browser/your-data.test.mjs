// Everything that is kept, on the page that shows, saves, brings back and erases it. What must always hold: the list is
// the truth, nothing is lost that was not erased on purpose, and no file does anything but add sound values.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { GUIDE, KEY, keep, kept, PAPER, visit } from "./support/frame.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { hasFocus, smallTargets, tooWide } from "./support/seen.mjs";

const PAGE = "privacy.html";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const soon = (holds, instead) => until(holds, 5000, () => instead);
const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

const STRANGE = '<img src=x onerror=alert(1)> "\\\u2028\ud800 日本\r\nمرحبا';

/** One of everything that may be kept, and something that the guide does not know. */
const full = () => ({
  version: 2,
  theme: "dark",
  keys: false,
  pacer: { hold: true, pace: 1.25, sound: false, vibration: true, announce: false },
  last: { lesson: "offers", title: "Offers", section: "one", heading: "One", left: 3, read: true, at: 5 },
  you: { my_name: "Robin", company: "Harbour Lane" },
  notToday: "2026-11-02",
  days: ["2026-11-01", "2026-11-02"],
  wins: { "2026-11-a-win": { title: STRANGE, date: "2026-11", what: "It went well.", at: 5 } },
  lessons: {
    offers: {
      title: "Offers",
      module: "decide",
      done: "2026-11-02",
      tasks: { "A box": true, [STRANGE]: true },
      notes: { offers: { prompt: "Why?", text: STRANGE, at: 5 } },
      plans: { "a: b": { if: "a", do: "b", at: 5 } },
      answers: { "0123abcd": { picked: [1], right: true, on: "2026-11-02", step: 1 } },
    },
  },
  [STRANGE]: { a: [1, STRANGE] },
});

for (const [where, open] of places) {
  test(`saved, erased and brought back, everything is the same, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await openWith(page, goto, full());
      const [download] = await Promise.all([page.waitForEvent("download"), button(page, "save").click()]);
      const today = await page.evaluate(() => globalThis.levelOneLearning.today());
      assert.equal(download.suggestedFilename(), `level-one-copy-${today}.json`);
      assert.match(await said(page, "copies"), /^Saved as level-one-copy/);
      const text = readFileSync(await download.path(), "utf8");
      assert.deepEqual(JSON.parse(text), { "level-one": { version: 1, id: GUIDE, saved: today, kept: full() } });

      await button(page, "erase").click();
      await button(page, "sure").click();
      assert.equal(await kept(page), null);
      await goto(PAGE);
      await choose(page, text);
      assert.match(
        await said(page, "copies"),
        /^Added: 1 lesson, 2 boxes, 1 question, 1 note, 1 plan, 1 win, 2 days, 7 choices\.$/,
      );
      assert.deepEqual(JSON.parse(await kept(page)), full());
      assert.equal(await background(page), PAPER.dark, "the page follows what came in");
      await choose(page, text);
      assert.match(await said(page, "copies"), /^All of this copy was here already/);
      assert.deepEqual(JSON.parse(await kept(page)), full());
    }));
}

onServer("the list says what is kept now, in words, and nothing more", async ({ page, goto }) => {
  await goto(PAGE);
  assert.match(await page.locator(".state").textContent(), /^Nothing is kept yet/);
  assert.deepEqual([...new Set(Object.values(await list(page)))], ["Nothing"]);
  assert.equal(await button(page, "save").isVisible(), false);
  assert.equal(await button(page, "erase").isVisible(), false);
  assert.equal(await kept(page), null);

  await openWith(page, goto, { ...full(), unreadable: "{" });
  assert.match(
    await page.locator(".state").textContent(),
    new RegExp(`^About [\\d.]+ (KB|bytes) is kept, under the name ${KEY}\\.$`),
  );
  const { unknown, ...rows } = await list(page);
  const sized = (text) => new RegExp(`^${text}, [\\d.]+ (KB|bytes)$`);
  for (const [name, value] of Object.entries({
    read: sized("1 lesson"),
    tasks: sized("2 boxes"),
    answers: sized("1 question"),
    notes: sized("1 note"),
    plans: sized("1 plan"),
    wins: sized("1 win"),
    days: sized("2 days"),
    last: /^Offers, One$/,
    you: /^Robin, Harbour Lane$/,
    notToday: /^2026-11-02$/,
    theme: /^Dark$/,
    keys: /^Switched off$/,
    pacer: /^pace 1\.25, with a hold, vibration$/,
    version: /^Number 2$/,
  })) {
    assert.match(rows[name], value, name);
  }
  const unknowns = await page.locator("[data-unknown] dt").allTextContents();
  assert.deepEqual(unknowns, [`Something else: ${STRANGE}`, "A text that cannot be read"]);
  assert.equal(await page.locator("your-data img").count(), 0);
});

onServer("values that no component takes are not called kept choices", async ({ page, goto }) => {
  await openWith(page, goto, {
    version: 2,
    theme: "sepia",
    keys: "off",
    pacer: [],
    you: { first_name: "Alex" },
    last: 5,
    days: "x",
    wins: { a: { title: STRANGE } },
    lessons: [STRANGE],
  });
  const { version, ...rows } = await list(page);
  assert.deepEqual([...new Set(Object.values(rows))], ["Nothing"]);
  assert.equal(version, "Number 2");
  assert.equal(await button(page, "erase").isVisible(), true);
});

onServer("the list follows a choice on this page and in another tab", async ({ page, goto, base }) => {
  await goto(PAGE);
  await page.locator(".site-foot .theme label", { hasText: "Dark" }).click();
  await soon(async () => (await list(page)).theme === "Dark", "the list did not follow");
  const other = await page.context().newPage();
  await other.goto(`${base}lessons/offers.html`);
  await other.locator("note-field textarea").fill("A note.");
  await other.locator("note-field textarea").blur();
  await soon(async () => /^1 note/.test((await list(page)).notes), "the list did not follow the other tab");
});

onServer("erasing asks once, can be taken back, and other tabs follow", async ({ page, goto, base }) => {
  await openWith(page, goto, full());
  const other = await page.context().newPage();
  await other.goto(`${base}lessons/offers.html`);
  assert.equal(await other.locator("note-field textarea").inputValue(), STRANGE.replaceAll("\r\n", "\n"));

  await button(page, "erase").click();
  assert.equal(await hasFocus(button(page, "keep")), true);
  await page.keyboard.press("Enter");
  assert.equal(await said(page, "erases"), "Everything is still here.");
  assert.equal(await hasFocus(button(page, "erase")), true);
  await button(page, "erase").click();
  await page.keyboard.press("Escape");
  assert.equal(await button(page, "sure").isVisible(), false);
  assert.deepEqual(JSON.parse(await kept(page)), full());

  await button(page, "erase").click();
  await button(page, "sure").click();
  assert.equal(await kept(page), null);
  assert.equal(await said(page, "erases"), "Everything is erased.");
  assert.equal(await hasFocus(button(page, "undo")), true);
  assert.deepEqual([...new Set(Object.values(await list(page)))], ["Nothing"]);
  for (const tab of [page, other]) {
    await soon(async () => (await background(tab)) === PAPER.light, "the page is still dark");
  }
  assert.equal(await other.locator("note-field textarea").inputValue(), "");

  await page.keyboard.press("Enter");
  assert.deepEqual(JSON.parse(await kept(page)), full());
  assert.equal(await said(page, "erases"), "Everything is back.");
  await soon(async () => (await background(other)) === PAPER.dark, "the other tab does not follow");
});

onServer("what was kept since the erasing stays when it is taken back", async ({ page, goto }) => {
  await openWith(page, goto, full());
  await button(page, "erase").click();
  await button(page, "sure").click();
  await page.locator(".site-foot .theme label", { hasText: "Light" }).click();
  await button(page, "undo").click();
  assert.deepEqual(JSON.parse(await kept(page)), { ...full(), theme: "light" });
});

onServer("a text that cannot be read is erased and brought back too", async ({ page, goto }) => {
  await goto(PAGE);
  await page.evaluate((key) => localStorage.setItem(key, "{"), KEY);
  await goto(PAGE);
  await button(page, "erase").click();
  await button(page, "sure").click();
  assert.equal(await kept(page), null);
  await button(page, "undo").click();
  assert.equal(await kept(page), "{");
});

onServer("a copy of another guide is added after a question only", async ({ page, goto }) => {
  await openWith(page, goto, { version: 2, theme: "light" });
  const text = file({ theme: "dark", keys: false }, { id: `<b>${STRANGE}` });
  await choose(page, text);
  assert.match(await page.locator("[id='page.other']").textContent(), /another guide, called <b><img/);
  assert.equal(await hasFocus(button(page, "leave")), true);
  await button(page, "leave").click();
  assert.equal(await said(page, "copies"), "Nothing was changed.");
  assert.deepEqual(JSON.parse(await kept(page)), { version: 2, theme: "light" });
  await choose(page, text);
  await button(page, "add").click();
  assert.equal(await said(page, "copies"), "Added: 1 choice.");
  assert.deepEqual(JSON.parse(await kept(page)), { version: 2, theme: "light", keys: false });
});

onServer("files that are no copies change nothing, and say why", async ({ page, goto }) => {
  const state = { version: 2, theme: "light" };
  await openWith(page, goto, state);
  for (const [text, why] of [
    ["", /cannot be read/],
    ["# Journal\n", /cannot be read/],
    ["[".repeat(100_000), /cannot be read/],
    ["{}", /no copy from a guide/],
    [file({}, { version: 2 }), /newer guide/],
    [file({ version: 3 }), /newer guide/],
    ["x".repeat(10_000_001), /too large/],
  ]) {
    await choose(page, text);
    assert.match(await said(page, "copies"), why, text.slice(0, 50));
    assert.match(await said(page, "copies"), /Nothing was changed\.$/);
    assert.deepEqual(JSON.parse(await kept(page)), state);
  }
});

onServer("a file made with ill intent spoils nothing and runs nothing", async ({ page, goto, base }) => {
  await openWith(page, goto, { version: 2, theme: "light" });
  const deep = `${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`;
  const lesson = `{"title":"${"<svg onload=alert(1)>"}","done":"2026-11-01","notes":{"<b>":{"prompt":"<i>","text":"<script>alert(1)</script>","at":1}},"plans":{"x":{"if":"<u>","do":"<s>","at":1}}}`;
  await choose(
    page,
    `{"level-one":{"version":1,"id":"${GUIDE}","kept":{
    "__proto__":{"theme":"dark"},"constructor":{"prototype":1},"theme":"dark","deep":${deep},
    "<img src=x onerror=alert(2)>":"<img src=x onerror=alert(3)>",
    "lessons":{"__proto__":${lesson},"javascript:alert(4)":${lesson},"offers":${lesson}}}}}`,
  );
  assert.match(await said(page, "copies"), /^Added: 2 lessons|^Added: 3 lessons/);
  assert.equal(await background(page), PAPER.light);
  for (const path of [
    PAGE,
    "journal.html",
    "lessons/offers.html",
    "lessons/index.html",
    "index.html",
    "completion.html",
  ]) {
    await page.goto(`${base}${path}`);
    assert.equal(await page.locator("main :is(img[src=x], script, [onload])").count(), 0, path);
  }
});

for (const [name, refuse] of [
  ["full", fillStorage],
  ["that of a newer guide", keepNewer],
]) {
  onServer(`where the storage is ${name}, bringing back says so and changes nothing`, async ({ page, goto }) => {
    await page.addInitScript(refuse, KEY);
    await goto(PAGE);
    const before = await kept(page);
    await choose(page, file(full()));
    assert.match(await said(page, "copies"), /could not keep it/);
    assert.equal(await kept(page), before);
  });
}

onServer("where the storage is denied, the page is whole", async ({ page, goto }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await goto(PAGE);
  assert.match(await page.locator(".state").textContent(), /^Nothing is kept yet/);
  await choose(page, file(full()));
  assert.match(await said(page, "copies"), /could not keep it/);
});

onServer("the browser is asked to keep it on a click alone, and its answer is told", async ({ page, goto }) => {
  await page.addInitScript(() => {
    window.asked = 0;
    window.answer = false;
    navigator.storage.persist = async () => {
      window.asked += 1;
      return window.answer;
    };
  });
  await goto(PAGE);
  await button(page, "stay").waitFor();
  assert.equal(await page.evaluate(() => window.asked), 0);
  await button(page, "stay").click();
  assert.match(await said(page, "stays"), /makes no promise/);
  await page.evaluate(() => {
    window.answer = true;
  });
  await button(page, "stay").click();
  assert.match(await said(page, "stays"), /has promised/);
  assert.equal(await button(page, "stay").isVisible(), false);
  assert.equal(await kept(page), null);
});

onServer("a browser that cannot be asked is not asked", async ({ page, goto }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "storage", { value: undefined }));
  await goto(PAGE);
  await page.locator(".copies").waitFor();
  assert.equal(await page.locator(".stays").isVisible(), false);
});

onServer(
  "without script the page says what may be kept and why, and has no button that does nothing",
  async ({ page, goto }) => {
    await goto(PAGE);
    assert.equal(await page.locator("[data-field]").filter({ visible: true }).count(), 14);
    assert.equal(await page.locator("main :is(button, input, .now)").filter({ visible: true }).count(), 0);
    assert.match(await page.locator(".state").textContent(), /nothing is kept/);
  },
  { javaScriptEnabled: false },
);

for (const [name, options] of [
  ["a phone", { viewport: phone, hasTouch: true }],
  ["a desk", { viewport: desk }],
]) {
  onServer(
    `axe finds nothing on ${name}, light and dark: empty, full, asking, erased`,
    async ({ page, goto, search }) => {
      await goto(PAGE);
      assert.deepEqual(await search.violations(), []);
      await openWith(page, goto, { ...full(), theme: undefined });
      await choose(page, file({}, { id: "other" }));
      await button(page, "erase").click();
      assert.deepEqual(await search.violations(), []);
      assert.deepEqual(await page.evaluate(smallTargets, ["your-data", "button, input, .to-data a"]), []);
      assert.ok((await page.locator(".button.main").filter({ visible: true }).count()) <= 1);
      await button(page, "sure").click();
      assert.deepEqual(await search.violations(), []);
    },
    options,
  );
}

onServer("nothing is too wide at any width and size of text, in either direction", async ({ page, goto }) => {
  const word = "Donaudampfschifffahrtsgesellschaft".repeat(8);
  await openWith(page, goto, { ...full(), [word]: 1, last: { lesson: word } });
  await button(page, "erase").click();
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
});

const file = (all, more = {}) => JSON.stringify({ "level-one": { version: 1, id: GUIDE, kept: all, ...more } });

async function openWith(page, goto, state) {
  await goto(PAGE);
  await keep(page, state);
  await goto(PAGE);
  await page.locator(".copies").waitFor();
}

/** Chooses a file with a text, and waits until something is said or asked. */
async function choose(page, text) {
  await page.locator(".copies > .said").evaluate((status) => {
    status.textContent = "";
  });
  const buffer = Buffer.from(text);
  await page.getByLabel("Bring back a copy").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer });
  const hasAnswer = async () => (await said(page, "copies")) !== "" || page.locator(".copies .asks").isVisible();
  await soon(hasAnswer, "nothing was said about the file");
}

function button(page, name) {
  return page.locator(`your-data [data-do=${name}]`);
}

function said(page, part) {
  return page.locator(`.${part} > [role=status]`).textContent();
}

/** What the list says, by field. */
function list(page) {
  return page
    .locator("[data-field]")
    .evaluateAll((rows) =>
      Object.fromEntries(rows.map((row) => [row.dataset.field, row.querySelector(".now").textContent])),
    );
}

function background(page) {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

// What follows runs in the page.
function fillStorage() {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}

function keepNewer(key) {
  localStorage.setItem(key, '{"version":3}');
}

function setUp([dir, zoom]) {
  document.documentElement.dir = dir;
  document.documentElement.style.fontSize = `${zoom * 100}%`;
}
