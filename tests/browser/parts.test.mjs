// The parts of a page that a script improves, as a reader uses them: the filter of the replies, and the words of the
// glossary in a lesson.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { arrival, desk, inPlace, phone, places, until } from "./support/search-page.mjs";
import { readable } from "./support/site.mjs";

const REPLIES = "replies/index.html";
/** A lesson with several words of the glossary. */
const LESSON = readable.find(
  ({ path, source }) => path.startsWith("lessons/") && source.split('class="term"').length > 3,
)?.path;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

// Replies -----------------------------------------------------------------------------------------------------------

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
      assert.equal(await search.page.locator("select").count(), 0);
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
      assert.deepEqual(await search.page.evaluate(smallTargets, "reply-filter"), []);
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

// Words of the glossary -----------------------------------------------------------------------------------------------

for (const [where, open] of places) {
  const inThisPlace = (name, use, options) => test(`${name}, ${where}`, () => inPlace(browser, open, use, options));

  inThisPlace("a word under the pointer is explained, and so for who goes over to read", async (search) => {
    const term = await openLesson(search);
    const word = term.words.first();
    await word.hover();
    await term.shows(word);
    assert.equal(await term.more.isVisible(), false, "a click follows the word itself");
    await term.box.hover();
    await search.page.waitForTimeout(500);
    assert.equal(await term.box.isVisible(), true, "it stays for who reads");
    await search.page.mouse.move(2, 2);
    await term.isGone();
  });

  inThisPlace("a word that has the keys is explained until it has not", async (search) => {
    const term = await openLesson(search);
    await term.reach(0);
    await term.shows(term.words.first());
    await search.page.keyboard.press("Escape");
    assert.equal(await term.box.isVisible(), false);
    assert.equal(await hasFocus(term.words.first()), true);
    await search.page.keyboard.press("Shift+Tab");
    await search.page.keyboard.press("Tab");
    await term.shows(term.words.first());
    await search.page.keyboard.press("Shift+Tab");
    await term.isGone();
  });

  inThisPlace("a word still leads to the glossary", async (search, base) => {
    const term = await openLesson(search);
    const href = await term.words.first().evaluate(({ href }) => href);
    assert.equal(arrival(href, base), undefined);
    await term.words.first().click();
    await search.page.waitForURL(href);
    await search.page.goBack();
    assert.equal(await term.box.isVisible(), false);
    await term.reach(0);
    await search.page.keyboard.press("Enter");
    await search.page.waitForURL(href);
  });

  inThisPlace(
    "a tap explains a word, and a link leads on",
    async (search) => {
      const term = await openLesson(search);
      const [first, second] = [term.words.first(), term.words.last()];
      const address = search.page.url();
      await first.tap();
      await term.shows(first);
      assert.equal(search.page.url(), address);
      assert.equal(await search.page.evaluate(() => document.activeElement.className), "means");
      await second.scrollIntoViewIfNeeded();
      await second.tap();
      await term.shows(second);
      await search.page.touchscreen.tap(3, 3);
      await term.isGone();
      await second.tap();
      await term.shows(second);
      const href = await second.evaluate(({ href }) => href);
      assert.deepEqual(await search.page.evaluate(smallTargets, "glossary-term"), []);
      await term.more.tap();
      await search.page.waitForURL(href);
    },
    { hasTouch: true, isMobile: true, viewport: phone },
  );

  inThisPlace(
    "a second tap follows the word",
    async (search) => {
      const term = await openLesson(search);
      const href = await term.words.first().evaluate(({ href }) => href);
      await term.words.first().tap();
      await term.shows(term.words.first());
      await term.words.first().tap();
      await search.page.waitForURL(href);
    },
    { hasTouch: true, isMobile: true, viewport: phone },
  );

  inThisPlace(
    "without script a word is a link",
    async (search) => {
      await search.goto(LESSON);
      const word = search.page.locator("a.term").first();
      const href = await word.evaluate(({ href }) => href);
      await word.hover();
      assert.equal(await search.page.locator("glossary-term").isVisible(), false);
      await word.click();
      await search.page.waitForURL(href);
    },
    { javaScriptEnabled: false },
  );
}

