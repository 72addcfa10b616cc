// A note below a question, a plan, and two ways side by side, as a reader of a lesson meets them. What must always hold:
// what was typed is on the page or in the storage, and nothing is written before somebody types.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { KEY, keep, kept, visit } from "./support/frame.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { smallTargets, tooWide } from "./support/seen.mjs";
import { readable } from "./support/site.mjs";

/** A lesson with a note, a plan and a comparison. */
const PAGE = readable.find(
  ({ path, source }) => path.startsWith("lessons/") && /<note-field/.test(source) && /class="compare"/.test(source),
)?.path;
const SLUG = PAGE?.match(/([^/]+)\.html$/)[1];
const PARTS = ".reflect, .plan, .compare";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const soon = (holds, instead) => until(holds, 5000, () => instead);
const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

for (const [where, open] of places) {
  test(`a note is kept as it is typed, and is there again, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await goto(PAGE);
      const { area, said } = note(page);
      await area.focus();
      await area.blur();
      assert.equal(await kept(page), null, "nothing before the first word");
      await area.pressSequentially("Thanks first.");
      await soon(async () => (await own(page))?.text === "Thanks first.", "it was not kept");
      assert.equal(await said.textContent(), "Kept in this browser.");
      const { lessons, days, version } = JSON.parse(await kept(page));
      const { prompt, at } = await own(page);
      assert.equal(prompt, await page.locator(".prompt").first().textContent());
      assert.ok(Date.now() - at < 10_000);
      assert.equal(lessons[SLUG].title, await page.locator("h1").textContent());
      assert.deepEqual([version, days.length], [2, 1]);
      await goto(PAGE);
      assert.equal(await area.inputValue(), "Thanks first.");
      assert.equal(await said.textContent(), "");
    }));

  test(`a plan can be copied, kept and taken out, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await page
        .context()
        .grantPermissions(["clipboard-read", "clipboard-write"])
        .catch(() => {});
      await goto(PAGE);
      const { text, copy, choice, said } = plan(page);
      await copy.click();
      await soon(async () => (await said.textContent()) === "Copied.", "nothing was said");
      assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await text.textContent());
      assert.match(await text.textContent(), /^If .+, then .+[.]$/);
      await choice.click();
      assert.equal(await choice.textContent(), "In your journal, take it out");
      assert.equal(await said.textContent(), "It is in your journal now.");
      const [[key, { if: when, do: act }]] = Object.entries(JSON.parse(await kept(page)).lessons[SLUG].plans);
      assert.equal(key, `${when}: ${act}`);
      assert.equal(await text.textContent(), `If ${when}, then ${act}`);
      await goto(PAGE);
      assert.equal(await choice.textContent(), "In your journal, take it out");
      await choice.click();
      assert.equal(await choice.textContent(), "Keep in my journal");
      assert.deepEqual(JSON.parse(await kept(page)).lessons, {});
    }));
}

onServer("a note is kept at once when its field or the page is left", async ({ page, goto }) => {
  await goto(PAGE);
  const { area } = note(page);
  await area.fill("one");
  await area.blur();
  assert.equal((await own(page)).text, "one");
  await area.fill("two");
  await goto("index.html");
  assert.equal((await own(page)).text, "two", "the page was left while somebody typed");
});

onServer("what is said comes once, not with every key", async ({ page, goto }) => {
  await goto(PAGE);
  const { area, said } = note(page);
  await said.evaluate(countChanges);
  for (const word of ["one", " two", " three"]) {
    await area.pressSequentially(word);
    await soon(async () => (await own(page))?.text.endsWith(word), "it was not kept");
  }
  assert.equal(await page.evaluate(() => window.changes), 1);
});

onServer("a note that is emptied is gone", async ({ page, goto }) => {
  await goto(PAGE);
  const { area, said } = note(page);
  await area.fill("one");
  await area.blur();
  await area.fill(" \n ");
  await area.blur();
  assert.deepEqual(JSON.parse(await kept(page)).lessons, {});
  assert.equal(await said.textContent(), "");
});

