// The wins folder: one win at a time, the reader's own wins, and the file that they become.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { keep, kept, visit } from "./support/frame.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { smallTargets, tooWide } from "./support/seen.mjs";

const PAGE = "wins/index.html";
const PROGRAM = new URL("../../target/release/level-one", import.meta.url).pathname;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const mine = async (page) => Object.values(JSON.parse(await kept(page))?.wins ?? {});
const shown = (page) => page.locator("one-win h2").textContent();
const titles = (page) => page.locator(".own-list h4").allTextContents();
const field = (page, name) => page.locator(`my-wins form [name=${name}]`);

async function says(page, words, where = "form") {
  const said = page.locator(`my-wins ${where} .said`);
  await until(
    async () => words.test(await said.textContent()),
    3000,
    async () => `it says “${await said.textContent()}”`,
  );
}

async function add(page, values) {
  for (const [name, value] of Object.entries(values)) {
    if (!(await field(page, name).isVisible())) await page.getByText("More about it").click();
    if (["kind", "thanked_by"].includes(name)) await field(page, name).selectOption(value);
    else await field(page, name).fill(value);
  }
  await press(page, "Keep it");
}

const bring = (page, text) =>
  page
    .locator("my-wins [type=file]")
    .setInputFiles({ name: "w.yaml", mimeType: "text/yaml", buffer: Buffer.from(text) });

for (const [where, open] of places) {
  test(`wins are shown one at a time, none twice until all were, ${where}`, () =>
    visit(browser, open, async ({ page, goto }) => {
      await goto(PAGE);
      const total = await page.locator(".months > li[id]").count();
      const seen = [await shown(page)];
      assert.equal(await page.getByRole("button", { name: "The one before" }).isVisible(), false);
      for (let number = 1; number < total; number++) {
        await press(page, "Show me another");
        seen.push(await shown(page));
      }
      assert.equal(new Set(seen).size, total);
      await press(page, "The one before");
      assert.equal(await shown(page), seen.at(-2));
      await press(page, "Show me another");
      assert.equal(await shown(page), seen.at(-1), "what was shown stays in its order");
      await press(page, "Show me another");
      assert.notEqual(await shown(page), seen.at(-1));
    }));

  test(`a win is kept in twenty seconds, changed, deleted and brought back, ${where}`, () =>
    visit(
      browser,
      open,
      async ({ page, goto }) => {
        await goto(PAGE);
        assert.equal(await kept(page), null);
        await add(page, { title: "A calm answer", what: "It went well." });
        await says(page, /^Kept\./);
        const month = new Date().toISOString().slice(0, 7);
        assert.equal((await mine(page))[0].date, month);
        await add(page, {
          title: "An older one",
          what: "Also.",
          date: "2025-02",
          kind: "reply",
          tags: "calls, late no",
        });
        assert.deepEqual(await titles(page), ["A calm answer", "An older one"]);
        assert.deepEqual((await page.locator(".own-list h3").allTextContents()).at(-1), "Quarter 1, 2025");
        await goto(PAGE);
        await page.getByRole("button", { name: "Change: An older one" }).click();
        assert.equal(await field(page, "tags").inputValue(), "calls, late no");
        await add(page, { what: "Also this." });
        await says(page, /^Changed\./);
        assert.equal((await mine(page)).length, 2);
        await page.getByRole("button", { name: "Delete: A calm answer" }).click();
        await says(page, /^Deleted: A calm answer$/);
        assert.deepEqual(await titles(page), ["An older one"]);
        await press(page, "Undo");
        assert.deepEqual(await titles(page), ["A calm answer", "An older one"]);
        await press(page, "Show me another");
      },
      { viewport: phone },
    ));
}

onServer("what is missing is asked for, with the keyboard alone", async ({ page, goto }) => {
  await goto(PAGE);
  await field(page, "title").focus();
  await page.keyboard.type("A win");
  await page.keyboard.press("Enter");
  assert.equal(await field(page, "what").evaluate((area) => area === document.activeElement), true);
  assert.equal(await field(page, "what").getAttribute("aria-invalid"), "true");
  await page.keyboard.type("It went well.");
  await field(page, "date").fill("soon");
  await press(page, "Keep it");
  assert.match(await page.locator("#mine\\.date\\.help").textContent(), /^Write a month, such as \d{4}-02\.$/);
});

