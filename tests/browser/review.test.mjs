// The questions of today: which come, in which order, what an answer changes, and what is said when nothing is due.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { keep, kept, visit } from "./support/frame.mjs";
import { changed, fillStorage, quizOf } from "./support/quiz.mjs";
import { arrival, phone, places, until } from "./support/search-page.mjs";
import { hasFocus, outside, smallTargets, tooWide } from "./support/seen.mjs";

const PAGE = "review.html";
const SLUG = "intake-meeting";
const day = (number) => new Date(Date.parse("2026-11-25") + number * 86_400_000).toISOString().slice(0, 10);
const TODAY = day(0);

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A test on the page, at noon of a day, for a reader who has done something before. */
const reviewTest = (name, lessons, use, { open = places[0][1], change, init, ...options } = {}) =>
  test(name, () =>
    visit(
      browser,
      open,
      async (site) => {
        const { page, goto } = site;
        await page.clock.setFixedTime(`${TODAY}T12:00:00`);
        if (change) await changed(page, change);
        if (lessons) {
          await goto("contents.html");
          await keep(page, { version: 2, days: [day(-3)], lessons });
        }
        if (init) await page.addInitScript(init);
        await goto(PAGE);
        await use({ ...site, ...deckOf(page) });
      },
      options,
    ),
  );

const FINISHED = { [SLUG]: { title: "The intake meeting", module: "start", done: day(-3) } };
const TWO = { ...FINISHED, "first-week": { title: "Your first week in recruiting", module: "start", done: day(-9) } };

for (const [where, open] of places) {
  reviewTest(
    `due questions come one after the other, and each answer decides on its next look, ${where}`,
    FINISHED,
    async ({ page, deck, quiz, head, note, main, base, goto }) => {
      const keys = await keysOf(page);
      assert.equal(await head.textContent(), "Three questions for today");
      assert.equal(await page.locator(".quiz").filter({ visible: true }).count(), 1, "one question, and nothing else");
      assert.equal(await page.locator("#review\\.days").textContent(), "1 day practised");
      assert.equal(await legend(quiz), "1 of 3.");
      assert.match(
        await note.textContent(),
        /^From “The intake meeting”, read three days ago\. If you know it, the next look is in three days\.$/,
      );
      assert.equal(arrival(await note.getByRole("link").evaluate(({ href }) => href), base), undefined);

      await quiz.answer((await quiz.right())[0]);
      assert.match(await note.textContent(), /The next look is in three days\.$/);
      assert.deepEqual(await quiz.entry(), { picked: await quiz.right(), right: true, on: TODAY, step: 1 });
      assert.equal(await deck.getByRole("button", { name: "Not today" }).count(), 0);
      await main.click();

      assert.equal(await legend(quiz), "2 of 3.");
      assert.equal(await hasFocus(quiz.field), true, "the next question is read out");
      const [one, other] = await quiz.wrong();
      await quiz.answer(one);
      await main.click();
      await quiz.answer(other);
      assert.match(await note.textContent(), /The next look is tomorrow\.$/);
      assert.deepEqual(await quiz.entry(), { picked: [other], right: false, on: TODAY, step: 0 });
      await main.click();

      await quiz.field.getByRole("button", { name: "Show the answer" }).click();
      assert.equal((await quiz.entry()).step, 0);
      assert.equal(await main.textContent(), "Finish for today");
      await main.click();
      assert.equal(await head.textContent(), "Done for today");
      assert.equal(await hasFocus(head), true);
      const { lessons, days } = JSON.parse(await kept(page));
      assert.deepEqual(Object.keys(lessons[SLUG].answers), keys.slice(0, 3), "the oldest first, in their order");
      assert.deepEqual({ ...lessons[SLUG], answers: 0 }, { ...FINISHED[SLUG], answers: 0 });
      assert.deepEqual(days, [day(-3), TODAY]);

      await goto(PAGE);
      const left = keys.length - 3;
      assert.equal(await head.textContent(), left > 0 ? "One question for today" : "Nothing for today");
    },
    { open },
  );
}

