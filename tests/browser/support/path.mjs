// "They just said no" as a reader walks it: which step is shown, and answers that lead on.

import { until } from "./search-page.mjs";
import { read } from "./site.mjs";

export const PAGE = "path.html";

/** One step of each kind. */
export const KINDS = {
  question: idOf(/class="step"[^>]*data-counts/),
  pause: idOf(/class="step" id="step\.pause"/),
  reply: idOf(/class="step at-reply"/),
  escalate: idOf(/class="step at-escalate"/),
  end: idOf(/class="step at-end"/),
};

/** The links of steps that lead to other ones, without those to skip and to start over. */
export const ONWARD = '.step :is(.answer, .buttons:not(.step-ways) > a[href^="#"])';

function idOf(tag) {
  const opening = read(PAGE)
    .match(/<li class="step[^>]*>/g)
    .find((found) => tag.test(found));
  return /id="([^"]+)"/.exec(opening)[1];
}

export function idShown(page) {
  return page.locator(".step:visible").evaluate(({ id }) => id);
}

/** Waits until a step is shown and its question has the focus, and gives what is seen. */
export async function arrived(page, id) {
  let seen;
  await until(
    async () => {
      seen = await page.evaluate(look, ONWARD);
      return seen.id === id && seen.hasFocus;
    },
    3000,
    () => `the focus is not on ${id}: ${JSON.stringify(seen)}`,
  );
  return seen;
}

/** Follows answers, and gives the ids of the steps from the first one. */
export async function follow(page, answers) {
  const ids = [await idShown(page)];
  for (const answer of answers) {
    const before = ids.at(-1);
    const link = page.locator(".step:visible").getByRole("link", { name: answer, exact: true });
    await link.first().click();
    await until(
      async () => (await idShown(page)) !== before,
      2000,
      () => `${answer} leads nowhere`,
    );
    ids.push(await idShown(page));
  }
  await arrived(page, ids.at(-1));
  return ids;
}

// What follows runs in the page.
function look(onward) {
  const steps = [...document.querySelectorAll(".step")].filter((step) => step.checkVisibility());
  const [step] = steps;
  const title = step.querySelector(".question");
  return {
    id: steps.length === 1 ? step.id : steps.map(({ id }) => id),
    hasFocus: title === document.activeElement,
    title: title.textContent,
    links: [...document.querySelectorAll(onward)]
      .filter((link) => link.checkVisibility())
      .map(({ hash }) => hash.slice(1)),
    isEnd: /at-/.test(step.className),
    isPause: step.querySelector('a[href="breathe.html"]') ? 1 : 0,
    counts: "counts" in step.dataset,
    far: document.querySelector(".far").textContent,
    way: [...document.querySelectorAll(".way li > *")].map((part) => part.firstChild.data),
    hasList: document.querySelector(".after").checkVisibility(),
  };
}
