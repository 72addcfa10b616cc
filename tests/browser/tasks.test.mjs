// Boxes in a lesson's text: they stay ticked, by their words.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { keep, kept, visit } from "./support/frame.mjs";
import { phone, places, until } from "./support/search-page.mjs";
import { smallTargets, tooWide } from "./support/seen.mjs";
import { pages, read } from "./support/site.mjs";

const PAGE = pages.find(({ path, source }) => path.startsWith("lessons/") && source.includes('class="tasks"')).path;
const SLUG = PAGE.slice("lessons/".length, -".html".length);
const REFUSED = "This browser keeps nothing, so it holds only while this page is open.";

/** The list as the file has it. */
const [LIST] = /<ul class="tasks">.*?<\/ul>/s.exec(read(PAGE));
const ITEMS = LIST.match(/<li>.*?<\/li>/gs);

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

const boxes = (page) => page.locator(".tasks").first().getByRole("checkbox");
const ticked = (page) => boxes(page).evaluateAll((all) => all.flatMap((box, place) => (box.checked ? [place] : [])));
const tasks = async (page) => JSON.parse(await kept(page)).lessons[SLUG]?.tasks ?? {};

/** Shows the page with another list from now on. */
const withItems = (page, items) =>
  page.route(`**/${PAGE}`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(LIST, `<ul class="tasks">${items.join("")}</ul>`);
    await route.fulfill({ response, body });
  });

for (const [where, open] of places) {
  test(`boxes remember, with the mouse and the keys, and can be unticked, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await goto(PAGE);
      assert.deepEqual(await ticked(page), []);
      assert.equal(await kept(page), null);
      await boxes(page).nth(2).click();
      await boxes(page).nth(0).press("Space");
      await goto(PAGE);
      assert.deepEqual(await ticked(page), [0, 2]);
      await boxes(page).nth(2).uncheck();
      await goto(PAGE);
      assert.deepEqual(await ticked(page), [0]);
      const [name] = Object.keys(await tasks(page));
      assert.equal(name, await page.locator(".tasks span").first().textContent());
    }));
}

onServer("a box is known by its words, wherever it stands", async ({ page, goto }) => {
  await goto(PAGE);
  await boxes(page).nth(1).check();
  await withItems(page, ITEMS.toReversed());
  await goto(PAGE);
  assert.deepEqual(await ticked(page), [ITEMS.length - 2]);
  await page.unroute(`**/${PAGE}`);
  await withItems(page, [ITEMS[0], ITEMS[1].replace("</span>", " Now.</span>")]);
  await goto(PAGE);
  assert.deepEqual(await ticked(page), [], "other words, another task");
  assert.equal(Object.keys(await tasks(page)).length, 1, "what was ticked stays, in case the words come back");
});

onServer("the same words twice are two boxes, and long ones are remembered too", async ({ page, goto }) => {
  const long = "<li><label class=pick><input type=checkbox> <span>{}</span></label></li>".replace(
    "{}",
    "word ".repeat(200),
  );
  const proto = long.replace(/<span>.*<\/span>/, "<span>__proto__</span>");
  await withItems(page, [ITEMS[0], ITEMS[0], ITEMS[0], long, long, proto]);
  await goto(PAGE);
  for (const place of [1, 4, 5]) await boxes(page).nth(place).check();
  await goto(PAGE);
  assert.deepEqual(await ticked(page), [1, 4, 5]);
  const names = Object.keys(await tasks(page));
  assert.equal(names.length, 3);
  assert.ok(names[0].endsWith(" 2"), names[0]);
});

onServer(
  "a box that the author has ticked is ticked at first, and can be unticked for good",
  async ({ page, goto }) => {
    await withItems(page, [ITEMS[0].replace("<input", "<input checked"), ITEMS[1]]);
    await goto(PAGE);
    assert.deepEqual(await ticked(page), [0]);
    await boxes(page).nth(0).uncheck();
    await goto(PAGE);
    assert.deepEqual(await ticked(page), []);
    await boxes(page).nth(0).check();
    assert.deepEqual(await tasks(page), {}, "as the author has it, nothing is kept");
  },
);

onServer("a tick in one tab is one in the other", async ({ page, goto, base }) => {
  await goto(PAGE);
  const other = await page.context().newPage();
  await other.goto(base + PAGE);
  await boxes(other).nth(1).check();
  const becomes = (expected) =>
    until(
      async () => String(await ticked(page)) === String(expected),
      5000,
      async () => `ticked here: ${await ticked(page)}`,
    );
  await becomes([1]);
  await boxes(page).nth(0).check();
  await boxes(other).nth(1).uncheck();
  await becomes([0]);
});

for (const [name, refuse] of [
  ["denied", denyStorage],
  ["full", fillStorage],
  ["one of a newer guide", undefined],
]) {
  onServer(`where the storage is ${name}, boxes tick for the page, which says so once`, async ({ page, goto }) => {
    if (refuse) await page.addInitScript(refuse);
    await goto(PAGE);
    if (!refuse) await keep(page, { version: 99 });
    await goto(PAGE);
    await boxes(page).nth(0).check();
    await boxes(page).nth(2).check();
    await boxes(page).nth(2).uncheck();
    assert.deepEqual(await ticked(page), [0]);
    await page.locator(".tasks + [role=status]", { hasText: REFUSED }).waitFor();
    assert.equal(await page.getByText(REFUSED).count(), 1);
    const found = await violations(page);
    assert.deepEqual(found, []);
    if (!refuse) assert.equal(await kept(page), '{"version":99}');
  });
}

onServer("what is no tick is passed over", async ({ page, goto }) => {
  await goto(PAGE);
  const [text] = await page.locator(".tasks span").allTextContents();
  for (const found of [5, [text], { [text]: "yes" }, null]) {
    await keep(page, { version: 2, lessons: { [SLUG]: { tasks: found } } });
    await goto(PAGE);
    assert.deepEqual(await ticked(page), [], JSON.stringify(found));
  }
});

onServer(
  "boxes are large enough for a thumb, and what is done is still easy to read",
  async ({ page, goto }) => {
    await goto(PAGE);
    await boxes(page).nth(0).check();
    assert.deepEqual(await page.evaluate(smallTargets, ["main", ".tasks label"]), []);
    assert.deepEqual(await page.evaluate(tooWide), []);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], colorScheme);
    }
  },
  { viewport: phone },
);

onServer(
  "without script the boxes can be ticked for the time being",
  async ({ page, goto }) => {
    await goto(PAGE);
    await boxes(page).nth(0).check();
    assert.equal(await boxes(page).nth(0).isChecked(), true);
  },
  { javaScriptEnabled: false },
);

// What follows runs in the page.
function denyStorage() {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
}

function fillStorage() {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
}