reviewTest(
  "three at a time; the others wait, or come now if the reader likes",
  TWO,
  async ({ page, deck, head, text, quiz, main }) => {
    const [first, second] = [await keysOf(page, "first-week"), await keysOf(page)];
    assert.equal(await quiz.key(), first[0], "what has waited for longest comes first");
    await all(deck, main);
    const waiting = first.length + second.length - 3;
    const words = [
      "None is",
      "One more is",
      "Two more are",
      "Three more are",
      "Four more are",
      "Five more are",
      "Six more are",
    ];
    assert.match(await text.textContent(), new RegExp(`^${words[waiting]} there\\.`));
    await deck.getByRole("button", { name: "A few more now" }).click();
    assert.equal(await legend(quiz), "1 of 3.");
    assert.equal(await hasFocus(quiz.field), true);
    assert.equal(await head.textContent(), "Three questions for today");
  },
);

reviewTest(
  "without a finished lesson the page says how it works, and writes nothing",
  undefined,
  async ({ page, head, text, deck, base }) => {
    assert.equal(await head.textContent(), "Questions come back here");
    assert.match(await text.textContent(), /^Once you have finished a lesson, .* after 1, 3, 7 and 21 days/);
    assert.equal(
      arrival(await deck.getByRole("link", { name: "See the lessons" }).evaluate(({ href }) => href), base),
      undefined,
    );
    assert.equal(await page.locator(".quiz").filter({ visible: true }).count(), 0);
    await page.locator(".all-questions > summary").click();
    assert.ok(
      (await page.locator(".quiz").filter({ visible: true }).count()) > 20,
      "all questions are there to look at",
    );
    assert.equal(await kept(page), null);
    assert.equal(await page.locator("#review\\.days").isVisible(), false);
  },
);

for (const [name, record, said] of [
  ["a lesson finished today", () => ({ done: TODAY }), "The next question comes back tomorrow."],
  [
    "looks that lie ahead",
    (answers) => ({ done: day(-9), answers: answers(2, day(-2)) }),
    "The next question comes back in five days.",
  ],
  ["nothing but rest", (answers) => ({ done: day(-60), answers: answers(4, day(-20)) }), /They all rest now\.$/],
]) {
  reviewTest(`nothing is due with ${name}`, {}, async ({ page, goto, head, text, deck }) => {
    const keys = await keysOf(page);
    const answers = (step, on) => Object.fromEntries(keys.map((key) => [key, { right: true, on, step }]));
    await keep(page, { version: 2, lessons: { [SLUG]: record(answers) } });
    await goto(PAGE);
    assert.equal(await head.textContent(), "Nothing for today");
    assert.match(await text.textContent(), typeof said === "string" ? new RegExp(`^${said}$`) : said);
    assert.equal(await deck.getByRole("button").count(), 0, "nothing nags");
    assert.equal(await page.evaluate(() => globalThis.levelOneDue()), 0);
  });
}

reviewTest(
  "not today leaves everything for tomorrow, without a mark",
  FINISHED,
  async ({ page, goto, deck, head, quiz }) => {
    const before = JSON.parse(await kept(page));
    await deck.getByRole("button", { name: "Not today" }).click();
    for (const again of [false, true]) {
      if (again) await goto(PAGE);
      assert.equal(await head.textContent(), "Left for tomorrow");
      assert.equal(await quiz.field.count(), 0);
    }
    assert.deepEqual(JSON.parse(await kept(page)), { ...before, notToday: TODAY });
    await page.clock.setFixedTime(`${day(1)}T06:00:00`);
    await goto(PAGE);
    assert.equal(await head.textContent(), "Three questions for today");
    await deck.getByRole("button", { name: "Not today" }).click();
    await deck.getByRole("button", { name: "Look at them now" }).click();
    assert.equal(await hasFocus(quiz.field), true);
    assert.deepEqual(JSON.parse(await kept(page)), before);
  },
);

reviewTest(
  "the page follows other tabs and the calendar, never in the midst of an answer",
  FINISHED,
  async ({ page, base, head, quiz, main }) => {
    const [, second] = await keysOf(page);
    const other = await page.context().newPage();
    await other.clock.setFixedTime(`${TODAY}T12:00:00`);
    await other.goto(`${base}lessons/${SLUG}.html`);
    const twin = quizOf(other);
    await twin.answer((await twin.right())[0]);
    await until(
      async () => (await quiz.key()) === second,
      5000,
      () => "still asks what was answered elsewhere",
    );
    assert.equal(await page.locator(".all-questions .quiz .review-place").count(), 0);

    await quiz.answer((await quiz.wrong())[0]);
    await page.clock.setFixedTime(`${day(1)}T12:00:00`);
    await other.evaluate(() => globalThis.levelOneKept.set("theme", "dark"));
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    assert.deepEqual(await quiz.said(), "Not quite. You have one more try.");
    await quiz.field.getByRole("button", { name: "Show the answer" }).click();
    assert.match(await head.textContent(), /for today$/);
    await main.click();
    await page.clock.setFixedTime(`${day(9)}T12:00:00`);
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    assert.equal(await legend(quiz), "1 of 3.", "another day, another sitting");
  },
);

