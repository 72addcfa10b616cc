// The search dialog of a page as a reader uses it: keys in, text out.

import assert from "node:assert/strict";
import { violations } from "./axe.mjs";
import { Findings } from "./findings.mjs";
import { placeOf } from "./links.mjs";
import { folder, serve } from "./server.mjs";
import { files, read } from "./site.mjs";
import { watch } from "./watch.mjs";

/** Where the site may lie, by name. */
export const places = [
  ["at /", () => serve("/")],
  ["at /a/b/", () => serve("/a/b/")],
  ["from file://", () => folder],
];

export const phone = { width: 390, height: 844 };
export const desk = { width: 1280, height: 900 };

/**
 * Lets `use(search, base)` search in a fresh context; what goes wrong beside that fails the test. `missing` says that
 * some files are not there on purpose.
 */
export async function inPlace(browser, open, use, { missing = false, ...options } = {}) {
  const place = await open();
  const context = await browser.newContext({ viewport: desk, reducedMotion: "reduce", ...options });
  const findings = new Findings();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await watch(page, place.base, (text) => findings.add("the page", text), missing);
    await use(new SearchPage(page, place.base), place.base);
  } finally {
    await context.close();
    place.close();
  }
  findings.expectNone();
}

/** A page with its search. */
export class SearchPage {
  constructor(page, base) {
    this.page = page;
    this.base = base;
    this.dialog = page.locator("dialog.search");
    this.input = this.dialog.locator("input[role=combobox]");
    this.status = this.dialog.locator(".search-said [role=status]");
    this.options = this.dialog.locator("[role=option]");
    this.kinds = this.dialog.locator("label:has([type=radio]):not([role=group][aria-label=Topic] *)");
    this.topics = this.dialog.locator("[role=group][aria-label=Topic] label:has([type=radio])");
    this.everything = this.dialog.getByRole("link", { name: "Everything, A to Z" });
  }

  /** Goes to a page of the site. */
  async goto(path) {
    await this.page.goto(new URL(path, this.base).href, { waitUntil: "load" });
  }

  /** Opens the search as a reader would. */
  async open() {
    // Before the script has run, a link stands in the place of the button, and the key does nothing.
    await this.page.getByRole("button", { name: "Search", exact: true }).waitFor();
    await this.page.keyboard.press("/");
    await this.input.waitFor();
  }

  /** Asks, and gives what the status says once there is an answer. */
  async ask(query) {
    if (!(await this.dialog.isVisible())) await this.open();
    // Without a question there is nothing to say, which tells this answer from the one before.
    await this.input.fill("");
    await this.says("");
    await this.input.fill(query);
    return this.answer();
  }

  /** What the status says once there is an answer. */
  async answer() {
    await this.says(/^(?!One moment).+/s);
    return this.status.textContent();
  }

  /** Waits until the status says something. */
  async says(text, timeout = 10_000) {
    const is = (said) => (typeof text === "string" ? said === text : text.test(said));
    await until(
      async () => is(await this.status.textContent()),
      timeout,
      async () => {
        return `the status says "${await this.status.textContent()}", not ${text}`;
      },
    );
  }

  /** What is shown: `{ href, title, trail, excerpt, marks, chosen }`. */
  hits() {
    return this.options.evaluateAll((options) =>
      options.map((option) => ({
        href: option.href,
        title: option.querySelector("strong").textContent,
        trail: option.querySelector(".small").textContent,
        excerpt: option.querySelector(".excerpt").textContent,
        marks: [...option.querySelectorAll("mark")].map((mark) => mark.textContent),
        chosen: option.getAttribute("aria-selected") === "true",
      })),
    );
  }

  /** The place of the only chosen hit, which is also the one that the box names. */
  async chosen() {
    const hits = await this.hits();
    const chosen = hits.flatMap((hit, place) => (hit.chosen ? [place] : []));
    assert.equal(chosen.length, 1, `${chosen.length} of ${hits.length} hits are chosen`);
    const named = await this.input.getAttribute("aria-activedescendant");
    assert.equal(await this.options.nth(chosen[0]).getAttribute("id"), named);
    return chosen[0];
  }

  /** Opens the hit at a place with the keys alone. */
  async openHit(place) {
    for (let at = 0; at < place; at++) await this.page.keyboard.press("ArrowDown");
    assert.equal(await this.chosen(), place);
    await this.page.keyboard.press("Enter");
  }

  /** Shows all hits, however many there are. */
  async showAll() {
    const more = this.dialog.getByRole("button", { name: "Show more" });
    while ((await more.count()) > 0) {
      const before = await this.options.count();
      await more.click();
      await until(
        async () => (await this.options.count()) > before,
        5000,
        () => `no more than ${before} hits are shown`,
      );
    }
    return this.hits();
  }

  /** The chips of kinds as `[name, number]`, of those that are shown. */
  async chips() {
    const chips = await this.kinds.filter({ visible: true }).allTextContents();
    return chips.map((chip) => {
      const [, name, number] = /^\s*(.*?)\s*(\d+)\s*$/.exec(chip);
      return [name, Number(number)];
    });
  }

  /** The chip of a kind, by its name. */
  kind(name) {
    return this.kinds.filter({ hasText: new RegExp(`^\\s*${name}\\b`) });
  }

  /** Chooses a kind by its name. */
  async chooseKind(name) {
    await this.kind(name).click();
  }

  /** Chooses a topic by its place; the first stands for any. */
  async chooseTopic(place) {
    const topic = this.topics.nth(place);
    if (!(await topic.isVisible())) await this.dialog.locator("summary").click();
    await topic.click();
  }

  /** What axe finds with the dialog as it is, light and dark. */
  async violations() {
    const found = [];
    for (const colorScheme of ["light", "dark"]) {
      await this.page.emulateMedia({ colorScheme });
      for (const violation of await violations(this.page)) found.push(`${colorScheme}: ${violation}`);
    }
    return found;
  }
}

/** Waits until something holds, and tells what there was instead when it does not come. */
export async function until(holds, timeout, instead) {
  const end = Date.now() + timeout;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(await instead());
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** What is wrong with where an address leads; undefined when it arrives at a file of the site and a part of it. */
export function arrival(href, base) {
  const target = placeOf(href, base);
  if (!target || !files.includes(target.path)) return `${href} leads to no file of the site`;
  const isThere = target.fragment === "" || read(target.path).includes(`id="${target.fragment}"`);
  return isThere ? undefined : `nothing in ${target.path} has the id ${target.fragment}`;
}
