// Questions of a lesson: what a check of an answer shows and says, what is kept of it, and when it is forgotten.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { KEY, keep, kept, visit } from "./support/frame.mjs";
import { changed, denyStorage, fillStorage, quizOf, renewStorage, severalRight } from "./support/quiz.mjs";
import { arrival, desk, phone, places, until } from "./support/search-page.mjs";
import { hasFocus, outside, smallTargets, tooWide } from "./support/seen.mjs";

const PAGE = "lessons/intake-meeting.html";
const SLUG = "intake-meeting";
const TODAY = "2026-11-25";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const lessons = (answers) => ({ version: 2, lessons: { [SLUG]: { answers } } });

const record = async (page) => JSON.parse(await kept(page)).lessons[SLUG];

const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A test on a page with questions, at noon of a day. */
const quizTest = (name, use, { open = places[0][1], change, ...options } = {}) =>
  test(name, () =>
    visit(
      browser,
      open,
      async (site) => {
        await site.page.clock.setFixedTime(`${TODAY}T12:00:00`);
        if (change) await changed(site.page, change);
        await site.goto(PAGE);
        await use({ ...site, quiz: quizOf(site.page) });
      },
      options,
    ),
  );

for (const [where, open] of places) {
  quizTest(
    `a first wrong answer tells about itself alone, a second one shows everything, ${where}`,
    async ({ page, quiz, base }) => {
      assert.equal(await kept(page), null, "nothing is written before an answer");
      const wrong = await quiz.wrong();
      await quiz.answer(wrong[0]);
      assert.deepEqual(await quiz.marks(), { [wrong[0]]: "not" });
      assert.equal(await quiz.said(), "Not quite. You have one more try.");
      assert.match(await quiz.described(wrong[0]), /^Not quite\. \S/);
      assert.equal(await hasFocus(quiz.main), true);
      const right = await quiz.right();
      for (const secret of await quiz.reasons([...right, wrong[1]])) {
        assert.doesNotMatch(await page.locator("main").ariaSnapshot(), new RegExp(escaped(secret)));
      }
      assert.deepEqual(await quiz.entry(), { right: false, on: TODAY, step: 0 });

      await quiz.main.click();
      assert.deepEqual(await quiz.chosen(), [], "what was not right is taken back");
      assert.deepEqual(await quiz.marks(), { [wrong[0]]: "not" }, "what was said stays");
      await quiz.answer(wrong[1]);
      assert.deepEqual(await quiz.marks(), { [wrong[0]]: "not", [wrong[1]]: "not", [right[0]]: "right" });
      assert.equal(await quiz.said(), "Not quite. The right answer is marked.");
      assert.match(await quiz.described(right[0]), /^The right answer\. \S/);
      assert.deepEqual(await quiz.entry(), { picked: [wrong[1]], right: false, on: TODAY, step: 0 });
      const href = await quiz.field.getByRole("link", { name: /^Read that part again/ }).evaluate(({ href }) => href);
      assert.equal(arrival(href, base), undefined);
    },
    { open },
  );

  quizTest(
    `a right answer shows everything, and is there when the reader comes back, ${where}`,
    async ({ page, quiz, goto }) => {
      const [right] = await quiz.right();
      await quiz.answer(right);
      for (const again of [false, true]) {
        if (again) await goto(PAGE);
        assert.deepEqual(await quiz.chosen(), [right]);
        assert.deepEqual(await quiz.marks(), { [right]: "right" });
        assert.equal((await quiz.feedback()).filter(Boolean).length, 3, "every option has its feedback");
        assert.equal(await quiz.said(), again ? "" : "That is right.");
        assert.equal(await quiz.main.textContent(), "Try again");
      }
      assert.deepEqual(await quiz.entry(), { picked: [right], right: true, on: TODAY, step: 0 });
      const { title, module } = JSON.parse(await kept(page)).lessons[SLUG];
      assert.deepEqual({ title, module }, { title: "The intake meeting", module: "start" });
    },
    { open },
  );
}

quizTest("what each state says is said once", async ({ quiz }) => {
  await quiz.field.evaluate((field) => {
    window.spoken = [];
    const status = field.querySelector("[role=status]");
    new MutationObserver(() => window.spoken.push(status.textContent)).observe(status, { childList: true });
  });
  const wrong = await quiz.wrong();
  await quiz.answer(wrong[0]);
  await quiz.main.click();
  await quiz.answer(wrong[1]);
  assert.equal(await quiz.field.locator("[role=status]").count(), 1);
  assert.deepEqual(await quiz.field.evaluate(() => window.spoken), [
    "Not quite. You have one more try.",
    "Not quite. The right answer is marked.",
  ]);
  assert.doesNotMatch(await quiz.name(wrong[0]), /Not quite/, "feedback is no part of an option's name");
});