onServer("a lesson that was renamed keeps its note and its plan", async ({ page, goto, base }) => {
  await page.route(`${base}${PAGE}`, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace("<html ", '<html data-was="before older" ');
    await route.fulfill({ response: answer, body });
  });
  await goto(PAGE);
  const { choice } = plan(page);
  await choice.click();
  const { plans } = JSON.parse(await kept(page)).lessons[SLUG];
  const id = await page.locator(".reflect").first().getAttribute("id");
  await keep(page, {
    version: 2,
    lessons: { older: { title: "Old", plans, notes: { [id]: { text: "From then.", at: 1 } } } },
  });
  await goto(PAGE);
  assert.equal(await note(page).area.inputValue(), "From then.");
  assert.equal(await choice.textContent(), "In your journal, take it out");
  await note(page).area.fill("From now.");
  await note(page).area.blur();
  const { lessons } = JSON.parse(await kept(page));
  assert.deepEqual(Object.keys(lessons), [SLUG]);
  assert.equal(lessons[SLUG].notes[id].text, "From now.");
  assert.deepEqual(lessons[SLUG].plans, plans);
});

onServer("in two tabs one follows the other, and nothing typed is lost", async ({ page, goto, base }) => {
  await goto(PAGE);
  const other = await page.context().newPage();
  await other.goto(`${base}${PAGE}`);
  const [here, there] = [note(page).area, note(other).area];
  await here.fill("First.");
  await here.blur();
  await soon(async () => (await there.inputValue()) === "First.", "the other tab has not heard");

  // Both write: the one that is in the field stays as it is, and then both are kept.
  await there.focus();
  await here.fill("First. From here.");
  await here.blur();
  await other.waitForTimeout(100);
  assert.equal(await there.inputValue(), "First.", "nothing moves under the hands");
  await there.press("End");
  await there.pressSequentially(" From there.");
  await soon(async () => /From there/.test((await own(page)).text), "it was not kept");
  assert.equal((await own(page)).text, "First. From there.\n\nFirst. From here.");
  assert.equal(await there.evaluate((area) => area.selectionStart), "First. From there.".length, "the caret stays");
  await soon(async () => (await here.inputValue()) === (await there.inputValue()), "they differ");

  // Erased in the one, it is gone in the other.
  await there.blur();
  await page.evaluate((key) => localStorage.removeItem(key), KEY);
  await soon(async () => (await there.inputValue()) === "", "the other tab still shows it");
  await plan(other).choice.click();
  await soon(async () => /take it out/.test(await plan(page).choice.textContent()), "the plan did not follow");
});

onServer("who leaves a field that was not touched sees what another tab has written", async ({ page, goto, base }) => {
  await goto(PAGE);
  const other = await page.context().newPage();
  await other.goto(`${base}${PAGE}`);
  await note(other).area.focus();
  await note(page).area.fill("From here.");
  await note(page).area.blur();
  await other.waitForTimeout(100);
  await note(other).area.blur();
  assert.equal(await note(other).area.inputValue(), "From here.");
});

for (const [name, refuse] of [
  ["denied", denyStorage],
  ["full", fillStorage],
  ["that of a newer guide", keepNewer],
]) {
  onServer(`where the storage is ${name}, the words stay on the page and can be copied`, async ({ page, goto }) => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.addInitScript(refuse, KEY);
    await goto(PAGE);
    const { area, said, copy } = note(page);
    assert.equal(await copy.isVisible(), false);
    await area.fill("Not to be lost.");
    await area.blur();
    assert.match(await said.textContent(), /^This could not be kept/);
    await copy.click();
    await soon(async () => (await said.textContent()) === "Copied.", "nothing was said");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "Not to be lost.");
    assert.equal(await area.inputValue(), "Not to be lost.");
    await plan(page).choice.click();
    assert.match(await plan(page).said.textContent(), /could not be kept/);
    assert.equal(await plan(page).choice.textContent(), "Keep in my journal");
  });
}

