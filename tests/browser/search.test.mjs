// The search as a reader uses it, wherever the site lies: opening it, asking, going through the hits, arriving.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { placeOf } from "./support/links.mjs";
import { arrival, inPlace, places, until } from "./support/search-page.mjs";

const LESSON = "lessons/offers.html";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => inPlace(browser, open, use, options));

  inThisPlace("the slash opens the search, and the box has the focus", async (search) => {
    await search.goto(LESSON);
    assert.equal(await search.dialog.isVisible(), false);
    await search.page.keyboard.press("/");
    await search.input.waitFor();
    assert.equal(await search.dialog.evaluate((dialog) => dialog.matches("dialog:modal")), true);
    assert.equal(await hasFocus(search.input), true);
    assert.equal(await search.input.inputValue(), "");
    await search.page.keyboard.type("and/or");
    assert.equal(await search.input.inputValue(), "and/or", "in the box it is a letter");
  });

  inThisPlace("a slash that is typed into a text stays a letter", async (search) => {
    await search.goto(LESSON);
    for (const markup of ["<textarea></textarea>", "<input>", "<div contenteditable></div>"]) {
      const field = await search.page.evaluateHandle((markup) => {
        document.querySelector("main").insertAdjacentHTML("beforeend", markup);
        return document.querySelector("main").lastElementChild;
      }, markup);
      await field.focus();
      await search.page.keyboard.type("a/b");
      assert.equal(await field.evaluate((field) => field.value ?? field.textContent), "a/b", markup);
      assert.equal(await search.dialog.isVisible(), false, markup);
    }
  });

  inThisPlace("Ctrl-K opens and closes the search, also from a text field", async (search) => {
    await search.goto(LESSON);
    await search.page.evaluate(() => {
      document.querySelector("main").append(document.createElement("textarea"));
      document.querySelector("main > textarea:last-child").focus();
    });
    for (const isOpen of [true, false, true]) {
      await search.page.keyboard.press("Control+k");
      assert.equal(await search.dialog.isVisible(), isOpen);
    }
    assert.equal(await hasFocus(search.input), true);
  });

  inThisPlace("a button opens the search, and has the focus again when Escape closes it", async (search) => {
    await search.goto(LESSON);
    const button = search.page.getByRole("button", { name: "Search", exact: true });
    assert.equal(await button.evaluate((button) => button.localName), "button");
    assert.equal(await search.page.locator("a[data-search]").count(), 0, "the link has made room");
    await button.click();
    assert.equal(await hasFocus(search.input), true);
    await search.ask("offer");
    await search.page.keyboard.press("Escape");
    assert.equal(await search.dialog.isVisible(), false);
    assert.equal(await hasFocus(button), true);
  });

  inThisPlace(
    "without script a link leads to everything instead",
    async (search, base) => {
      await search.goto(LESSON);
      assert.equal(await search.dialog.isVisible(), false);
      await search.page.getByRole("banner").getByRole("link", { name: "Search" }).click();
      await search.page.waitForURL(`${base}contents.html`);
    },
    { javaScriptEnabled: false },
  );

  inThisPlace("hits are told, and the arrow keys go through them and round", async (search) => {
    await search.goto(LESSON);
    assert.equal(await search.input.getAttribute("aria-expanded"), "false");
    const said = await search.ask("counter offer");
    const hits = await search.hits();
    assert.ok(hits.length >= 3, `${hits.length} hits`);
    const [, number] = /^(\d+) results?\b/.exec(said);
    assert.equal(Number(number), (await search.showAll()).length);
    assert.equal(await search.input.getAttribute("aria-expanded"), "true");
    assert.equal(await search.chosen(), 0);
    const count = await search.options.count();
    for (const [key, place] of [
      ["ArrowDown", 1],
      ["ArrowDown", 2],
      ["ArrowUp", 1],
      ["ArrowUp", 0],
      ["ArrowUp", count - 1],
      ["ArrowDown", 0],
    ]) {
      await search.page.keyboard.press(key);
      assert.equal(await search.chosen(), place, key);
      assert.equal(await isInView(search.options.nth(place)), true, `${key}: the chosen hit is out of sight`);
    }
    assert.equal(await hasFocus(search.input), true, "the caret stays in the box");
    assert.equal(await search.input.inputValue(), "counter offer");
  });

  inThisPlace("every hit is a link that arrives", async (search, base) => {
    // From a page in a folder, since that is where an address goes wrong.
    await search.goto("lessons/decide/index.html");
    for (const query of ["counter offer", "thank you", "notice period", "data", "calm", "t"]) {
      await search.ask(query);
      const hits = await search.showAll();
      assert.ok(hits.length > 0, query);
      assert.deepEqual(hits.map(({ href }) => arrival(href, base)).filter(Boolean), [], query);
      assert.equal(await search.dialog.locator("a[role=option][href]").count(), hits.length);
    }
  });

  inThisPlace("Enter opens the chosen hit, at its section if it has one", async (search) => {
    await search.goto("index.html");
    await search.ask("counter offer");
    const hits = await search.hits();
    const withSection = hits.findIndex(({ href }) => new URL(href).hash !== "");
    const page = hits.findIndex(({ href }) => new URL(href).hash === "");
    for (const place of new Set([0, withSection, page])) {
      await search.goto("index.html");
      await search.ask("counter offer");
      await search.openHit(place);
      await search.page.waitForURL(hits[place].href);
      await search.page.waitForLoadState();
      const title = hits[place].title;
      const { id, heading } = await search.page.evaluate(() => {
        const section = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        return { id: section?.id, heading: (section ?? document.querySelector("h1")).textContent.trim() };
      });
      assert.equal(id ?? "", new URL(hits[place].href).hash.slice(1));
      assert.ok(heading.includes(title), `"${heading}" is not "${title}"`);
    }
  });

  inThisPlace("a click opens a hit as Enter does", async (search) => {
    await search.goto("index.html");
    await search.ask("counter offer");
    const [, second] = await search.hits();
    await search.options.nth(1).click();
    await search.page.waitForURL(second.href);
  });

  inThisPlace("a hit on the page itself closes the search and is scrolled to", async (search, base) => {
    await search.goto("index.html");
    await search.ask("counter offer");
    const inside = (await search.hits()).find(({ href }) => /^lessons\/.*\.html#/.test(href.slice(base.length)));
    await search.goto(placeOf(inside.href, base).path);
    await search.page.evaluate(() => {
      window.stays = true;
    });
    // Twice, since the second time the address is the one that is there already.
    for (const time of ["first", "second"]) {
      await search.page.evaluate(() => scrollTo(0, 0));
      await search.ask("counter offer");
      const place = (await search.hits()).findIndex(({ href }) => href === inside.href);
      await search.openHit(place);
      await search.dialog.waitFor({ state: "hidden" });
      assert.equal(search.page.url(), inside.href);
      const section = search.page.locator(`[id="${placeOf(inside.href, base).fragment}"]`);
      await until(
        () => isInView(section),
        5000,
        () => `the section is out of sight, the ${time} time`,
      );
    }
    assert.equal(await search.page.evaluate(() => window.stays), true, "the page was loaded again");
  });

  inThisPlace("a search on a page opens the dialog with its question", async (search) => {
    for (const path of ["index.html", "404.html"]) {
      await search.goto(path);
      const form = search.page.getByRole("main").getByRole("search");
      await form.getByRole("searchbox").fill("declined");
      await search.page.keyboard.press("Enter");
      await search.input.waitFor();
      assert.match(await search.answer(), /^\d+ results/, path);
      assert.equal(await search.input.inputValue(), "declined");
      assert.equal(await hasFocus(search.input), true);
    }
  });

  inThisPlace(
    "without script a search on a page leads to everything",
    async (search, base) => {
      await search.goto("index.html");
      const form = search.page.getByRole("main").getByRole("search");
      await form.getByRole("searchbox").fill("a question");
      await form.getByRole("button").click();
      await search.page.waitForURL(`${base}contents.html?q=a+question`);
    },
    { javaScriptEnabled: false },
  );

  inThisPlace("the list of everything takes a question along", async (search) => {
    await search.goto("contents.html?q=declined");
    await search.input.waitFor();
    assert.match(await search.answer(), /^\d+ results/);
    assert.equal(await search.input.inputValue(), "declined");
    assert.equal(await hasFocus(search.input), true);
    assert.equal(await search.chosen(), 0);
  });

  inThisPlace("a question stays when the search is closed and opened again", async (search) => {
    await search.goto(LESSON);
    await search.ask("counter offer");
    const before = await search.hits();
    await search.page.keyboard.press("Escape");
    // The box keeps the focus until the next frame.
    await until(
      async () => !(await hasFocus(search.input)),
      5000,
      () => "the box keeps the focus",
    );
    await search.open();
    await until(
      async () => (await search.input.getAttribute("aria-expanded")) === "true",
      5000,
      () => "the box does not tell that there are hits",
    );
    await until(
      async () => JSON.stringify(await search.hits()) === JSON.stringify(before),
      5000,
      () => "other hits are shown than before",
    );
    await search.page.keyboard.type("pay");
    assert.equal(await search.input.inputValue(), "pay", "what is typed takes the place of the old question");
  });
}

function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}

function isInView(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
}
