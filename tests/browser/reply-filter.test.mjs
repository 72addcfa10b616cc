// The filter of the replies, as a reader uses it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { arrival, desk, inPlace, phone, places, until } from "./support/search-page.mjs";
import { hasFocus, isInView, outside, smallTargets } from "./support/seen.mjs";

const REPLIES = "replies/index.html";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => inPlace(browser, open, use, options));

  inThisPlace("choices combine, are counted, and stand in the address", async (search, base) => {
    const filter = await openReplies(search);
    const all = await filter.shown();
    assert.equal(await filter.said(), `${all.length} replies`);
    assert.equal(await filter.all.isVisible(), false);

    await filter.choose("Stage", "Offer");
    const offers = await filter.shown();
    assert.ok(offers.length > 0 && offers.length < all.length, `${offers.length} of ${all.length}`);
    for (const { stages } of offers) assert.match(stages, /Offer|Any stage/);
    await filter.choose("Sent by", "Call");
    const both = await filter.shown();
    assert.ok(both.length > 0 && both.length < offers.length, `${both.length} of ${offers.length}`);
    for (const { channels } of both) assert.match(channels, /Call/);
    assert.equal(await filter.said(), `${both.length} of ${all.length} replies`);
    assert.equal(search.page.url(), `${base}${REPLIES}?stage=offer&channel=call`);
    for (const heading of await filter.emptyGroups()) assert.fail(`${heading} has nothing below it`);

    await filter.all.click();
    assert.equal((await filter.shown()).length, all.length);
    assert.equal(search.page.url(), base + REPLIES);
    assert.equal(await search.page.evaluate(() => document.activeElement.name), "reason", "the focus is not lost");
  });

  inThisPlace("a filtered list can be linked to, and is there again on the way back", async (search, base) => {
    const filter = await openReplies(search, "?stage=offer");
    const shown = await filter.shown();
    assert.equal(await filter.chosen("Stage"), "Offer");
    await filter.choose("Sent by", "Email");
    const both = await filter.shown();
    assert.ok(both.length < shown.length);
    await search.page.locator(".card:visible a").first().click();
    await search.page.waitForURL((url) => !url.href.startsWith(base + REPLIES));
    await search.page.goBack();
    await until(
      async () => JSON.stringify(await filter.shown()) === JSON.stringify(both),
      5000,
      () => "another list is shown",
    );
    assert.equal(await filter.chosen("Stage"), "Offer");
    assert.equal(await filter.chosen("Sent by"), "Email");
  });

  inThisPlace("an anchor of a group is a choice", async (search, base) => {
    const filter = await openReplies(search, "#stage.offer");
    assert.equal(await filter.chosen("Stage"), "Offer");
    const offers = await filter.shown();
    await search.page.evaluate(() => {
      location.hash = "#reason.comp";
    });
    await until(
      async () => (await filter.chosen("What did they say?")) === "Pay",
      5000,
      () => "the new anchor is not taken up",
    );
    assert.equal(await filter.chosen("Stage"), "Any stage");
    assert.notDeepEqual(await filter.shown(), offers);
    await filter.choose("Stage", "Offer");
    assert.equal(search.page.url(), `${base}${REPLIES}?reason=comp&stage=offer`);
  });

  inThisPlace(
    "without script, links lead to every group",
    async (search, base) => {
      await search.goto(REPLIES);
      assert.equal(await search.page.locator("select").filter({ visible: true }).count(), 0);
      const links = search.page.locator("reply-filter a");
      const hrefs = await links.evaluateAll((links) => links.map(({ href }) => href));
      assert.ok(hrefs.length > 15, `${hrefs.length} links`);
      assert.deepEqual(hrefs.map((href) => arrival(href, base)).filter(Boolean), []);
      const summaries = search.page.locator("reply-filter summary").filter({ visible: true });
      assert.equal(await summaries.count(), 3);
      await search.page.locator("summary", { hasText: "Stage" }).click();
      await search.page.getByRole("link", { name: "Offer", exact: true }).click();
      const heading = search.page.locator('[id="stage.offer"]');
      await until(
        () => isInView(heading),
        5000,
        () => "the group is out of sight",
      );
      const listed = search.page.locator('[id="stage.offer"] + ul a');
      assert.deepEqual(
        (await listed.evaluateAll((links) => links.map(({ href }) => href)))
          .map((href) => arrival(href, base))
          .filter(Boolean),
        [],
      );
    },
    { javaScriptEnabled: false, viewport: phone },
  );
}

onServer("every choice lists the replies that the index lists", async (search) => {
  const filter = await openReplies(search);
  const index = await search.page.evaluate(() =>
    [...document.querySelectorAll(".reply-index h3")].map((heading) => ({
      id: heading.id,
      label: heading.textContent,
      hrefs: [...heading.nextElementSibling.querySelectorAll('a:not([href^="#"])')].map(({ href }) => href),
    })),
  );
  const anyStage = index.find(({ id }) => id === "stage.any")?.hrefs ?? [];
  assert.ok(index.length > 5);
  for (const { id, label, hrefs } of index.filter(({ id }) => id !== "stage.any")) {
    const [facet] = id.split(".");
    await filter.all.evaluate((button) => button.click());
    await filter.choose(facet === "stage" ? "Stage" : "Sent by", label);
    const wanted = facet === "stage" ? [...hrefs, ...anyStage] : hrefs;
    const shown = (await filter.shown()).map(({ href }) => href);
    assert.deepEqual(shown.toSorted(), wanted.toSorted(), id);
  }
});