onServer("where nothing may be copied, the words are selected, and that is said", async ({ page, goto }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = () => false;
  });
  await goto(PAGE);
  const { text, copy, said } = plan(page);
  await copy.click();
  await soon(async () => /selected now/.test(await said.textContent()), "nothing was said");
  assert.equal(await page.evaluate(() => getSelection().toString()), await text.textContent());
});

onServer("a page without a clipboard of its own copies the old way", async ({ page, goto }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.addEventListener("copy", () => (window.copied = document.activeElement.value));
  });
  await goto(PAGE);
  const { text, copy, said } = plan(page);
  await copy.click();
  await soon(async () => (await said.textContent()) === "Copied.", "nothing was said");
  assert.equal(await page.evaluate(() => window.copied), await text.textContent());
  assert.equal(await copy.evaluate((button) => button === document.activeElement), true);
});

onServer("a kept text is a text, and no more than can be kept goes in", async ({ page, goto }) => {
  await goto(PAGE);
  const id = await page.locator(".reflect").first().getAttribute("id");
  const text = "<img src=x onerror=alert(1)>\r\nand more";
  await keep(page, { version: 2, lessons: { [SLUG]: { notes: { [id]: { text, at: 5 } } } } });
  await goto(PAGE);
  const { area } = note(page);
  assert.equal(await area.inputValue(), text.replace("\r", ""));
  await area.focus();
  await area.blur();
  assert.equal((await own(page)).at, 5, "a look changes nothing");
  await area.fill("x".repeat(19_999));
  await area.press("End");
  await area.pressSequentially("yz");
  await area.blur();
  assert.equal((await own(page)).text.length, 20_000);
});

onServer(
  "without script there is the question, lines to write on, and no button",
  async ({ page, goto }) => {
    await goto(PAGE);
    const reflection = page.locator(".reflect").first();
    for (const part of [".prompt", ".lines", ".on-paper"])
      assert.equal(await reflection.locator(part).isVisible(), true);
    for (const part of ["textarea", "button"]) assert.equal(await reflection.locator(part).first().isVisible(), false);
    assert.equal(await plan(page).copy.isVisible(), false);
  },
  { javaScriptEnabled: false },
);

onServer("a note is printed whole, an empty one as lines, a plan without buttons", async ({ page, goto }) => {
  await goto(PAGE);
  const reflection = page.locator(".reflect").first();
  await page.emulateMedia({ media: "print" });
  assert.equal(await reflection.locator(".lines").isVisible(), true);
  await page.emulateMedia({ media: "screen" });
  const long = "A line of a long note.\n".repeat(40).trim();
  await note(page).area.fill(long);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const part of [".lines", "textarea", ".said", "button"]) {
    assert.equal(await reflection.locator(part).first().isVisible(), false, part);
  }
  const written = reflection.locator(".written");
  assert.equal(await written.innerText(), long);
  assert.equal(await written.evaluate((part) => getComputedStyle(part).color), "rgb(0, 0, 0)");
  assert.equal(await plan(page).copy.isVisible(), false);
});

for (const [name, options] of [
  ["on a phone", { viewport: phone, hasTouch: true }],
  ["on a desk", { viewport: desk }],
]) {
  onServer(
    `axe finds nothing ${name}, light and dark, kept and refused`,
    async ({ page, goto, search }) => {
      await page.addInitScript(fillStorage);
      await goto(PAGE);
      await note(page).area.fill("one");
      await note(page).area.blur();
      await plan(page).choice.click();
      assert.deepEqual(await search.violations(), []);
      assert.deepEqual(await page.evaluate(smallTargets, [".reflect, .plan", "button, textarea"]), []);
    },
    options,
  );
}