reviewTest(
  "where nothing can be kept, nothing is asked twice, and no next look is spoken of",
  TWO,
  async ({ deck, quiz, main, note, head, page }) => {
    const asked = new Set();
    const total = (await keysOf(page, "first-week")).length + (await keysOf(page)).length;
    for (let number = 0; number < total; number++) {
      asked.add(await quiz.key());
      await quiz.answer((await quiz.right())[0]);
      assert.match(await note.textContent(), /ago\.$/);
      await main.click();
      const more = deck.getByRole("button", { name: "A few more now" });
      if (await more.isVisible()) await more.click();
    }
    assert.equal(asked.size, total);
    assert.equal(await head.textContent(), "Done for today");
  },
  { init: fillStorage },
);

reviewTest(
  "answers to questions that are no more are forgotten, and the day does not count for that",
  {
    [SLUG]: { done: day(-9), answers: { gone: { right: true, on: day(-9), step: 0 } }, tasks: { a: true } },
    removed: { done: day(-9), answers: { gone: { right: true, on: day(-9), step: 0 } } },
    open: { answers: { other: { right: true, on: day(-9), step: 0 } } },
  },
  async ({ page }) => {
    const { lessons, days } = JSON.parse(await kept(page));
    assert.deepEqual(lessons, {
      [SLUG]: { done: day(-9), answers: {}, tasks: { a: true } },
      removed: { done: day(-9), answers: {} },
      open: { answers: { other: { right: true, on: day(-9), step: 0 } } },
    });
    assert.deepEqual(days, [day(-3)]);
    assert.equal(await page.evaluate(() => globalThis.levelOneDue()), 0);
  },
);

reviewTest(
  "a lesson that has got a new name keeps its looks",
  { old: { title: "The intake meeting", module: "start", done: day(-3) } },
  async ({ page, quiz, head }) => {
    assert.equal(await head.textContent(), "Three questions for today");
    await quiz.answer((await quiz.right())[0]);
    const { lessons } = JSON.parse(await kept(page));
    assert.deepEqual(Object.keys(lessons), [SLUG]);
    assert.equal(lessons[SLUG].done, day(-3));
  },
  { change: (html) => html.replace(`data-lesson="${SLUG}"`, `data-lesson="${SLUG}" data-was="older old"`) },
);

reviewTest(
  "in a large guide each module says what is due in it, and forgets nothing of lessons that stand elsewhere",
  {
    a: {
      module: "m",
      done: day(-3),
      answers: { one: { right: false, on: day(-3), step: 0 }, two: { right: true, on: TODAY, step: 0 } },
    },
    b: { module: "n", done: TODAY, answers: { three: { right: false, on: TODAY, step: 0 } } },
  },
  async ({ page, head, text }) => {
    const ends = page.locator("main a[data-module] .end");
    assert.deepEqual(await ends.allTextContents(), ["9 questions, 1 due", "8 questions"]);
    assert.equal(await head.textContent(), "Questions for today");
    assert.equal(await text.textContent(), "They are in the parts that say so.");
    assert.equal(Object.keys(JSON.parse(await kept(page)).lessons.a.answers).length, 2);
  },
  { change: large },
);

reviewTest(
  "whatever is in the storage, the page stays whole",
  {
    [SLUG]: { done: "9999-12-31", answers: { x: "<b>" } },
    "first-week": "<img src=x onerror=alert(1)>",
    b: { done: {} },
  },
  async ({ head, note }) => {
    assert.equal(await head.textContent(), "Three questions for today", "a day to come hides nothing");
    assert.match(await note.textContent(), /^From “The intake meeting”\. If/);
  },
);

reviewTest(
  "without script every question of every lesson is there with its answer, also on paper",
  undefined,
  async ({ page, deck }) => {
    assert.equal(await deck.isVisible(), false);
    const quizzes = await page.locator(".quiz").count();
    assert.ok(quizzes > 20);
    assert.equal(await page.locator(".quiz").filter({ visible: true }).count(), quizzes);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".verdicts").filter({ visible: true }).count(), quizzes);
  },
  { javaScriptEnabled: false },
);