quizTest("nothing chosen is no answer", async ({ page, quiz }) => {
  await quiz.main.click();
  assert.equal(await quiz.said(), "Choose one first.");
  assert.equal(await hasFocus(quiz.options.first()), true);
  assert.deepEqual(await quiz.marks(), {});
  assert.equal(await kept(page), null);
});

quizTest("known on the second try is not known", async ({ quiz, goto }) => {
  const [[wrong], [right]] = [await quiz.wrong(), await quiz.right()];
  await quiz.answer(wrong);
  await quiz.options.nth(right).check();
  assert.equal(await quiz.main.textContent(), "Check my answer", "another choice is a second try");
  await quiz.main.click();
  assert.equal(await quiz.said(), "That is right.");
  assert.deepEqual(await quiz.entry(), { picked: [right], right: false, on: TODAY, step: 0 });
  await goto(PAGE);
  assert.deepEqual(await quiz.marks(), { [right]: "right" });
});

quizTest("who asks for the answer sees it, and did not know it", async ({ quiz, goto }) => {
  await quiz.field.getByRole("button", { name: "Show the answer" }).click();
  const [right] = await quiz.right();
  assert.deepEqual(await quiz.marks(), { [right]: "right" });
  assert.equal(await quiz.said(), "The right answer is marked.");
  assert.equal(await hasFocus(quiz.main), true, "the focus is not lost with the button");
  assert.deepEqual(await quiz.entry(), { picked: [], right: false, on: TODAY, step: 0 });
  await goto(PAGE);
  assert.deepEqual(await quiz.marks(), { [right]: "right" });
  assert.deepEqual(await quiz.chosen(), []);
});

quizTest("to try again opens the question, and keeps what the review needs", async ({ page, quiz, goto }) => {
  await keep(page, lessons({ [await quiz.key()]: { picked: await quiz.right(), right: true, on: TODAY, step: 2 } }));
  await goto(PAGE);
  await quiz.main.click();
  assert.deepEqual(await quiz.marks(), {});
  assert.deepEqual(await quiz.chosen(), []);
  assert.equal(await hasFocus(quiz.options.first()), true);
  assert.deepEqual(await quiz.entry(), { right: true, on: TODAY, step: 2 });
  await goto(PAGE);
  assert.equal(await quiz.main.textContent(), "Check my answer");
});

quizTest("an answered question is only to read", async ({ page, quiz }) => {
  const [right] = await quiz.right();
  const [wrong] = await quiz.wrong();
  await quiz.answer(right);
  await quiz.picks.nth(wrong).click({ force: true });
  await quiz.options.nth(right).focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Space", "Enter"]) await page.keyboard.press(key);
  assert.deepEqual(await quiz.chosen(), [right]);
  assert.deepEqual(await quiz.marks(), { [right]: "right" });
  assert.equal(await quiz.options.nth(wrong).getAttribute("aria-disabled"), "true");
});

quizTest("a double click is one click", async ({ quiz }) => {
  const [wrong] = await quiz.wrong();
  await quiz.options.nth(wrong).check();
  await quiz.main.dblclick();
  assert.equal(await quiz.main.textContent(), "Try again");
  assert.deepEqual(await quiz.chosen(), [wrong]);
});

quizTest("the keys alone are enough", async ({ page, quiz }) => {
  const [wrong] = await quiz.wrong();
  const [right] = await quiz.right();
  await quiz.options.nth(wrong).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  assert.deepEqual(await quiz.marks(), { [wrong]: "not" });
  await page.keyboard.press("Tab");
  assert.equal(await hasFocus(quiz.main), true);
  await page.keyboard.press("Enter");
  await quiz.options.nth(right).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  assert.equal(await quiz.said(), "That is right.");
});

