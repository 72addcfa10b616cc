// The page of completion: what is known stands there, the rest is filled in by hand, and it prints on one page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { keep, kept, visit } from "./support/frame.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { smallTargets, tooWide } from "./support/seen.mjs";
import { read } from "./support/site.mjs";

const PAGE = "completion.html";

/** All lessons of the guide, read one a day; the last of the guide first. */
const LESSONS = [
  ...read("lessons/index.html").matchAll(/class="row ring"[^>]* data-lesson="([^"]+)"[^>]*><strong>([^<]*)/g),
];
const record = (title, day) => ({ title, module: "any", done: `2026-11-${String(day).padStart(2, "0")}` });
const ALL = Object.fromEntries(LESSONS.map(([, slug, title], at) => [slug, record(title, LESSONS.length - at)]));
const SOME = Object.fromEntries(Object.entries(ALL).slice(0, 3));
const DAYS = ["2026-11-01", "2026-11-02"];

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

const name = (page) => page.getByLabel("Name");
const blanks = (page) => page.locator("own-completion span.blank").allTextContents();
const list = (page) => page.locator("own-completion li");
const print = (page) => page.getByRole("button", { name: "Print" });

async function openWith(page, goto, lessons, days = DAYS) {
  await goto(PAGE);
  await keep(page, { version: 2, lessons, days });
  await goto(PAGE);
}

for (const [where, open] of places) {
  test(`what is read is listed by its days, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await openWith(page, goto, { ...SOME, unread: { title: "Unread", tasks: { a: true } } });
      const today = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
      assert.deepEqual(await blanks(page), [today, "3", "2"]);
      assert.ok(await page.getByText(`Lessons read, of ${LESSONS.length}`).isVisible());
      const titles = LESSONS.slice(0, 3).map(([, , title], at) => `${title} ${LESSONS.length - at} November 2026`);
      assert.deepEqual(await list(page).allTextContents(), titles.toReversed());
      assert.ok(await page.getByText("Nobody has checked it.").isVisible());
      assert.doesNotMatch(await page.locator("body").innerText(), /certificate/i);
    }));
}

onServer("all lessons are on one sheet of A4, with the name and without a button", async ({ page, goto }) => {
  await openWith(page, goto, ALL);
  await name(page).fill("Sam Rivera");
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const margin = { top: "2cm", bottom: "2cm", left: "2cm", right: "2cm" };
    const pdf = (await page.pdf({ format: "A4", margin })).toString("latin1");
    assert.equal(pdf.match(/\/Type \/Page\b/g).length, 1);
  }
  await page.setViewportSize({ width: 643, height: 971 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await print(page).isVisible(), false);
  assert.equal(await name(page).isVisible(), true);
  assert.equal(await list(page).last().isVisible(), true);
  const ink = await page
    .locator("own-completion :is(li, time, .blank, h2)")
    .evaluateAll((all) => all.map((element) => getComputedStyle(element).color));
  assert.deepEqual([...new Set(ink)], ["rgb(0, 0, 0)"]);
});

onServer("the button prints", async ({ page, goto }) => {
  await openWith(page, goto, SOME);
  await page.evaluate(() => {
    window.print = () => {
      window.printed = (window.printed ?? 0) + 1;
    };
  });
  await print(page).press("Enter");
  assert.equal(await page.evaluate(() => window.printed), 1);
});

onServer("the name is for the paper alone", async ({ page, goto }) => {
  await openWith(page, goto, SOME);
  const before = await kept(page);
  await name(page).fill("Sam Rivera");
  await name(page).blur();
  assert.equal(await kept(page), before);
  await page.reload();
  assert.equal(await name(page).inputValue(), "");
  assert.equal(
    await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).includes("Sam")),
    false,
  );
});

onServer("with nothing read there is one sentence and the way to the lessons", async ({ page, goto, base }) => {
  await goto(PAGE);
  assert.equal(await name(page).isVisible(), false);
  assert.equal(await print(page).isVisible(), false);
  assert.equal(await kept(page), null);
  await page.getByRole("link", { name: "To the lessons" }).click();
  await page.waitForURL(`${base}lessons/index.html`);
  await page.getByRole("link", { name: "Page of completion" }).click();
  await page.waitForURL(base + PAGE);
});

onServer("what is read in another tab comes in", async ({ page, goto, base }) => {
  await goto(PAGE);
  const other = await page.context().newPage();
  await other.goto(`${base}lessons/offers.html`);
  await other.getByRole("button", { name: "I have read this" }).click();
  await until(
    async () => (await list(page).count()) === 1,
    5000,
    () => "it is not listed",
  );
  assert.equal(await list(page).isVisible(), true);
});

onServer("what is kept is shown as text, and what is no record not at all", async ({ page, goto }) => {
  const html = "<img src=x onerror=alert(1)>";
  await openWith(
    page,
    goto,
    { a: { title: html, done: "2026-11-02" }, b: { done: "2026-11-03" }, c: { title: "C", done: "soon" }, d: 5 },
    "x",
  );
  assert.deepEqual(await list(page).allTextContents(), [`${html} 2 November 2026`, "b 3 November 2026"]);
  assert.deepEqual((await blanks(page)).slice(1), ["2", "0"]);
});

onServer(
  "without script it is a form to fill in by hand, on one sheet",
  async ({ page, goto }) => {
    await goto(PAGE);
    assert.equal(await name(page).isVisible(), true);
    assert.equal(await print(page).isVisible(), false);
    assert.deepEqual(await blanks(page), ["", "", ""]);
    await page.emulateMedia({ media: "print" });
    const lines = await page
      .locator("own-completion .blank")
      .evaluateAll((all) => all.map((blank) => [blank.clientWidth > 200, getComputedStyle(blank).borderBottomWidth]));
    assert.deepEqual(
      lines,
      [...new Array(4)].map(() => [true, "1px"]),
    );
  },
  { javaScriptEnabled: false, viewport: desk },
);

for (const viewport of [phone, desk, { width: 320, height: 568 }]) {
  onServer(
    `axe finds nothing, nothing is small or too wide, at ${viewport.width} px`,
    async ({ page, goto, search }) => {
      for (const lessons of [ALL, {}]) {
        await openWith(page, goto, lessons);
        assert.deepEqual(await search.violations(), []);
        assert.deepEqual(await page.evaluate(smallTargets, ["own-completion", "a, button, input"]), []);
        assert.deepEqual(await page.evaluate(tooWide), []);
        await page.evaluate(() => {
          document.documentElement.dir = "rtl";
          document.documentElement.style.fontSize = "200%";
        });
        assert.deepEqual(await page.evaluate(tooWide), [], "with large text from right to left");
      }
    },
    { viewport },
  );
}
