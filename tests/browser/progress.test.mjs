// What is read, as the reader says it: the button at the end of a lesson, every list of lessons, the totals, and the way
// back to where somebody stopped.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { keep, kept, visit } from "./support/frame.mjs";
import { Guide, lesson } from "./support/guide.mjs";
import { phone, places, until } from "./support/search-page.mjs";
import { hasFocus } from "./support/seen.mjs";
import { read } from "./support/site.mjs";

const HOME = "index.html";
const ALL = "lessons/index.html";
/** A lesson with one before it and one after it in its module, and sections in it. */
const SLUG = "saying-no";
const PAGE = `lessons/${SLUG}.html`;

/** The lessons as the plan lists them: `{ slug, title }`. */
const LESSONS = [...read(ALL).matchAll(/class="row ring"[^>]* data-lesson="([^"]+)"[^>]*><strong>([^<]*)/g)].map(
  ([, slug, title]) => ({ slug, title }),
);
const MODULE = /<html[^>]* data-module="([^"]*)"/.exec(read(PAGE))[1];

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

/** Something else that was kept before: from then on the place is kept too. */
const BEGUN = { version: 2, theme: "light" };
const record = (title, done = "2026-11-20", module = MODULE) => ({ title, module, done });
const today = () => new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

const button = (page) => page.getByRole("button", { name: "I have read this" });
const undo = (page) => page.getByRole("button", { name: "Undo" });
const said = (page) => page.locator(".mark-read [role=status]").textContent();
const stored = async (page) => JSON.parse(await kept(page));
const side = (page, slug) => page.locator(`.side [data-lesson="${slug}"]`);
const word = (page, slug) => side(page, slug).locator("small").textContent();
const card = (page) => page.getByRole("region", { name: /Where you left off|Next for you/ });

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => visit(browser, open, use, options));

  inThisPlace("a lesson is read when the reader says so, and that can be taken back", async ({ page, goto }) => {
    await goto(PAGE);
    assert.equal(await kept(page), null);
    assert.equal(await word(page, SLUG), "Reading now");
    await page.evaluate(() => {
      window.heard = [];
      document.addEventListener("level-one:done", () => window.heard.push(Object.values(localStorage)[0]));
    });
    await button(page).press("Enter");
    assert.equal(await said(page), `Read on ${today()}`);
    assert.equal(await button(page).isVisible(), false);
    assert.equal(await hasFocus(undo(page)), true, "the focus is not lost");
    assert.equal(await word(page, SLUG), "Read");
    assert.match(await page.locator(".side > p").textContent(), /^1 of \d+ lessons read$/);
    const { lessons, days, version } = await stored(page);
    assert.deepEqual(Object.keys(lessons), [SLUG]);
    assert.deepEqual(lessons[SLUG], { ...lessons[SLUG], module: MODULE, done: days[0] });
    assert.deepEqual([days.length, version], [1, 2]);
    const [text] = await page.evaluate(() => window.heard);
    assert.equal(JSON.parse(text).lessons[SLUG].done, days[0], "it is written before others hear of it");

    for (const [path, row, total] of [
      [ALL, `.row[data-lesson="${SLUG}"]:not(.ring) .end`, "main > .meta"],
      [`lessons/${MODULE}/index.html`, `.row[data-lesson="${SLUG}"] .end`, "main .meta"],
      [HOME, `.row[data-module="${MODULE}"] .end`, ".modules h2 small"],
    ]) {
      await goto(path);
      assert.match(await page.locator(row).textContent(), path === HOME ? /^1 of \d+ read$/ : /^\d+ minutes? Read$/);
      assert.match(await page.locator(total).textContent(), /^1 of \d+ (lessons )?read$/);
    }

    await goto(PAGE);
    await undo(page).click();
    assert.equal(await said(page), "");
    assert.equal(await hasFocus(button(page)), true);
    assert.equal(await word(page, SLUG), "Reading now");
    assert.equal((await stored(page)).lessons[SLUG]?.done, undefined);
  });

  inThisPlace("the home page leads back to the section at which the reader stopped", async ({ page, goto, base }) => {
    await goto(PAGE);
    await keep(page, BEGUN);
    const link = page.locator("page-toc a").nth(3);
    const heading = page.locator(await link.evaluate((found) => `[id="${found.hash.slice(1)}"]`));
    await heading.evaluate((element) => scrollTo(0, element.offsetTop - 40));
    const text = await heading.textContent();
    await page.locator("page-toc a[aria-current]", { hasText: text }).waitFor();
    await goto(HOME);
    const name = await page.evaluate(() => document.querySelector(".place").textContent.replace(/\s+/g, " "));
    const { last, lessons } = await stored(page);
    assert.deepEqual([last.lesson, last.heading, lessons], [SLUG, text, undefined]);
    assert.match(
      name,
      new RegExp(`^ ?${last.title} You stopped at “${last.heading}”. About \\d minutes? left. Continue`),
    );
    await card(page).getByRole("link", { name: "Continue", description: last.title }).click();
    await page.waitForURL(`${base}${PAGE}#${last.section}`);
  });

  inThisPlace("who only reads leaves no trace", async ({ page, goto }) => {
    for (const path of [PAGE, ALL, HOME, "completion.html", PAGE, HOME]) {
      await goto(path);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    }
    assert.equal(await kept(page), null);
    assert.equal(await card(page).isVisible(), false);
    assert.equal(await page.locator(".pieces").count(), 0, "no bar is drawn before something is read");
    assert.match(await page.locator(".modules h2 small").textContent(), /^\d+ lessons$/);
  });
}