quizTest(
  "where several are right, exactly those have to be chosen",
  async ({ quiz }) => {
    const [wrong] = await quiz.wrong();
    const right = await quiz.right();
    assert.equal(right.length, 2);
    await quiz.main.click();
    assert.equal(await quiz.said(), "Choose one or more first.");
    await quiz.answer(right[0]);
    assert.equal(await quiz.said(), "Something is still missing. You have one more try.");
    assert.deepEqual(await quiz.marks(), { [right[0]]: "right" }, "feedback for what is chosen, and for nothing else");
    await quiz.main.click();
    assert.deepEqual(await quiz.chosen(), [right[0]], "what is right stays chosen");
    await quiz.options.nth(right[1]).check();
    await quiz.answer(wrong);
    assert.equal(await quiz.said(), "Not quite. The right answers are marked.");
    assert.deepEqual(await quiz.marks(), { [wrong]: "not", [right[0]]: "right", [right[1]]: "right" });
    await quiz.main.click();
    for (const place of right) await quiz.options.nth(place).check();
    await quiz.main.click();
    assert.equal(await quiz.said(), "That is right.");
    assert.deepEqual((await quiz.entry()).picked, right);
  },
  { change: severalRight },
);

quizTest("an answer is that of its question, wherever it stands, and of no other", async ({ page, quiz, goto }) => {
  const second = quizOf(page, 1);
  const [key, other] = [await quiz.key(), await second.key()];
  await quiz.answer((await quiz.right())[0]);
  // The lesson changes: its first question is a new one, and the answered one comes second.
  await changed(page, (html) =>
    html.replace(`"${other}"`, '"x"').replace(`"${key}"`, `"ffffffff"`).replace('"x"', `"${key}"`),
  );
  await goto(PAGE);
  assert.deepEqual(await quiz.marks(), {}, "a new question has no answer");
  assert.notDeepEqual(await second.marks(), {}, "the answer has gone along with its key");
  await changed(page, (html) => html.replace(`"${key}"`, '"ffffffff"'));
  await goto(PAGE);
  assert.deepEqual(await quiz.marks(), {});
  await second.answer((await second.right())[0]);
  assert.deepEqual(Object.keys((await record(page)).answers), [other], "what is asked no more is forgotten");
});

quizTest("two tabs follow each other, and leave a try alone that has begun", async ({ page, quiz, base }) => {
  const other = await page.context().newPage();
  await other.goto(base + PAGE);
  const twin = quizOf(other);
  const [right] = await quiz.right();
  const [wrong] = await quiz.wrong();
  await twin.answer(right);
  await until(
    async () => (await quiz.chosen()).length === 1,
    5000,
    () => "the answer has not come",
  );
  assert.deepEqual(await quiz.marks(), { [right]: "right" });
  await twin.main.click();
  await until(
    async () => (await quiz.chosen()).length === 0,
    5000,
    () => "the answer has not gone",
  );

  await quiz.answer(wrong);
  await other.evaluate(() => globalThis.levelOneKept.set("theme", "dark"));
  await until(
    () => page.evaluate(() => document.documentElement.dataset.theme === "dark"),
    5000,
    () => "not heard",
  );
  assert.deepEqual(await quiz.marks(), { [wrong]: "not" });
  await other.evaluate(() => localStorage.clear());
});

for (const [name, state] of [
  ["denied", denyStorage],
  ["full", fillStorage],
  ["of a newer guide", renewStorage],
]) {
  quizTest(
    `where the storage is ${name}, a question works for the page, and says so once`,
    async ({ page, quiz, goto }) => {
      await page.addInitScript(state, KEY);
      await goto(PAGE);
      await quiz.answer((await quiz.right())[0]);
      assert.equal(
        await quiz.said(),
        "That is right. This browser keeps no answers, so it is there until you leave this page.",
      );
      const second = quizOf(page, 1);
      await second.answer((await second.right())[0]);
      assert.equal(await second.said(), "That is right.");
      await quiz.main.click();
      assert.deepEqual(await quiz.marks(), {});
    },
  );
}

quizTest("what cannot be an answer is none", async ({ page, quiz, goto }) => {
  const key = await quiz.key();
  const looked = { right: true, on: TODAY, step: 1 };
  for (const answers of [
    { [key]: looked },
    { [key]: { ...looked, picked: [7] } },
    { [key]: { ...looked, picked: [0, 1] } },
    { [key]: { ...looked, picked: "0" } },
    { [key]: { picked: [0] } },
    { [key]: "<img src=x onerror=alert(1)>" },
    [],
    "x",
  ]) {
    await keep(page, lessons(answers));
    await goto(PAGE);
    assert.deepEqual(await quiz.marks(), {}, JSON.stringify(answers));
  }
  await page.evaluate((key) => localStorage.setItem(key, "{"), KEY);
  await goto(PAGE);
  await quiz.answer((await quiz.right())[0]);
  assert.equal(JSON.parse(await kept(page)).unreadable, "{");
});

