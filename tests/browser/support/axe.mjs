// axe-core in a page: all that it has on by default, best practices included, and the contrast of 7 that the guide promises.

import axe from "axe-core";

const RULES = { "color-contrast-enhanced": { enabled: true } };

/** What axe finds in the page as it is now, one line for each element. */
export async function violations(page) {
  // Through the debugger, which the page's policy does not bind: the page stays as strict as it ships.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const found = await page.evaluate(run, RULES);
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target}`));
}

async function run(rules) {
  // A colour caught half-way through a transition has a contrast that nobody reads.
  const moving = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  await Promise.allSettled(moving.map((animation) => animation.finished));
  // Read again by script, a style sheet beside a page that was opened from its folder is refused.
  const preload = location.protocol !== "file:";
  return (await window.axe.run(document, { resultTypes: ["violations"], rules, preload })).violations;
}
