// The words of the glossary in a lesson, as a reader looks at them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { arrival, desk, inPlace, phone, places, until } from "./support/search-page.mjs";
import { hasFocus, outside, smallTargets, tooWide } from "./support/seen.mjs";
import { readable } from "./support/site.mjs";

/** A lesson with several words of the glossary. */
const LESSON = readable.find(
  ({ path, source }) => path.startsWith("lessons/") && source.split('class="term"').length > 3,
)?.path;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => inPlace(browser, open, use, options));

  inThisPlace("a word under the pointer is explained, and so for who goes over to read", async (search) => {
    const term = await openLesson(search);
    const word = term.words.first();
    await word.hover();
    await term.shows(word);
    assert.equal(await term.more.isVisible(), false, "a click follows the word itself");
    await term.box.hover();
    await search.page.waitForTimeout(500);
    assert.equal(await term.box.isVisible(), true, "it stays for who reads");
    await search.page.mouse.move(2, 2);
    await term.isGone();
  });

  inThisPlace("a word that has the keys is explained until it has not", async (search) => {
    const term = await openLesson(search);
    await term.reach(0);
    await term.shows(term.words.first());
    await search.page.keyboard.press("Escape");
    assert.equal(await term.box.isVisible(), false);
    assert.equal(await hasFocus(term.words.first()), true);
    await search.page.keyboard.press("Shift+Tab");
    await search.page.keyboard.press("Tab");
    await term.shows(term.words.first());
    await search.page.keyboard.press("Shift+Tab");
    await term.isGone();
  });

  inThisPlace("a word still leads to the glossary", async (search, base) => {
    const term = await openLesson(search);
    const href = await term.words.first().evaluate(({ href }) => href);
    assert.equal(arrival(href, base), undefined);
    await term.words.first().click();
    await search.page.waitForURL(href);
    await search.page.goBack();
    assert.equal(await term.box.isVisible(), false);
    await term.reach(0);
    await search.page.keyboard.press("Enter");
    await search.page.waitForURL(href);
  });

  inThisPlace(
    "a tap explains a word, and a link leads on",
    async (search) => {
      const term = await openLesson(search);
      const [first, second] = [term.words.first(), term.words.last()];
      const address = search.page.url();
      await first.tap();
      await term.shows(first);
      assert.equal(search.page.url(), address);
      assert.equal(await search.page.evaluate(() => document.activeElement.className), "means");
      await second.scrollIntoViewIfNeeded();
      await second.tap();
      await term.shows(second);
      await search.page.touchscreen.tap(3, 3);
      await term.isGone();
      await second.tap();
      await term.shows(second);
      const href = await second.evaluate(({ href }) => href);
      assert.deepEqual(await search.page.evaluate(smallTargets, ["glossary-term"]), []);
      await term.more.tap();
      await search.page.waitForURL(href);
    },
    { hasTouch: true, isMobile: true, viewport: phone },
  );

  inThisPlace(
    "a second tap follows the word",
    async (search) => {
      const term = await openLesson(search);
      const href = await term.words.first().evaluate(({ href }) => href);
      await term.words.first().tap();
      await term.shows(term.words.first());
      await term.words.first().tap();
      await search.page.waitForURL(href);
    },
    { hasTouch: true, isMobile: true, viewport: phone },
  );

  inThisPlace(
    "without script a word is a link",
    async (search) => {
      await search.goto(LESSON);
      const word = search.page.locator("a.term").first();
      const href = await word.evaluate(({ href }) => href);
      await word.hover();
      assert.equal(await search.page.locator("glossary-term").isVisible(), false);
      await word.click();
      await search.page.waitForURL(href);
    },
    { javaScriptEnabled: false },
  );
}

onServer("a word without a meaning is a link and nothing else", async (search) => {
  const term = await openLesson(search);
  const word = term.words.first();
  await word.evaluate((word) => word.setAttribute("data-seen", ""));
  const bare = search.page.locator("[data-seen]");
  await bare.evaluate((word) => word.removeAttribute("data-means"));
  await bare.hover();
  await search.page.waitForTimeout(400);
  assert.equal(await term.box.isVisible(), false);
  const href = await bare.evaluate(({ href }) => href);
  await bare.click();
  await search.page.waitForURL(href);
});

onServer("the pointer that passes by opens nothing, and Escape lasts until it has left", async (search) => {
  const term = await openLesson(search);
  const word = term.words.first();
  await word.hover();
  await search.page.mouse.move(2, 2);
  await search.page.waitForTimeout(400);
  assert.equal(await term.box.isVisible(), false);
  await word.hover();
  await term.shows(word);
  await search.page.keyboard.press("Escape");
  const { x, y } = await word.evaluate((word) => word.getClientRects()[0].toJSON());
  await search.page.mouse.move(x + 5, y + 5);
  await search.page.waitForTimeout(400);
  assert.equal(await term.box.isVisible(), false);
  await search.page.mouse.move(2, 2);
  await word.hover();
  await term.shows(word);
});