quizTest("once a lesson is read, its open questions are known, and still open", async ({ page, quiz, goto }) => {
  const fire = () => page.evaluate(() => document.dispatchEvent(new CustomEvent("level-one:done")));
  await fire();
  assert.equal(await kept(page), null, "not before it is said");
  await quiz.answer((await quiz.right())[0]);
  const answered = await quiz.entry();
  await page.evaluate(
    (today) =>
      globalThis.levelOneLearning.changeHere((record) => {
        record.done = today;
      }),
    TODAY,
  );
  await fire();
  const { answers } = await record(page);
  const keys = await page.locator(".quiz").evaluateAll((all) => all.map(({ dataset }) => dataset.key));
  assert.deepEqual(Object.keys(answers).sort(), keys.sort());
  assert.deepEqual(await quiz.entry(), answered);
  const second = quizOf(page, 1);
  assert.deepEqual(await second.entry(), { right: false, on: TODAY, step: 0 });
  assert.equal(await page.evaluate(() => globalThis.levelOneDue()), 0);
  assert.equal(await page.evaluate(() => globalThis.levelOneDue("2026-11-26")), keys.length);
  await goto(PAGE);
  assert.deepEqual(await second.marks(), {});
});

quizTest(
  "without script each question has its answer, and no button that does nothing",
  async ({ quiz }) => {
    assert.equal(await quiz.field.getByRole("button").count(), 0);
    await quiz.field.locator("summary").click();
    assert.equal(await quiz.field.locator(".verdicts > li").filter({ visible: true }).count(), 3);
    assert.equal(await quiz.field.getByRole("link", { name: /^Read that part again/ }).isVisible(), true);
  },
  { javaScriptEnabled: false },
);

for (const viewport of [phone, desk, { width: 320, height: 640 }]) {
  quizTest(
    `axe, targets and width in every state at ${viewport.width} px`,
    async ({ page, quiz, search }) => {
      const wrong = await quiz.wrong();
      for (const act of [
        () => {},
        () => quiz.answer(wrong[0]),
        () => quiz.options.nth(wrong[1]).check(),
        () => quiz.main.click(),
      ]) {
        await act();
        if (viewport === phone) assert.deepEqual(await search.violations(), []);
        assert.deepEqual(await page.evaluate(smallTargets, [".quiz", "label, button, a"]), []);
        for (const dir of ["rtl", "ltr"]) {
          await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), dir);
          assert.deepEqual(await page.evaluate(outside, ".quiz *"), [], dir);
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

for (const forcedColors of ["active", "none"]) {
  quizTest(
    `right, wrong and open differ by more than colour, forced colours ${forcedColors}`,
    async ({ quiz }) => {
      const wrong = await quiz.wrong();
      await quiz.answer(wrong[0]);
      await quiz.main.click();
      await quiz.answer((await quiz.right())[0]);
      const border = (place) =>
        quiz.picks.nth(place).evaluate((pick) => {
          const { borderTopStyle, borderTopWidth } = getComputedStyle(pick);
          return `${borderTopStyle} ${borderTopWidth}`;
        });
      assert.equal(await border(wrong[0]), "dashed 1px");
      assert.equal(await border(wrong[1]), "solid 1px");
      assert.equal(await border((await quiz.right())[0]), "solid 2px");
    },
    { forcedColors },
  );
}

quizTest(
  "on paper an open question has its answer below, an answered one in its options; nothing is there twice",
  async ({ page, quiz }) => {
    await quiz.answer((await quiz.right())[0]);
    await page.emulateMedia({ media: "print" });
    assert.equal(await quiz.field.locator(".verdicts").isVisible(), false);
    assert.equal(await quiz.picks.locator(".because").filter({ visible: true }).count(), 3);
    const open = quizOf(page, 1).field;
    assert.equal(await open.locator(".verdicts > li").filter({ visible: true }).count(), 3);
    assert.equal(await page.locator(".quiz button").filter({ visible: true }).count(), 0);
    const ink = await quiz.picks
      .locator(".because")
      .first()
      .evaluate((text) => getComputedStyle(text).color);
    assert.equal(ink, "rgb(0, 0, 0)");
  },
  { colorScheme: "dark" },
);
