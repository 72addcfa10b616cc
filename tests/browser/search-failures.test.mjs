// What the search does when it is slow, when files are gone and when the guide has changed under an open page, and what
// a screen reader hears of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { inPlace, places, until } from "./support/search-page.mjs";

const PAGE = "lessons/offers.html";
/** What a screen reader reads out by itself. */
const LIVE = "[aria-live], [role=status], [role=alert], [role=log], [role=timer], [role=marquee], output";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

/** Files of the search by the beginning of their names. */
const searchFiles = (stem) => new RegExp(`/search/${stem}[^/]*\\.js(\\?.*)?$`);

// Slow ----------------------------------------------------------------------------------------------------------------

/** Shows the hits of "counter offer", and has "silence" wait for its files; `release` lets them come. */
async function whileItWaits(search) {
  await search.goto(PAGE);
  await search.ask("counter offer");
  const hits = await search.hits();
  let asked = 0;
  let release;
  const released = new Promise((done) => {
    release = done;
  });
  await search.page.route(searchFiles(""), async (route) => {
    asked += 1;
    await released;
    await route.continue().catch(() => {}); // The page may be gone by now.
  });
  await search.input.fill("silence");
  await until(
    () => asked > 0,
    5000,
    () => "no file was asked for",
  );
  return { hits, release };
}

/** Time enough for files that have come to be shown. */
const settle = (search) => search.page.waitForTimeout(400);

onServer("an answer that comes too late is dropped", async (search) => {
  const { hits, release } = await whileItWaits(search);
  await search.input.fill("counter offer");
  // Its files are here already, so it does not wait.
  await until(
    async () => JSON.stringify(await search.hits()) === JSON.stringify(hits),
    5000,
    () => "the later question waits for the files of the earlier one",
  );
  const said = await search.answer();
  const shown = await record(search);
  release();
  await settle(search);
  assert.deepEqual(await shown(), [], "the status has changed");
  assert.equal(await search.status.textContent(), said);
  assert.deepEqual(await search.hits(), hits);
});

onServer("an answer that takes long is announced, and comes", async (search) => {
  const { hits, release } = await whileItWaits(search);
  await search.says("One moment…");
  release();
  assert.match(await search.answer(), /^\d+ results/);
  assert.notDeepEqual(await search.hits(), hits);
});

onServer("Enter never opens a hit of an earlier question", async (search) => {
  const { hits, release } = await whileItWaits(search);
  await search.page.keyboard.press("Enter");
  await settle(search);
  assert.notEqual(search.page.url(), hits[0].href);
  release();
  await settle(search);
  assert.notEqual(search.page.url(), hits[0].href);
});

onServer("an answer that comes after the search was closed changes nothing", async (search) => {
  const { release } = await whileItWaits(search);
  await search.page.keyboard.press("Escape");
  const shown = await record(search);
  release();
  await settle(search);
  assert.deepEqual(await shown(), []);
  assert.equal(await search.dialog.isVisible(), false);
  assert.equal(await search.input.getAttribute("aria-expanded"), "false");
});

// Gone ----------------------------------------------------------------------------------------------------------------

const missing = { missing: true };

onServer(
  "when the guide has changed, its files are found by their new names",
  async (search) => {
    const asked = [];
    await search.page.route(searchFiles("core"), async (route) => {
      asked.push(new URL(route.request().url()).search);
      const response = await route.fetch();
      const body = await response.text();
      // Names that this server does not know: what an older guide would have said.
      const older = body.replace(/(?<=")[0-9a-f]{10,}(?=")/g, (names) => [...names].reverse().join(""));
      assert.notEqual(older, body);
      await route.fulfill({ response, body: asked.length === 1 ? older : body });
    });
    await search.goto(PAGE);
    const shown = await record(search);
    assert.match(await search.ask("counter offer"), /^\d+ results/);
    assert.ok((await search.hits()).length > 3);
    assert.equal(asked.length, 2);
    assert.deepEqual([asked[0], asked[1].startsWith("?again=")], ["", true]);
    assert.deepEqual((await shown()).filter(isFailure), []);
    assert.match(await search.ask("silence"), /^\d+ results/, "it goes on with the new files");
    assert.equal(asked.length, 2);
  },
  missing,
);

