// At the ends of the path: words to send, and the list of what is left to do.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { keep, kept, visit } from "./support/frame.mjs";
import { follow, KINDS, PAGE } from "./support/path.mjs";
import { clipboard } from "./support/reply-desk.mjs";
import { places, until } from "./support/search-page.mjs";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));

onServer(
  "after a reply the reason of this no is told, and nothing is ticked for the next one",
  async ({ page, goto }) => {
    await goto(PAGE);
    const boxes = page.locator(".after").getByRole("checkbox");
    const record = page.locator(".after .record");
    await follow(page, ["I am all right", "None of these", "Interviews", "The pay", "No"]);
    assert.equal(await record.textContent(), "Record the reason: Pay. Add one factual line");
    assert.equal(await boxes.filter({ visible: true }).count(), 3);
    for (const box of await boxes.filter({ visible: true }).all()) await box.check();
    assert.equal(await kept(page), null, "they are not remembered");
    const href = await page.locator(".win-in-it a").getAttribute("href");
    assert.match(href, /wins\/index\.html\?reply=comp-before-offer#add$/);

    await page.getByRole("link", { name: "Start over" }).and(page.locator(":visible")).click();
    await follow(page, ["I am all right", "Family, health or “personal reasons”"]);
    assert.equal(await record.textContent(), "Record the reason: Something private. Nothing more");
    assert.equal(await page.locator(".after :checked").count(), 0);
    await page.reload();
    assert.equal(await record.textContent(), "Record the reason, and one factual line");
  },
);

onServer("after an escalation nothing is asked of the reader but the fact", async ({ page, goto }) => {
  await goto(`${PAGE}#${KINDS.escalate}`);
  const list = await page.locator(".after li:visible").allInnerTexts();
  assert.deepEqual(
    list.map((text) => text.trim()),
    ["If you passed it on: record that you did and to whom, and nothing more", "Go on to the next candidate"],
  );
  await goto("index.html");
  await goto(`${PAGE}#${KINDS.end}`);
  assert.equal(await page.locator(".after textarea").isVisible(), true);
  assert.equal(await page.locator(".win-in-it").isVisible(), false);
});

onServer(
  "where an end holds words to send, one press copies them",
  async ({ page, goto }) => {
    await goto(`${PAGE}#step.hearsay`);
    const step = page.locator(".step:target");
    const words = await step.locator(".plain-text").textContent();
    assert.match(words, /^Thank you for telling me why\. .+ I wish you all the best\.$/);
    await step.getByRole("button", { name: "Copy" }).click();
    await until(
      async () => /^Copied\./.test(await step.getByRole("status").textContent()),
      3000,
      () => "it does not say that it has copied",
    );
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), words);
  },
  clipboard,
);

onServer(
  "without script the words to send are there, and no button that does nothing",
  async ({ page, goto }) => {
    await goto(`${PAGE}#step.hearsay`);
    const step = page.locator(".step:target");
    assert.equal(await step.getByText("Thank you for telling me why.").isVisible(), true);
    assert.equal(await step.locator("button").isVisible(), false);
  },
  { javaScriptEnabled: false },
);

onServer("what was learned goes into the journal, a note a day", async ({ page, goto }) => {
  const learned = page.getByRole("textbox", { name: "What did this no teach you?" });
  await goto(`${PAGE}#${KINDS.reply}`);
  assert.equal(await kept(page), null, "a look keeps nothing");
  await learned.fill("Ask about the range early.");
  await learned.blur();
  const { lessons } = JSON.parse(await kept(page));
  const day = new Date().toLocaleDateString("sv");
  assert.deepEqual(Object.keys(lessons["/path.html"].notes), [`learned-${day}`]);
  await goto(`${PAGE}#${KINDS.reply}`);
  await page.reload();
  assert.equal(await learned.inputValue(), "Ask about the range early.");

  // On another day there is a field for that day.
  const notes = { "learned-2026-01-02": { prompt: "What did this no teach you?", text: "Then.", at: 1767340800000 } };
  await keep(page, { version: 2, lessons: { "/path.html": { title: "They just said no", notes } } });
  await page.reload();
  assert.equal(await learned.inputValue(), "");
  await learned.fill("Now.");
  await goto("journal.html");
  const part = page.locator(".of-notes .of-lesson");
  assert.equal(await part.getByRole("link", { name: "They just said no" }).getAttribute("href"), "path.html");
  assert.deepEqual(await part.locator(".text").allTextContents(), ["Now.", "Then."]);
});