for (const dir of ["ltr", "rtl"]) {
  onServer(`nothing is too wide at any width and size of text, ${dir}, with long words`, async ({ page, goto }) => {
    await goto(PAGE);
    await note(page).area.fill("x".repeat(300));
    await page.evaluate(lengthen, PARTS);
    for (const [width, zoom] of [
      [320, 1],
      [320, 2],
      [390, 2],
      [768, 1],
      [1280, 1],
    ]) {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(setUp, [dir, zoom]);
      const faults = [...(await page.evaluate(tooWide)), ...(await page.evaluate(spill, PARTS))];
      assert.deepEqual(faults, [], `${width} px, ${zoom * 100} %`);
    }
  });
}

onServer("two ways stand side by side, and one below the other on a phone", async ({ page, goto }) => {
  await goto(PAGE);
  for (const [width, isBeside] of [
    [320, false],
    [390, false],
    [768, true],
    [1280, true],
  ]) {
    await page.setViewportSize({ width, height: 800 });
    const boxes = [".good", ".poor"].map((name) => page.locator(`.compare > ${name}`).first().boundingBox());
    const [good, poor] = await Promise.all(boxes);
    assert.equal(good.y === poor.y, isBeside, `${width} px`);
    assert.equal(poor.y >= good.y + good.height, !isBeside, `${width} px`);
  }
});

onServer(
  "in forced colours two ways and the field have edges",
  async ({ page, goto }) => {
    await goto(PAGE);
    for (const part of [".compare > .good", ".compare > .poor", "textarea.lined", ".plan"]) {
      const { width, edge, ground } = await page.locator(part).first().evaluate(edges);
      assert.ok(width >= 1, part);
      assert.notEqual(edge, ground, part);
    }
  },
  { forcedColors: "active" },
);

function note(page) {
  const field = page.locator("note-field").first();
  return {
    area: field.locator("textarea"),
    said: field.locator("[role=status]"),
    copy: field.getByRole("button", { name: "Copy my words" }),
  };
}

function plan(page) {
  const part = page.locator("if-then-plan").first();
  return {
    text: part.locator("p").first(),
    copy: part.getByRole("button", { name: "Copy" }),
    choice: part.locator(".button.plain"),
    said: part.locator("[role=status]"),
  };
}

/** The note of this page's lesson, as it is kept. */
async function own(page) {
  const { lessons } = JSON.parse((await kept(page)) ?? "{}");
  return Object.values(lessons?.[SLUG]?.notes ?? {})[0];
}

// What follows runs in the page.
function countChanges(said) {
  window.changes = 0;
  const count = () => {
    window.changes += 1;
  };
  new MutationObserver(count).observe(said, { childList: true, characterData: true, subtree: true });
}

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

function keepNewer(key) {
  localStorage.setItem(key, '{"version":3}');
}

function setUp([dir, zoom]) {
  document.documentElement.dir = dir;
  document.documentElement.style.fontSize = `${zoom * 100}%`;
}

function lengthen(parts) {
  for (const part of document.querySelectorAll(parts)) {
    for (const text of part.querySelectorAll(".prompt label, .plan span:first-of-type, blockquote, .because > *")) {
      text.append(" ", "Donaudampfschifffahrtsgesellschaft".repeat(6));
    }
  }
}

/** What goes beyond the box that it is in. */
function spill(parts) {
  return [...document.querySelectorAll(`:is(${parts}), :is(${parts}) *`)]
    .filter((part) => part.checkVisibility() && part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0)
    .filter((part) => !part.closest(".vh") && getComputedStyle(part).display !== "inline")
    .map((part) => `${part.localName}.${part.className}: ${part.scrollWidth} of ${part.clientWidth}`);
}

function edges(part) {
  const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(part);
  return { width: Number.parseFloat(borderTopWidth), edge: borderTopColor, ground: backgroundColor };
}