onServer("a word without a meaning is a link and nothing else", async (search) => {
  const term = await openLesson(search);
  const word = term.words.first();
  await word.evaluate((word) => word.setAttribute("data-seen", ""));
  const bare = search.page.locator("[data-seen]");
  await bare.evaluate((word) => word.removeAttribute("data-means"));
  await bare.hover();
  await search.page.waitForTimeout(400);
  assert.equal(await term.box.isVisible(), false);
  const href = await bare.evaluate(({ href }) => href);
  await bare.click();
  await search.page.waitForURL(href);
});

onServer("the pointer that passes by opens nothing, and Escape lasts until it has left", async (search) => {
  const term = await openLesson(search);
  const word = term.words.first();
  await word.hover();
  await search.page.mouse.move(2, 2);
  await search.page.waitForTimeout(400);
  assert.equal(await term.box.isVisible(), false);
  await word.hover();
  await term.shows(word);
  await search.page.keyboard.press("Escape");
  const { x, y } = await word.evaluate((word) => word.getClientRects()[0].toJSON());
  await search.page.mouse.move(x + 5, y + 5);
  await search.page.waitForTimeout(400);
  assert.equal(await term.box.isVisible(), false);
  await search.page.mouse.move(2, 2);
  await word.hover();
  await term.shows(word);
});

onServer(
  "Escape in an explanation that was tapped gives the word the focus, and does not open it again",
  async (search) => {
    const term = await openLesson(search);
    const word = term.words.first();
    await word.tap();
    await term.shows(word);
    await search.page.keyboard.press("Tab");
    assert.equal(await hasFocus(term.more), true);
    await search.page.keyboard.press("Escape");
    assert.equal(await term.box.isVisible(), false);
    assert.equal(await hasFocus(word), true);
  },
  { hasTouch: true, isMobile: true, viewport: phone },
);

onServer("the search that opens above closes an explanation", async (search) => {
  const term = await openLesson(search);
  await term.words.first().hover();
  await term.shows(term.words.first());
  await search.open();
  await term.isGone();
});

for (const dir of ["ltr", "rtl"]) {
  for (const [width, height, zoom] of [
    [320, 640, 1],
    [320, 640, 2],
    [390, 844, 1],
    [1280, 900, 1],
    [1280, 900, 2],
  ]) {
    onServer(
      `every explanation stays on a screen of ${width} px, ${zoom * 100} % text, ${dir}`,
      async (search) => {
        const term = await openLesson(search);
        await search.page.evaluate(
          ([dir, zoom]) => {
            document.documentElement.dir = dir;
            document.documentElement.style.fontSize = `${zoom * 100}%`;
          },
          [dir, zoom],
        );
        const count = await term.words.count();
        for (let at = 0; at < count; at++) {
          // At the lower edge, at the upper edge, and where the browser puts it.
          for (const block of ["end", "start", "center"]) {
            const word = term.words.nth(at);
            await word.evaluate((word, block) => {
              document.activeElement.blur();
              word.scrollIntoView({ block, behavior: "instant" });
            }, block);
            await term.reach(at);
            await term.shows(word);
            assert.deepEqual(await search.page.evaluate(outside, "glossary-term"), [], `${at} ${block}`);
            assert.equal(await search.page.evaluate(isTooWide), false);
          }
        }
      },
      { viewport: { width, height } },
    );
  }
}

for (const [name, options, reach] of [
  ["hovered on a desk", { viewport: desk }, (term) => term.words.first().hover()],
  ["tapped on a phone", { viewport: phone, hasTouch: true, isMobile: true }, (term) => term.words.first().tap()],
]) {
  onServer(
    `axe finds nothing with a word ${name}, light and dark`,
    async (search) => {
      const term = await openLesson(search);
      await reach(term);
      await term.shows(term.words.first());
      assert.deepEqual(await search.violations(), []);
      assert.equal(await term.box.isVisible(), true);
    },
    options,
  );
}

