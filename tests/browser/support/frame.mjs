// What the frame of every page offers with script: the switch of light and dark, the list of keys, what is kept.

import { inPlace } from "./search-page.mjs";
import { read } from "./site.mjs";

/** A lesson with many sections, and with a lesson before it and one after it. */
export const PAGE = "lessons/offers.html";

export const PAPER = { light: "rgb(251, 250, 247)", dark: "rgb(21, 24, 26)" };
export const OTHER = { light: "dark", dark: "light" };

export const [, GUIDE] = /<html[^>]* data-guide="([^"]*)"/.exec(read(PAGE)) ?? [];

/** The one entry of the storage that the guide uses. */
export const KEY = `level-one:${GUIDE}`;

/** Lets `use({ page, goto, search, base })` visit the site in a fresh context; what goes wrong there fails the test. */
export function visit(browser, open, use, options) {
  const all = (search, base) => use({ search, base, page: search.page, goto: (path) => search.goto(path) });
  return inPlace(browser, open, all, options);
}

/** The list of keys. */
export function keys(page) {
  return page.locator("dialog.keys");
}

/** The box that switches single letters off. */
export function box(page) {
  return page.getByRole("checkbox", { name: "Single letters work as keys" });
}

/** A choice of the switch in the foot. */
export function choice(page, name) {
  return page.locator(".site-foot .theme label", { hasText: name });
}

/** The text that the storage keeps, or null. */
export function kept(page) {
  return page.evaluate((key) => localStorage.getItem(key), KEY);
}

export function keep(page, value) {
  return page.evaluate(([key, text]) => localStorage.setItem(key, text), [KEY, JSON.stringify(value)]);
}