onServer("the form warns of what may tell of a person while it is written", async ({ page, goto }) => {
  await goto(PAGE);
  const hint = page.locator("#mine\\.what\\.help");
  for (const [text, words] of [
    ["Priya Nair said yes.", /may name a person/],
    ["Write to priya@example.org.", /e-mail/],
    ["Call +44 20 7946 0958.", /telephone/],
    ["A candidate said yes.", /^$/],
  ]) {
    await field(page, "what").fill(text);
    await until(
      async () => words.test(await hint.textContent()),
      2000,
      async () => `${text}: ${await hint.textContent()}`,
    );
  }
  await add(page, { title: "A win", what: "Priya Nair said yes." });
  assert.equal((await mine(page)).length, 1, "it advises, and keeps what the reader wants kept");
});

onServer("a link from a reply or a lesson says what stands behind the win", async ({ page, goto }) => {
  await goto(`${PAGE}?reply=no-reason-email&lesson=offers#add`);
  assert.match(await page.locator(".behind").textContent(), /no-reason-email, offers/);
  await add(page, { title: "A win", what: "It went well." });
  assert.deepEqual(
    (await mine(page)).map(({ reply, lesson }) => [reply, lesson]),
    [["no-reason-email", "offers"]],
  );
  const links = page.locator(".own-list a");
  assert.deepEqual(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href"))), [
    "../lessons/offers.html",
    "../replies/no-reason-email.html",
  ]);
  await goto(`${PAGE}?reply=%3Cimg%3E#add`);
  assert.equal(await page.locator(".behind").isVisible(), false);
});

onServer("the file is what content/wins takes, and comes back as it was", async ({ page, goto }) => {
  await goto(PAGE);
  const hard = {
    title: `Quotes "and": # more`,
    what: `- It's <b>yes</b>:\nno & 'so'`,
    words: "“Thanks” 🙂",
    learned: "yes",
  };
  await add(page, { ...hard, date: "2026-02", kind: "reply", thanked_by: "hiring manager", tags: "calls" });
  await add(page, { title: "Plain", what: "Plain.", date: "2026-03" });
  const before = await mine(page);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "Save as a file")]);
  assert.equal(download.suggestedFilename(), "my-wins.yaml");
  const text = readFileSync(await download.path(), "utf8");

  const folder = mkdtempSync(join(tmpdir(), "level-one-wins-"));
  try {
    mkdirSync(join(folder, "content/wins"), { recursive: true });
    writeFileSync(join(folder, "content/wins/mine.yaml"), text);
    const check = () => JSON.parse(execFileSync(PROGRAM, ["check", "--format", "json", folder], { encoding: "utf8" }));
    assert.deepEqual(check().diagnostics, []);
    writeFileSync(
      join(folder, "content/wins/mine.yaml"),
      text.replace(/^( {2}title:)/gm, "  visibility: team\n  checked: yes\n$1"),
    );
    writeFileSync(join(folder, "content/site.yaml"), "audience: team\n");
    assert.equal(check().errors, 0);
    execFileSync(PROGRAM, ["build", folder, "--quiet"]);
    const built = await browser.newPage();
    await built.goto(`file://${join(folder, "public/wins/index.html")}`);
    const said = (await built.locator(".months").allTextContents()).join();
    for (const words of Object.values(hard)) {
      assert.ok(said.replace(/\s+/g, " ").includes(words.replace(/\s+/g, " ")), `${words} in ${said}`);
    }
    await built.close();
  } finally {
    rmSync(folder, { recursive: true });
  }

  await page.evaluate(() => localStorage.clear());
  await goto(PAGE);
  await bring(page, text);
  await says(page, /^2 wins are added\.$/, ".take");
  const plain = (all) => all.map(({ at, ...win }) => win);
  assert.deepEqual(plain(await mine(page)), plain(before));
  await bring(page, text);
  await says(page, /^All of them were here/, ".take");
  await bring(page, "- title: A\n  date: soon\n  what: B\n");
  await says(page, /^Line 1: In the win that begins here, “date”/, ".take");
  await bring(page, "- title: <img src=x>\n  date: 2026-02\n  what: see: this\n");
  await says(page, /^Line 3: Put the value in quotes\./, ".take");
  assert.equal((await mine(page)).length, 2);
});