onServer("a second click soon after the first takes nothing back", async ({ page, goto }) => {
  await goto(PAGE);
  await button(page).dblclick();
  assert.equal(await said(page), `Read on ${today()}`);
});

onServer("a lesson that is read is not offered, but the next one", async ({ page, goto, base }) => {
  await goto(PAGE);
  const next = await page.locator(".turn [rel=next]").getAttribute("href");
  await button(page).click();
  await goto(HOME);
  const { last } = await stored(page);
  assert.equal(`${last.lesson}.html`, next);
  await card(page).getByRole("link", { name: "Start reading", description: last.title }).click();
  await page.waitForURL(`${base}lessons/${next}`);
  assert.equal(await page.locator("h1").textContent(), last.title);
  // Read once more, it keeps its place from the reader.
  await goto(PAGE);
  await goto(HOME);
  assert.equal((await stored(page)).last.lesson, last.lesson);
  // Once everything is read, there is no next one.
  const lessons = Object.fromEntries(LESSONS.map(({ slug, title }) => [slug, record(title)]));
  delete lessons[SLUG];
  await keep(page, { ...BEGUN, lessons });
  await goto(PAGE);
  const link = page.locator(".mark-read a");
  assert.equal(await link.isVisible(), false);
  await button(page).click();
  assert.equal(await link.isVisible(), true, "a calm link leads to the page of completion");
  await goto(HOME);
  assert.equal(await card(page).isVisible(), false);
  assert.equal(await page.locator(".modules h2 small").textContent(), `All ${LESSONS.length} lessons read`);
});

onServer("what was kept of the place is looked at before it is shown", async ({ page, goto, base }) => {
  await goto(HOME);
  const whole = { lesson: "a", title: "T" };
  for (const last of [
    null,
    5,
    "x",
    [],
    {},
    { lesson: 5, title: "T" },
    { lesson: "a" },
    { title: "T" },
    { ...whole, title: {} },
  ]) {
    await keep(page, { ...BEGUN, last });
    await goto(HOME);
    assert.equal(await card(page).isVisible(), false, JSON.stringify(last));
  }
  const html = "<img src=x onerror=alert(1)>";
  await keep(page, { ...BEGUN, last: { lesson: "../../x?#", title: html, section: '"><b', heading: html, left: "1" } });
  await goto(HOME);
  assert.equal(await card(page).locator("strong").textContent(), html);
  assert.equal(
    await card(page)
      .locator("a")
      .evaluate((link) => link.href),
    `${base}lessons/..%2F..%2Fx%3F%23.html#%22%3E%3Cb`,
  );
  assert.equal(await card(page).locator("p .small").textContent(), `You stopped at “${html}”.`, "no minutes are known");
});

onServer("the plan opens by itself for those who have begun", async ({ page, goto }) => {
  const plan = page.locator("details.weeks");
  const isOpen = async (...read) => {
    await keep(page, { ...BEGUN, lessons: Object.fromEntries(read.map(({ slug, title }) => [slug, record(title)])) });
    await goto(ALL);
    return plan.evaluate((details) => details.open);
  };
  await goto(ALL);
  assert.equal(await plan.evaluate((details) => details.open), false);
  assert.equal(await isOpen(), false);
  assert.equal(await isOpen(LESSONS[1]), true);
  const rows = plan.locator("section").first().locator(".row");
  assert.deepEqual(await rows.evaluateAll((rows) => rows.map((row) => row.matches("[data-read]"))), [
    false,
    true,
    false,
  ]);
  assert.equal(await rows.nth(1).locator(".end").textContent(), "Read");
  assert.equal(await plan.locator("h2 small").first().textContent(), "1 of 3 read");
  await plan.locator("summary").click();
  assert.equal(await rows.first().isVisible(), false, "it can be closed");
  assert.equal(await isOpen(...LESSONS), false);
});

onServer("what is read in one tab is read in the other", async ({ page, goto, base }) => {
  await goto(PAGE);
  const other = await page.context().newPage();
  await other.goto(base + PAGE);
  await button(other).click();
  const follows = (text) =>
    until(
      async () => (await said(page)) === text && (await word(page, SLUG)) === (text ? "Read" : "Reading now"),
      5000,
      () => "the other tab has not heard of it",
    );
  await follows(`Read on ${today()}`);
  await undo(page).click();
  await until(
    async () => (await said(other)) === "",
    5000,
    () => "it is not taken back there",
  );
});