onServer(
  "Escape in an explanation that was tapped gives the word the focus, and does not open it again",
  async (search) => {
    const term = await openLesson(search);
    const word = term.words.first();
    await word.tap();
    await term.shows(word);
    await search.page.keyboard.press("Tab");
    assert.equal(await hasFocus(term.more), true);
    await search.page.keyboard.press("Escape");
    assert.equal(await term.box.isVisible(), false);
    assert.equal(await hasFocus(word), true);
  },
  { hasTouch: true, isMobile: true, viewport: phone },
);

onServer("the search that opens above closes an explanation", async (search) => {
  const term = await openLesson(search);
  await term.words.first().hover();
  await term.shows(term.words.first());
  await search.open();
  await term.isGone();
});

for (const [width, height, zoom, dir] of [
  [320, 640, 1, "ltr"],
  [320, 640, 2, "rtl"],
  [390, 844, 1, "rtl"],
  [1280, 900, 1, "rtl"],
  [1280, 900, 2, "ltr"],
]) {
  onServer(
    `every explanation stays on a screen of ${width} px, ${zoom * 100} % text, ${dir}`,
    async (search) => {
      const term = await openLesson(search);
      await search.page.evaluate(
        ([dir, zoom]) => {
          document.documentElement.dir = dir;
          document.documentElement.style.fontSize = `${zoom * 100}%`;
        },
        [dir, zoom],
      );
      const count = await term.words.count();
      for (let at = 0; at < count; at++) {
        // At the lower edge, at the upper edge, and where the browser puts it.
        for (const block of ["end", "start", "center"]) {
          const word = term.words.nth(at);
          await word.evaluate((word, block) => {
            document.activeElement.blur();
            word.scrollIntoView({ block, behavior: "instant" });
          }, block);
          await term.reach(at);
          await term.shows(word);
          assert.deepEqual(await search.page.evaluate(outside, "glossary-term"), [], `${at} ${block}`);
          assert.deepEqual(await search.page.evaluate(tooWide), []);
        }
      }
    },
    { viewport: { width, height } },
  );
}

for (const [name, options, reach] of [
  ["hovered on a desk", { viewport: desk }, (term) => term.words.first().hover()],
  ["tapped on a phone", { viewport: phone, hasTouch: true, isMobile: true }, (term) => term.words.first().tap()],
]) {
  onServer(
    `axe finds nothing with a word ${name}, light and dark`,
    async (search) => {
      const term = await openLesson(search);
      await reach(term);
      await term.shows(term.words.first());
      assert.deepEqual(await search.violations(), []);
      assert.equal(await term.box.isVisible(), true);
    },
    options,
  );
}

onServer(
  "in forced colours an explanation has an edge",
  async (search) => {
    const term = await openLesson(search);
    await term.words.first().hover();
    await term.shows(term.words.first());
    const { width, edge, ground } = await term.box.evaluate((box) => {
      const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(box);
      return { width: Number.parseFloat(borderTopWidth), edge: borderTopColor, ground: backgroundColor };
    });
    assert.ok(width >= 1);
    assert.notEqual(edge, ground);
  },
  { forcedColors: "active" },
);

onServer(
  "nothing moves by itself, and an explanation moves along with its word",
  async (search) => {
    const term = await openLesson(search);
    const word = term.words.first();
    await word.hover();
    await term.shows(word);
    assert.equal(await search.page.evaluate(() => document.getAnimations().length), 0);
    const apart = async () => (await term.box.boundingBox()).y - (await word.boundingBox()).y;
    const before = await apart();
    await search.page.evaluate(() => scrollBy({ top: 40, behavior: "instant" }));
    assert.ok(Math.abs((await apart()) - before) < 1);
  },
  { reducedMotion: "reduce" },
);

onServer("an explanation is not printed", async (search) => {
  const term = await openLesson(search);
  await term.words.first().hover();
  await term.shows(term.words.first());
  await search.page.emulateMedia({ media: "print" });
  assert.equal(await term.box.isVisible(), false);
});

/** A lesson with its words of the glossary. */
async function openLesson(search) {
  const { page } = search;
  assert.ok(LESSON, "no lesson has words of the glossary");
  await search.goto(LESSON);
  const box = page.locator("glossary-term");
  const words = page.locator("a.term[data-means]");
  assert.ok((await words.count()) > 1, "the words carry no meaning");
  return {
    box,
    words,
    more: box.locator("a"),
    /** Goes to a word with the tab key, from the place before it. */
    async reach(at) {
      await words.nth(at).evaluate((word) => word.focus({ preventScroll: true }));
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Tab");
    },
    /** Waits until the meaning of a word is shown, also to those who do not see it. */
    async shows(word) {
      const means = await word.getAttribute("data-means");
      await until(
        async () => (await box.isVisible()) && (await box.locator(".means").textContent()) === means,
        5000,
        async () => `shown is "${await box.textContent()}", not "${means}"`,
      );
      assert.equal(await word.getAttribute("aria-describedby"), await box.locator(".means").getAttribute("id"));
      assert.equal(await page.locator("[aria-describedby='page.means']").count(), 1);
    },
    async isGone() {
      await box.waitFor({ state: "hidden" });
      assert.equal(await page.locator("[aria-describedby='page.means']").count(), 0);
    },
  };
}