onServer("another tab follows, and what is no win is passed over", async ({ page, goto, base }) => {
  await goto(PAGE);
  const other = await page.context().newPage();
  await other.goto(new URL(PAGE, base).href);
  await add(page, { title: "A win", what: "It went well." });
  await until(
    async () => (await titles(other)).length === 1,
    2000,
    () => "the other tab does not follow",
  );
  await other.close();
  await keep(page, {
    version: 2,
    wins: { a: 5, b: { title: "<b>", date: "2026-02", what: "x" }, "C d": {}, e: { title: "y" } },
  });
  await goto(PAGE);
  assert.deepEqual(await titles(page), ["<b>"]);
});

for (const [name, prepare] of [
  [
    "denied",
    () =>
      Object.defineProperty(window, "localStorage", {
        get: () => {
          throw new Error("denied");
        },
      }),
  ],
  [
    "full",
    () => {
      Storage.prototype.setItem = () => {
        throw new Error("full");
      };
    },
  ],
]) {
  onServer(
    `where the storage is ${name}, the words stay and can be copied`,
    async ({ page, goto }) => {
      await page.addInitScript(prepare);
      await goto(PAGE);
      await add(page, { title: "A win", what: "It went well." });
      await says(page, /does not keep it/);
      assert.equal(await field(page, "title").inputValue(), "A win");
      await press(page, "Copy it");
      await says(page, /^Copied\.$/);
      assert.match(await page.evaluate(() => navigator.clipboard.readText()), /title: "A win"/);
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  );
}

onServer("on paper only the reader's own wins stand, by quarter", async ({ page, goto }) => {
  await page.addInitScript(() => {
    window.print = () => {
      window.printed = document.documentElement.dataset.print;
    };
  });
  await goto(PAGE);
  await add(page, { title: "A win", what: "It went well.", date: "2026-05" });
  await press(page, "Print my wins");
  assert.equal(await page.evaluate(() => window.printed), "mine");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByText("Quarter 2, 2026").isVisible(), true);
  assert.equal(await page.locator(".own-list h4").isVisible(), true);
  for (const gone of ["one-win", "h1", "my-wins form", ".take", "main > .months"]) {
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  }
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await page.locator("main > .months").first().isVisible(), true);
});

onServer(
  "without script the wins stand there, and the form does not",
  async ({ page, goto }) => {
    await goto(PAGE);
    assert.equal(await page.locator(".months > li").first().isVisible(), true);
    assert.equal(await page.locator("my-wins form").isVisible(), false);
    assert.equal(await page.getByText("A browser that runs scripts can keep your own wins").isVisible(), true);
    assert.equal(await page.locator("main button").filter({ visible: true }).count(), 0);
  },
  { javaScriptEnabled: false },
);

for (const [name, viewport] of [
  ["a phone", phone],
  ["a desk", desk],
]) {
  onServer(
    `axe finds nothing on ${name}, light and dark: empty, warned, refused, full, deleted`,
    async ({ page, goto }) => {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await goto(PAGE);
        await page.evaluate(() => localStorage.clear());
        await goto(PAGE);
        const states = [
          () => {},
          () => field(page, "what").fill("Priya Nair"),
          () => press(page, "Keep it"),
          () => add(page, { title: "A win", what: "It went well.", learned: "Wait." }),
          () => page.getByRole("button", { name: "Delete: A win" }).click(),
        ];
        for (const reach of states) {
          await reach();
          await page.waitForTimeout(450);
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(await page.evaluate(tooWide), []);
          assert.deepEqual(
            await page.evaluate(smallTargets, ["my-wins, one-win", "button, input, select, textarea, summary"]),
            [],
          );
        }
      }
    },
    { viewport },
  );
}