onServer("what would lead to nothing cannot be chosen, and an address that does so says it", async (search) => {
  const filter = await openReplies(search, "?reason=optout");
  const impossible = await search.page.locator('select[name="channel"] option:disabled').count();
  assert.ok(impossible > 0);
  for (const select of await search.page.locator("reply-filter select").all()) {
    assert.equal(await select.locator("option").first().isDisabled(), false);
  }
  await search.goto(`${REPLIES}?reason=reneged&stage=outreach&channel=note`);
  assert.deepEqual(await filter.shown(), []);
  assert.equal(await filter.said(), "No reply fits all of this.");
  await filter.all.click();
  assert.ok((await filter.shown()).length > 0);
});

onServer("the filter works with the keys alone", async (search) => {
  const filter = await openReplies(search);
  await filter.select("Stage").focus();
  await search.page.keyboard.type("Off");
  assert.equal(await filter.chosen("Stage"), "Offer");
  assert.match(await filter.said(), /^\d+ of \d+ replies$/);
  await search.page.keyboard.press("Tab");
  assert.equal(await hasFocus(filter.select("Sent by")), true);
  await search.page.keyboard.press("Tab");
  assert.equal(await hasFocus(filter.all), true);
  await search.page.keyboard.press("Enter");
  assert.match(await filter.said(), /^\d+ replies$/);
});

for (const viewport of [phone, desk, { width: 320, height: 640 }]) {
  onServer(
    `axe, targets and width of the filter at ${viewport.width} px`,
    async (search) => {
      await openReplies(search, "?stage=offer");
      assert.deepEqual(await search.violations(), []);
      assert.deepEqual(await search.page.evaluate(smallTargets, ["reply-filter"]), []);
      assert.deepEqual(await search.page.evaluate(outside, "reply-filter *"), []);
      await search.page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
      assert.deepEqual(await search.page.evaluate(outside, "reply-filter *"), [], "right to left");
    },
    { viewport },
  );

  onServer(
    `nothing moves when the filter comes at ${viewport.width} px`,
    async (search) => {
      await search.page.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => {
          for (const { value } of list.getEntries()) window.shift += value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      // The script comes late, when the page has long been painted.
      await search.page.route(/\/script\.[^/]*\.js$/, async (route) => {
        await new Promise((done) => setTimeout(done, 500));
        await route.continue();
      });
      await openReplies(search);
      await search.page.waitForTimeout(200);
      assert.ok((await search.page.evaluate(() => window.shift)) < 0.001);
    },
    { viewport },
  );
}

onServer(
  "in forced colours a choice stands out",
  async (search) => {
    await openReplies(search, "?stage=offer");
    const [open, chosen] = await search.page.locator("reply-filter select").evaluateAll((selects) =>
      selects.map((select) => {
        const { borderTopWidth, borderTopColor } = getComputedStyle(select);
        return { borderTopWidth, borderTopColor };
      }),
    );
    assert.notEqual(chosen.borderTopWidth, open.borderTopWidth);
    assert.notEqual(chosen.borderTopColor, open.borderTopColor);
  },
  { forcedColors: "active" },
);

onServer("the filter is not printed", async (search) => {
  await openReplies(search, "?stage=offer");
  await search.page.emulateMedia({ media: "print" });
  for (const part of ["reply-filter", ".reply-index"]) {
    assert.equal(await search.page.locator(part).isVisible(), false, part);
  }
});

/** The list of replies with its filter. */
async function openReplies(search, end = "") {
  const { page } = search;
  await search.goto(REPLIES + end);
  await page.locator("reply-filter select").first().waitFor();
  const select = (label) => page.getByRole("main").getByLabel(label, { exact: true });
  return {
    select,
    all: page.locator("reply-filter button"),
    said: () => page.locator("reply-filter [role=status]").textContent(),
    choose: (label, option) => select(label).selectOption({ label: option }),
    chosen: (label) => select(label).evaluate(({ selectedOptions }) => selectedOptions[0].text),
    /** The replies that can be seen. */
    shown: () =>
      page.locator(".card").evaluateAll((cards) =>
        cards
          .filter((card) => card.checkVisibility())
          .map((card) => ({
            href: card.querySelector("a").href,
            stages: card.dataset.stage,
            channels: card.dataset.channel,
          })),
      ),
    /** Headings that can be seen without anything below them. */
    emptyGroups: () =>
      page.locator(".reply-group").evaluateAll((groups) =>
        groups
          .filter((group) => group.checkVisibility())
          .filter((group) => ![...group.querySelectorAll(".card")].some((card) => card.checkVisibility()))
          .map((group) => group.querySelector("h2").textContent),
      ),
  };
}
