// "They just said no", a question at a time: every way to its end with the keys and with a finger, the way back, and all of
// it without script. What comes after it: after-a-no.test.mjs. A role play: role-play.test.mjs.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { visit } from "./support/frame.mjs";
import { arrived, follow, idShown, KINDS, ONWARD, PAGE } from "./support/path.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { isInView, smallTargets, tooWide } from "./support/seen.mjs";
import { pages } from "./support/site.mjs";

const ROLE_PLAY = pages.find(({ source }) => source.includes("<role-play>")).path;
const LESSON = pages.find(({ path, source }) => path.startsWith("lessons/") && source.includes("<decision-path")).path;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));
const inEveryPlace = (name, use, options) => {
  for (const [where, open] of places) test(`${name}, ${where}`, () => visit(browser, open, use, options));
};

const withKeys = {
  // The focus is on the question; what can be chosen stands in order after it, and the way back before it. A pause has the
  // link to breathe first.
  async choose(page, place, { isPause }) {
    for (let at = 0; at <= place + isPause; at++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
  },
  async back(page) {
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
  },
};
const withAFinger = {
  choose: (page, place) => tap(page, ONWARD, place),
  back: (page) => tap(page, ".path-bar a"),
};

// Two at a time: while one waits for the next step, there is room for the other.
describe("every way", { concurrency: 2 }, () => {
  for (const [name, hand, options] of [
    ["with the keys", withKeys, { viewport: desk }],
    ["with a finger", withAFinger, { viewport: phone, hasTouch: true }],
  ]) {
    onServer(
      `leads to its end, and back again, ${name}`,
      async ({ page, goto }) => {
        await goto(PAGE);
        const ends = new Set();
        let ways = 0;
        const walk = async (id, way) => {
          const { links, isEnd, title, counts, ...seen } = await arrived(page, id);
          const questions = way.filter((one) => one.counts).length + (counts ? 1 : 0);
          assert.equal(seen.far, counts ? `Question ${questions}, five at most` : "");
          assert.deepEqual(seen.way, [...way.map((one) => one.title), title]);
          assert.equal(seen.hasList, isEnd);
          if (isEnd) {
            ends.add(id);
            ways += 1;
          }
          for (const [place, to] of links.entries()) {
            await hand.choose(page, place, seen);
            await walk(to, [...way, { title, counts }]);
            await hand.back(page);
            await arrived(page, id);
          }
        };
        // The keys begin at the question, as after each answer.
        await page.locator(".question").first().focus();
        await walk(await idShown(page), []);
        const all = await page.locator("[class*=at-].step").count();
        assert.equal(ends.size, all, "an end was not reached");
        assert.ok(ways > all, `${ways} ways`);
      },
      options,
    );
  }
});

inEveryPlace("back, forward and reload keep to the step, and the way is known", async ({ page, goto }) => {
  await goto(PAGE);
  const [first, , stop, stage] = await follow(page, ["I need a minute", "Skip it, and go on", "None of these"]);
  assert.ok(await isInView(page.locator(".step:target .question")));
  await page.goBack();
  await arrived(page, stop);
  assert.equal((await wayShown(page)).length, 3);
  await page.goForward();
  await arrived(page, stage);
  assert.deepEqual((await wayShown(page)).length, 4, "the way forward is remembered");
  await page.reload();
  assert.equal(await idShown(page), stage);
  assert.equal((await wayShown(page)).length, 1, "after loading again it shows what it knows");
  assert.equal(await page.locator(".far").textContent(), "");
  await page.getByRole("link", { name: "Start over" }).and(page.locator(":visible")).click();
  await arrived(page, first);
  await page.goBack();
  await arrived(page, stage);
});

onServer("the way back leads out by itself, and a step of the way is one press away", async ({ page, goto }) => {
  await goto(PAGE);
  const [first, stop, stage, why] = await follow(page, ["I am all right", "None of these", "Interviews"]);
  const way = page.locator(".way a");
  assert.deepEqual(await way.allTextContents(), [
    "How do you feel right now? I am all right",
    "Is one of these in what they said? None of these",
    "Where were they? Interviews",
  ]);
  assert.equal(await page.locator(".way [aria-current=step]").textContent(), "What did they say?");
  await way.nth(1).click();
  await arrived(page, stop);
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await arrived(page, first);
  assert.equal(await page.getByRole("link", { name: "Back", exact: true }).isVisible(), false);
  await page.goBack();
  await arrived(page, stop);
  await page.goBack();
  await arrived(page, why);
  assert.equal((await wayShown(page)).length, 4);
  await page.goBack();
  await arrived(page, stage);
});

onServer("every question can be skipped, and nothing is said that nobody chose", async ({ page, goto }) => {
  await goto(PAGE);
  const skip = () => page.getByRole("link", { name: "Skip this" }).and(page.locator(":visible"));
  const gone = [];
  while ((await skip().count()) > 0) {
    const before = await idShown(page);
    await skip().click();
    await until(
      async () => (await idShown(page)) !== before,
      2000,
      () => `${before} stays`,
    );
    gone.push(await page.locator(".step:target .question").textContent());
  }
  assert.deepEqual(gone.slice(0, 3), ["Is one of these in what they said?", "Where were they?", "What did they say?"]);
  assert.match(await idShown(page), /none/);
  assert.equal(await page.locator(".way li a span").first().textContent(), "skipped");
  assert.equal(await page.locator(".record").textContent(), "Record the reason, and one factual line");
  assert.equal(await page.locator(".step:has(.answer):not(:has(.skips))").count(), 0);
});

inEveryPlace("an address opens its step, and an unknown one the first", async ({ page, goto }) => {
  for (const id of Object.values(KINDS)) {
    await goto(`${PAGE}#${id}`);
    assert.equal(await idShown(page), id);
    assert.deepEqual(await wayShown(page), [await page.locator(".step:target .question").textContent()]);
    assert.equal(await page.getByRole("link", { name: "Back", exact: true }).isVisible(), false);
    await goto("index.html");
  }
  for (const end of ["#step.nowhere", "#constructor", "#%E0%A4", ""]) {
    await goto(PAGE + end);
    assert.equal(await idShown(page), await page.locator(".step").first().getAttribute("id"));
    await goto("index.html");
  }
});

inEveryPlace(
  "without script every step is there, and the address leaves one",
  async ({ page, goto }) => {
    await goto(PAGE);
    const steps = page.locator(".step");
    assert.equal(await steps.filter({ visible: true }).count(), await steps.count());
    for (const part of [".path-bar", ".way", ".after textarea"]) {
      assert.equal(await page.locator(part).isVisible(), false, part);
    }
    assert.equal(await page.locator(".after").isVisible(), true);
    await page.getByRole("link", { name: "I am all right" }).click();
    assert.equal(await steps.filter({ visible: true }).count(), 1);
    assert.equal(await page.locator(".after").isVisible(), false);
    for (const answer of ["None of these", "Interviews", "The pay", "No"]) {
      await page.locator(".step:target").getByRole("link", { name: answer, exact: true }).first().click();
    }
    assert.equal(await page.locator(".after li").filter({ visible: true }).count(), 5);
    await page.getByRole("link", { name: "Show every step at once" }).click();
    assert.equal(await steps.filter({ visible: true }).count(), await steps.count());
  },
  { javaScriptEnabled: false },
);

for (const [path, name] of [
  [PAGE, "the path"],
  [ROLE_PLAY, "a role play"],
  [LESSON, "the path in a lesson"],
]) {
  onServer(`on paper all steps of ${name} are there`, async ({ page, goto }) => {
    await goto(path);
    await page.emulateMedia({ media: "print" });
    const steps = page.locator(".step");
    assert.equal(await steps.filter({ visible: true }).count(), await steps.count());
    assert.equal(await page.locator(".path-bar, .way").filter({ visible: true }).count(), 0);
  });
}

onServer(
  "in a lesson the same questions come one at a time, and its own headings stay in reach",
  async ({ page, goto }) => {
    await goto(LESSON);
    const steps = page.locator(".step");
    assert.equal(await steps.filter({ visible: true }).count(), 1);
    const [, stop] = await follow(page, ["I am all right"]);
    assert.equal(await steps.filter({ visible: true }).count(), 1);
    assert.equal(await page.locator("h1").evaluate((title) => getComputedStyle(title).fontSize), "40px");
    await page.goBack();
    await until(
      async () => (await idShown(page)) !== stop,
      2000,
      () => "it does not go back",
    );
    await page.locator(".toc a").last().click();
    const there = await page.evaluate(() => document.querySelector(":target").localName);
    assert.match(there, /h2|section/);
  },
);

onServer(
  "on a phone the longest list stands in one screen",
  async ({ page, goto }) => {
    await goto(PAGE);
    await follow(page, ["I am all right", "None of these", "Interviews"]);
    const answers = page.locator(".step:target .answer");
    assert.equal(await answers.count(), 11);
    const { bottom } = await answers.last().evaluate((answer) => answer.getBoundingClientRect().toJSON());
    assert.ok(bottom < phone.height, `it ends at ${bottom} px`);
    assert.ok(await isInView(page.locator(".path-bar")));
    await page.locator(".way > summary").click();
    assert.equal(await page.locator(".way li").count(), 4);
  },
  { viewport: phone, hasTouch: true },
);

for (const [name, options] of [
  ["a phone", { viewport: phone, hasTouch: true }],
  ["a desk", { viewport: desk }],
]) {
  onServer(
    `axe finds nothing in any kind of step on ${name}, light and dark, and all can be pressed`,
    async ({ page, goto, search }) => {
      for (const id of ["", ...Object.values(KINDS)]) {
        await goto("index.html");
        await goto(`${PAGE}#${id}`);
        assert.deepEqual(await search.violations(), [], id);
        assert.deepEqual(await page.evaluate(smallTargets, [".path", "a, button, summary, .pick"]), [], id);
      }
      await goto(PAGE);
      await follow(page, ["I need a minute", "Skip it, and go on", "None of these", "Interviews", "The pay"]);
      await page.locator(".way").evaluate((panel) => {
        panel.open = true;
      });
      assert.deepEqual(await search.violations(), []);
      assert.deepEqual(await page.evaluate(smallTargets, [".path", "a, button, summary"]), []);
    },
    options,
  );
}

for (const dir of ["ltr", "rtl"]) {
  onServer(`nothing is too wide at any width and size of text, ${dir}`, async ({ page, goto }) => {
    await goto(PAGE);
    await follow(page, ["I need a minute", "Skip it, and go on", "None of these", "Interviews", "The pay", "No"]);
    for (const path of [undefined, ROLE_PLAY]) {
      if (path) await goto(path);
      for (const panel of await page.locator(".way, role-play > details").all()) {
        await panel.evaluate((one) => {
          one.open = true;
        });
      }
      for (const [width, zoom] of [
        [320, 1],
        [320, 2],
        [390, 2],
        [960, 1],
        [1280, 2],
      ]) {
        await page.setViewportSize({ width, height: 800 });
        await page.evaluate(setUp, [dir, zoom]);
        assert.deepEqual(await page.evaluate(tooWide), [], `${width} px, ${zoom * 100} %`);
      }
    }
  });
}

/** The id of the first step whose opening tag is so. */
async function tap(page, selector, place = 0) {
  const { x, y } = await page.evaluate(middle, [selector, place]);
  await page.touchscreen.tap(x, y);
}

/** The questions of the way, and where it has come to. */
function wayShown(page) {
  return page.locator(".way li > *").evaluateAll((parts) => parts.map((part) => part.firstChild.data));
}

// What follows runs in the page.
function middle([selector, place]) {
  const link = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility())[place];
  link.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = link.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

function setUp([dir, zoom]) {
  document.documentElement.dir = dir;
  document.documentElement.style.fontSize = `${zoom * 100}%`;
}