onServer(
  "in forced colours an explanation has an edge",
  async (search) => {
    const term = await openLesson(search);
    await term.words.first().hover();
    await term.shows(term.words.first());
    const { width, edge, ground } = await term.box.evaluate((box) => {
      const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(box);
      return { width: Number.parseFloat(borderTopWidth), edge: borderTopColor, ground: backgroundColor };
    });
    assert.ok(width >= 1);
    assert.notEqual(edge, ground);
  },
  { forcedColors: "active" },
);

onServer(
  "nothing moves by itself, and an explanation moves along with its word",
  async (search) => {
    const term = await openLesson(search);
    const word = term.words.first();
    await word.hover();
    await term.shows(word);
    assert.equal(await search.page.evaluate(() => document.getAnimations().length), 0);
    const apart = async () => (await term.box.boundingBox()).y - (await word.boundingBox()).y;
    const before = await apart();
    await search.page.evaluate(() => scrollBy({ top: 40, behavior: "instant" }));
    assert.ok(Math.abs((await apart()) - before) < 1);
  },
  { reducedMotion: "reduce" },
);

onServer("an explanation is not printed", async (search) => {
  const term = await openLesson(search);
  await term.words.first().hover();
  await term.shows(term.words.first());
  await search.page.emulateMedia({ media: "print" });
  assert.equal(await term.box.isVisible(), false);
});

// What the tests above do and see ------------------------------------------------------------------------------------

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

/** A lesson with its words of the glossary. */
async function openLesson(search) {
  const { page } = search;
  assert.ok(LESSON, "no lesson has words of the glossary");
  await search.goto(LESSON);
  const box = page.locator("glossary-term");
  const words = page.locator("a.term[data-means]");
  assert.ok((await words.count()) > 1, "the words carry no meaning");
  return {
    box,
    words,
    more: box.locator("a"),
    /** Goes to a word with the tab key, from the place before it. */
    async reach(at) {
      await words.nth(at).evaluate((word) => word.focus({ preventScroll: true }));
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Tab");
    },
    /** Waits until the meaning of a word is shown, also to those who do not see it. */
    async shows(word) {
      const means = await word.getAttribute("data-means");
      await until(
        async () => (await box.isVisible()) && (await box.locator(".means").textContent()) === means,
        5000,
        async () => `shown is "${await box.textContent()}", not "${means}"`,
      );
      assert.equal(await word.getAttribute("aria-describedby"), await box.locator(".means").getAttribute("id"));
      assert.equal(await page.locator("[aria-describedby='page.means']").count(), 1);
    },
    async isGone() {
      await box.waitFor({ state: "hidden" });
      assert.equal(await page.locator("[aria-describedby='page.means']").count(), 0);
    },
  };
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

// The three below run in the page.
function smallTargets(inside) {
  const LEAST = 43.5; // 44 px, less what rounding takes.
  return [...document.querySelectorAll(`${inside} :is(a[href], button, select)`)]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < LEAST)
    .map((element) => `${element.localName}: ${element.getBoundingClientRect().height} px`);
}

function outside(selector) {
  const { clientWidth, clientHeight } = document.documentElement;
  const isFixed = selector === "glossary-term";
  return [...document.querySelectorAll(selector)]
    .filter((element) => element.checkVisibility() && !element.closest(".vh, option"))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(
      ({ box }) => box.left < 0 || box.right > clientWidth || (isFixed && (box.top < 0 || box.bottom > clientHeight)),
    )
    .map(({ element, box }) => `${element.localName}: ${JSON.stringify(box)}`);
}

function isTooWide() {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  return scrollWidth > clientWidth;
}
