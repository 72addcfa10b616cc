// What is read, for eyes and thumbs: in every state, on every width, and while scripts are late.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { keep, visit } from "./support/frame.mjs";
import { desk, phone, places } from "./support/search-page.mjs";
import { moving, smallTargets, tooWide } from "./support/seen.mjs";
import { read } from "./support/site.mjs";

const PAGE = "lessons/saying-no.html";
const MODULE = /<html[^>]* data-module="([^"]*)"/.exec(read(PAGE))[1];
const record = (title) => ({ title, module: MODULE, done: "2026-11-20" });

const LAST = {
  lesson: "phone-screen",
  title: "The phone screen",
  section: "ask",
  heading: "Ask the same of everyone",
  left: 4,
};
const KEPT = {
  version: 2,
  days: ["2026-11-20"],
  last: { ...LAST, read: true, at: 5 },
  lessons: {
    "saying-no": record("Saying no"),
    "phone-screen": { ...record("The phone screen"), done: undefined, tasks: { a: true } },
    offers: record("Offers"),
  },
};
const NEXT = {
  ...KEPT,
  last: { lesson: "phone-screen", title: "Candidate experience: promises and speed", read: true },
};

/** Where progress shows, and what is looked at there. */
const SHOWN = [
  { path: "index.html", kept: KEPT, part: ".home" },
  { path: "index.html", kept: NEXT, part: ".home" },
  { path: "lessons/index.html", kept: KEPT, part: "main" },
  { path: `lessons/${MODULE}/index.html`, kept: KEPT, part: "main" },
  { path: PAGE, kept: KEPT, part: ".mark-read" },
  { path: PAGE, kept: KEPT, part: ".side" },
  { path: "lessons/phone-screen.html", kept: KEPT, part: ".mark-read" },
];

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

async function show({ page, goto }, path, value) {
  if (page.url() === "about:blank") await goto("404.html");
  await keep(page, value);
  await goto(path);
}

for (const viewport of [phone, desk]) {
  onServer(
    `axe finds nothing, and everything is large enough, at ${viewport.width} px`,
    async (visited) => {
      const { page, search } = visited;
      for (const { path, kept, part } of SHOWN) {
        await show(visited, path, kept);
        assert.deepEqual(await search.violations(), [], path);
        assert.deepEqual(
          await page.evaluate(smallTargets, [part, "button, a.button, a.row, a.ring, summary"]),
          [],
          path,
        );
        assert.deepEqual(await page.evaluate(tooWide), [], path);
      }
    },
    { viewport },
  );

  onServer(
    `nothing moves for who comes back, when scripts are late, at ${viewport.width} px`,
    async (visited) => {
      const { page } = visited;
      await show(visited, "404.html", KEPT);
      await page.addInitScript(noteShifts);
      await page.route(/\.js$/, async (route) => {
        if (!/\/early\.[^/]*$/.test(route.request().url())) await new Promise((done) => setTimeout(done, 400));
        await route.continue();
      });
      for (const { path, kept } of [
        ...SHOWN,
        { path: "completion.html", kept: KEPT },
        { path: "completion.html", kept: {} },
      ]) {
        await show(visited, path, kept);
        await page.waitForTimeout(100);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], path);
      }
    },
    { viewport },
  );
}

onServer(
  "on 320 px, with large text, and from right to left, nothing is cut off",
  async (visited) => {
    const { page } = visited;
    for (const { path, kept } of SHOWN) {
      await show(visited, path, kept);
      for (const [dir, size] of [
        ["ltr", "100%"],
        ["rtl", "100%"],
        ["rtl", "200%"],
      ]) {
        await page.evaluate(
          ([dir, size]) => {
            document.documentElement.dir = dir;
            document.documentElement.style.fontSize = size;
          },
          [dir, size],
        );
        assert.deepEqual(await page.evaluate(tooWide), [], `${path}, ${dir}, ${size}`);
      }
    }
  },
  { viewport: { width: 320, height: 568 } },
);

for (const forcedColors of ["none", "active"]) {
  onServer(
    `what is read, what is not, and where the reader is differ by more than colour (forced colours: ${forcedColors})`,
    async (visited) => {
      const { page } = visited;
      await show(visited, "lessons/phone-screen.html", KEPT);
      const look = (slug) =>
        page.locator(`.side [data-lesson="${slug}"]`).evaluate((link) => {
          const [ring, sign] = ["::before", "::after"].map((part) => getComputedStyle(link, part));
          return {
            word: link.querySelector("small").textContent,
            ring: ring.backgroundColor,
            sign: sign.content,
            turn: sign.rotate,
            of: sign.borderRightColor,
          };
        });
      const [isRead, here, open] = [
        await look("saying-no"),
        await look("phone-screen"),
        await look("candidate-experience"),
      ];
      assert.equal(isRead.word, "Read");
      assert.equal(here.word, "Reading now");
      assert.match(open.word, /minutes$/);
      assert.notEqual(isRead.ring, open.ring);
      assert.notEqual(isRead.ring, isRead.of, "the tick stands out from its ring");
      assert.deepEqual([isRead.turn, here.turn, open.sign], ["45deg", "none", "none"]);
      const pieces = page.locator(".pieces i");
      await show(visited, "index.html", KEPT);
      const [full, empty] = [pieces.first(), pieces.last()];
      const colour = (piece) => piece.evaluate((element) => getComputedStyle(element).backgroundColor);
      assert.notEqual(await colour(full), await colour(empty));
    },
    { forcedColors },
  );
}

onServer("one filled button is in view, and nothing moves by itself", async (visited) => {
  const { page } = visited;
  for (const { path, kept } of SHOWN) {
    await show(visited, path, kept);
    assert.deepEqual(await page.evaluate(moving), [], path);
    const filled = page.locator("main .button.main").filter({ visible: true });
    assert.ok((await filled.count()) <= 1, path);
  }
});

onServer("on paper there is no button, and words say what is read", async (visited) => {
  const { page } = visited;
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const { path, kept } of SHOWN) {
    await show(visited, path, kept);
    assert.equal(await page.locator("main :is(button, .button)").filter({ visible: true }).count(), 0, path);
  }
  await show(visited, "lessons/index.html", KEPT);
  assert.match(await page.locator('.row[data-lesson="offers"]:not(.ring) .end').innerText(), /Read$/);
});

// Runs in the page.
function noteShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      const moved = sources.map(({ node }) => `<${node?.localName} class="${node?.getAttribute?.("class") ?? ""}">`);
      window.shifts.push(`moves by ${value.toFixed(4)}: ${moved.join(", ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}