for (const [what, files] of [
  ["the list of files", searchFiles("core")],
  ["words", searchFiles("words")],
  ["texts", searchFiles("texts")],
  ["the engine", /engine[^/]*\.js$/],
  ["everything", /\/search\/|engine/],
]) {
  onServer(
    `without ${what} the search says so, and goes on once it is there again`,
    async (search, base) => {
      let asked = 0;
      await search.page.route(files, (route) => {
        asked += 1;
        return route.fulfill({ status: 404, body: "not found" });
      });
      await search.goto(PAGE);
      await search.open();
      await search.input.fill("counter offer");
      await search.says(/could not be loaded/);
      assert.equal(await search.options.count(), 0);
      assert.equal(await search.input.getAttribute("aria-expanded"), "false");
      assert.equal(await search.everything.isVisible(), true);
      assert.equal(await search.everything.getAttribute("href"), "../contents.html");
      const again = search.dialog.getByRole("button", { name: "Try again" });
      const before = asked;
      await again.click();
      await until(
        () => asked > before,
        5000,
        () => "nothing was asked for again",
      );
      await settle(search);
      await search.says(/could not be loaded/);
      await search.page.unroute(files);
      await again.click();
      await search.says(/^\d+ results/);
      assert.equal(await again.count(), 0);
      assert.equal(await hasFocus(search.input), true);
      await search.openHit(1);
      await search.page.waitForURL((url) => url.href !== base + PAGE);
    },
    missing,
  );
}

onServer(
  "what was gone comes with the next letter too",
  async (search) => {
    await search.goto(PAGE);
    await search.ask("counter offer");
    await search.page.route(searchFiles(""), (route) => route.abort());
    await search.input.fill("silence");
    await search.says(/could not be loaded/);
    assert.equal(await search.options.count(), 0, "hits of another question are shown");
    await search.page.unroute(searchFiles(""));
    await search.input.fill("silence again");
    await search.says(/^\d+ results/);
  },
  missing,
);

onServer("another version of the files asks to load the page again", async (search, base) => {
  let version = 7;
  await search.page.route(searchFiles("core"), async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    assert.match(body, /"version":\d+/);
    await route.fulfill({ response, body: version ? body.replace(/"version":\d+/, `"version":${version}`) : body });
  });
  await search.goto(PAGE);
  await search.open();
  await search.input.fill("counter offer");
  await search.says(/The guide has changed since you opened this page/);
  assert.equal(await search.options.count(), 0);
  assert.equal(await search.everything.isVisible(), true);
  version = undefined;
  await search.page.evaluate(() => {
    window.stays = true;
  });
  await search.dialog.getByRole("button", { name: "Load the page again" }).click();
  await search.page.waitForFunction(() => window.stays === undefined);
  assert.equal(search.page.url(), base + PAGE);
  assert.match(await search.ask("counter offer"), /^\d+ results/);
});

// Heard ---------------------------------------------------------------------------------------------------------------

onServer("the status says one thing for each letter at the most, and nothing twice", async (search) => {
  await search.goto(PAGE);
  await search.ask("zzz");
  await search.input.fill("");
  await search.says("");
  const shown = await record(search);
  let letters = 0;
  for (const letter of "counter offers") {
    await search.page.keyboard.type(letter);
    letters += 1;
    await search.answer();
    const said = (await shown()).filter((text) => text !== "One moment…");
    assert.ok(said.length <= letters, `${said.length} sentences for ${letters} letters: ${said}`);
  }
  await settle(search);
  await search.page.keyboard.press("ArrowDown");
  await search.page.keyboard.press("ArrowUp");
  const said = await shown();
  assert.ok(said.length > 2, `${said}`);
  assert.deepEqual(
    said.filter((text, at) => text === said[at - 1]),
    [],
    "the same was said twice",
  );
});

onServer("fast typing is answered for what stands in the box", async (search) => {
  await search.goto(PAGE);
  await search.open();
  const shown = await record(search);
  await search.page.keyboard.type("counter offer");
  await search.answer();
  await settle(search);
  const last = await search.status.textContent();
  assert.ok((await shown()).length <= 13);
  assert.equal(await search.ask("counter offer"), last);
});

onServer(
  "there is one live region, whatever has happened",
  async (search) => {
    await search.goto(PAGE);
    const count = () => search.dialog.locator(LIVE).count();
    assert.equal(await count(), 1, "before the first question");
    for (const query of ["counter offer", "qqqqxyzz", "intervew"]) {
      await search.ask(query);
      assert.equal(await count(), 1, query);
    }
    await search.page.route(searchFiles(""), (route) => route.abort());
    await search.input.fill("silence");
    await search.says(/could not be loaded/);
    assert.equal(await count(), 1, "with files missing");
  },
  missing,
);

/** Notes what the status says from now on; the function that it gives tells all of it. */
async function record(search) {
  await search.status.evaluate((status) => {
    window.said = [];
    const note = () => window.said.push(status.textContent);
    new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
  });
  return () => search.page.evaluate(() => window.said);
}

function isFailure(text) {
  return /could not be loaded|has changed/.test(text);
}

function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