for (const [name, refuse] of [
  ["denied", denyStorage],
  ["full", fillStorage],
  ["one of a newer guide", undefined],
]) {
  onServer(`where the storage is ${name}, the tick holds for the page, which says so`, async ({ page, goto }) => {
    const newer = { version: 99, lessons: { other: record("Other") } };
    if (refuse) await page.addInitScript(refuse);
    await goto(PAGE);
    if (!refuse) await keep(page, newer);
    await goto(PAGE);
    await button(page).click();
    assert.equal(
      await said(page),
      `Read on ${today()}. This browser keeps nothing, so it holds only while this page is open.`,
    );
    assert.equal(await word(page, SLUG), "Read");
    await undo(page).click();
    assert.equal(await word(page, SLUG), "Reading now");
    await goto(HOME);
    if (!refuse) assert.deepEqual(await stored(page), newer);
  });
}

onServer("what is no record is passed over", async ({ page, goto }) => {
  await goto(PAGE);
  for (const lessons of [5, [], { [SLUG]: 5, [MODULE]: null, a: { done: "yesterday" } }]) {
    await keep(page, { ...BEGUN, lessons });
    await goto(PAGE);
    assert.equal(await button(page).isVisible(), true);
    assert.equal(await word(page, SLUG), "Reading now");
  }
  // More than there are are never counted.
  await keep(page, {
    ...BEGUN,
    lessons: Object.fromEntries(Array.from({ length: 99 }, (_, at) => [`gone-${at}`, record("Gone")])),
  });
  await goto(HOME);
  assert.equal(await page.locator(`.row[data-module="${MODULE}"] .end`).textContent(), "All read");
  assert.equal(await page.locator(".modules h2 small").textContent(), `All ${LESSONS.length} lessons read`);
});

onServer(
  "without script nothing stands there that does nothing",
  async ({ page, goto }) => {
    await goto(PAGE);
    assert.equal(await page.locator(".mark-read").isVisible(), false);
    assert.match(await word(page, SLUG), /^\d+ minutes$/);
    assert.match(await page.locator(".side > p").textContent(), /^\d+ lessons$/);
    await goto(HOME);
    assert.equal(await page.locator(".left-off").isVisible(), false);
    await goto(ALL);
    assert.equal(await page.locator(".weeks .row").first().isVisible(), false);
    await page.locator(".weeks summary").click();
    assert.equal(await page.locator(".weeks .row").first().isVisible(), true);
  },
  { javaScriptEnabled: false },
);

onServer(
  "the menu of a phone counts what is read, where progress is at hand",
  async ({ page, goto }) => {
    await goto(PAGE);
    const small = page.locator(".menu a", { hasText: "Lessons" }).locator("small");
    assert.equal(await small.textContent(), `${LESSONS.length} to read`);
    await button(page).click();
    assert.equal(await small.textContent(), `1 of ${LESSONS.length} read`);
  },
  { viewport: phone },
);

test("a renamed lesson is still read, and long lists have a plain bar", async () => {
  const guide = new Guide();
  const context = await browser.newContext({ reducedMotion: "reduce" });
  try {
    guide.write(
      "content/lessons/first.md",
      lesson("First", "Text.").replace("title", "slug: new\naliases: [old, older]\ntitle"),
    );
    for (let at = 1; at <= 13; at++) guide.write(`content/lessons/long/lesson-${at}.md`, lesson(`Long ${at}`, "Text."));
    const base = await guide.serve();
    const page = await context.newPage();
    await page.goto(`${base}lessons/new.html`);
    const { was, guide: id } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
    assert.equal(was, "old older");
    const lessons = { older: record("First", "2026-10-05"), "lesson-3": record("Long 3", "2026-10-06", "long") };
    await page.evaluate(
      ([id, text]) => localStorage.setItem(`level-one:${id}`, text),
      [id, JSON.stringify({ ...BEGUN, lessons })],
    );
    await page.reload();
    assert.equal(await said(page), "Read on 5 October 2026");
    await page.goto(base + ALL);
    assert.match(await page.locator('.row[data-lesson="new"]').last().locator(".end").textContent(), /Read$/);
    await page.goto(base + HOME);
    const row = page.locator('.row[data-module="long"]');
    assert.equal(await row.locator(".end").textContent(), "1 of 13 read");
    const pieces = await row
      .locator(".pieces i")
      .evaluateAll((all) => all.map((piece) => [piece.className, piece.clientWidth]));
    assert.deepEqual(
      pieces.map(([name]) => name),
      ["full", ""],
    );
    assert.ok(pieces[1][1] > 8 * pieces[0][1], JSON.stringify(pieces));
    await page.goto(`${base}lessons/new.html`);
    await undo(page).click();
    await page.reload();
    assert.equal(await button(page).isVisible(), true, "it can be taken back under its new name");
  } finally {
    await context.close();
    await guide.close();
  }
});

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