reviewTest("on paper all questions are there with script as well, and no button", FINISHED, async ({ page }) => {
  await page.emulateMedia({ media: "print" });
  const quizzes = await page.locator(".quiz").count();
  assert.equal(await page.locator(".quiz .verdicts").filter({ visible: true }).count(), quizzes);
  assert.equal(await page.locator("main button, main .button").filter({ visible: true }).count(), 0);
});

reviewTest("the keys alone are enough", FINISHED, async ({ page, quiz, main, head }) => {
  await page.locator("#site\\.main").evaluate((main) => main.querySelector("review-deck input").focus());
  for (let number = 1; number <= 3; number++) {
    assert.equal(await legend(quiz), `${number} of 3.`);
    await quiz.options.nth((await quiz.right())[0]).focus();
    for (const key of ["Space", "Enter", "Tab"]) await page.keyboard.press(key);
    assert.equal(await hasFocus(main), true);
    await page.keyboard.press("Enter");
  }
  assert.equal(await head.textContent(), "Done for today");
});

for (const viewport of [phone, { width: 320, height: 640 }]) {
  reviewTest(
    `axe, targets and width in every state at ${viewport.width} px`,
    FINISHED,
    async ({ page, search, quiz, deck, main }) => {
      for (const act of [
        () => {},
        async () => quiz.answer((await quiz.right())[0]),
        () => main.click(),
        () => deck.getByRole("button", { name: "Not today" }).click(),
      ]) {
        await act();
        if (viewport === phone) assert.deepEqual(await search.violations(), []);
        assert.ok(
          (await page.locator("main .button.main").filter({ visible: true }).count()) <= 1,
          "one filled button",
        );
        assert.deepEqual(await page.evaluate(smallTargets, ["review-deck", "label, button, .button, summary"]), []);
        for (const dir of ["rtl", "ltr"]) {
          await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), dir);
          assert.deepEqual(await page.evaluate(outside, "review-deck *"), [], dir);
        }
      }
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "200%";
      });
      assert.deepEqual(await page.evaluate(tooWide), [], "text twice as large");
    },
    { viewport },
  );
}

reviewTest(
  "nothing moves when the scripts come late",
  {},
  async ({ page, goto, deck }) => {
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => {
        for (const { value } of list.getEntries()) window.shift += value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.route(/\/(script|learning|journal)\.[^/]*\.js$/, async (route) => {
      await new Promise((done) => setTimeout(done, 500));
      await route.continue();
    });
    await goto(PAGE);
    await deck.locator("h2").waitFor();
    await page.waitForTimeout(200);
    assert.ok((await page.evaluate(() => window.shift)) < 0.01);
  },
  { viewport: phone },
);

function deckOf(page) {
  const deck = page.locator("review-deck");
  const quiz = quizOf(page, 0, "review-deck");
  return {
    deck,
    quiz,
    main: quiz.main,
    head: deck.locator("h2"),
    note: deck.locator(":scope > .small"),
    text: deck.locator(":scope > p:not(.small, .buttons)"),
  };
}

/** The keys of a lesson's questions, in their order, where one of them may be asked just now. */
function keysOf(page, slug = SLUG) {
  return page
    .locator(`.quiz[id^="quiz.${slug}."]`)
    .evaluateAll((all) => all.sort((one, other) => (one.id < other.id ? -1 : 1)).map(({ dataset }) => dataset.key));
}

function legend(quiz) {
  return quiz.field.locator(".review-place").evaluate((place) => place.textContent.trim());
}

/** Goes through a sitting without knowing anything. */
async function all(deck, main) {
  for (let number = 0; number < 3; number++) {
    await deck.getByRole("button", { name: "Show the answer" }).click();
    await main.click();
  }
}

/** The page as it is where modules have pages of their own. */
function large(html) {
  const rows = [9, 8].map(
    (count, at) =>
      `<li><a class="row" href="index.html" data-module="${"mn"[at]}"><strong>M</strong> <span class="end">${count} questions</span></a></li>`,
  );
  return html
    .replace(/<section class="questions"[\s\S]*<\/section>/, `<ul class="rows">${rows.join("")}</ul>`)
    .replace("<review-deck data-whole", "<review-deck");
}
