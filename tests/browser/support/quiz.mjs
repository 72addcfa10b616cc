// A question of a page as a reader uses it, and pages with other questions than the guide has.

import { kept } from "./frame.mjs";

/** The question at a place of a page, or of a part of it. */
export function quizOf(page, place = 0, within = "main") {
  const field = page.locator(`${within} .quiz`).nth(place);
  const picks = field.locator(".pick");
  const options = picks.locator("input");
  const main = field.locator(".buttons button").first();
  const verdicts = field.locator(".verdicts > li");
  const key = () => field.getAttribute("data-key");
  const places = (wanted) =>
    verdicts.evaluateAll(
      (all, wanted) => all.flatMap((li, at) => (li.classList.contains("right") === wanted ? [at] : [])),
      wanted,
    );
  return {
    field,
    picks,
    options,
    main,
    key,
    right: () => places(true),
    wrong: () => places(false),
    /** Chooses an option, and has it checked. */
    async answer(at) {
      await options.nth(at).check();
      await main.click();
    },
    chosen: () => options.evaluateAll((all) => all.flatMap(({ checked }, at) => (checked ? [at] : []))),
    /** Which options are marked as right, or as chosen and not right. */
    marks: () =>
      picks.evaluateAll((all) => {
        const mark = ({ classList }) => ["right", "not"].find((name) => classList.contains(name));
        return Object.fromEntries(all.map((pick, at) => [at, mark(pick)]).filter(([, name]) => name));
      }),
    feedback: () => picks.evaluateAll((all) => all.map((pick) => pick.querySelector(".because")?.textContent)),
    /** What is said about some options without the word before it. */
    reasons: (wanted) =>
      verdicts.evaluateAll(
        (all, wanted) => wanted.map((at) => all[at].querySelector(".because").lastChild.textContent.trim()),
        wanted,
      ),
    said: () => field.locator("[role=status]").textContent(),
    name: (at) =>
      options.nth(at).evaluate((input) => document.getElementById(input.getAttribute("aria-labelledby")).textContent),
    described: (at) =>
      options.nth(at).evaluate((input) => document.getElementById(input.getAttribute("aria-describedby"))?.textContent),
    /** What is kept of the question, in whichever record. */
    async entry() {
      const records = Object.values(JSON.parse(await kept(page)).lessons);
      const wanted = await key();
      return records.map(({ answers }) => answers?.[wanted]).find(Boolean);
    },
  };
}

/** Serves the pages of a test with their HTML changed. */
export async function changed(page, change) {
  await page.unroute("**/*.html");
  await page.route("**/*.html", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
}

/** A second right answer for the first question. */
export function severalRight(html) {
  const start = html.indexOf('<fieldset class="quiz"');
  const end = html.indexOf("</fieldset>", start);
  let verdict = 0;
  const quiz = html
    .slice(start, end)
    .replaceAll('type="radio"', 'type="checkbox"')
    .replaceAll(/<li( class="right")?>/g, () => (verdict++ === 0 ? "<li>" : '<li class="right">'));
  return html.slice(0, start) + quiz + html.slice(end);
}

// What follows runs in the page.
export function denyStorage() {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
}

export function fillStorage() {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}

export function renewStorage(key) {
  localStorage.setItem(key, JSON.stringify({ version: 99 }));
}
