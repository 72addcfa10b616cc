// What the breathing pacer looks like: what moves and what does not, on every screen, in every colour, and on paper.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { draw, MOVES, openPacer, PAGE, rewrite, TOUCH } from "./support/pacer.mjs";
import { desk, inPlace, phone, places } from "./support/search-page.mjs";
import { outside, smallTargets, tooWide } from "./support/seen.mjs";

/** How it comes to be in each of its states. */
const STATES = {
  idle: async () => {},
  running: async (pacer) => {
    await pacer.button("Start").click();
    await pacer.pass(12.6);
  },
  paused: async (pacer) => {
    await STATES.running(pacer);
    await pacer.button("Pause").click();
  },
  done: async (pacer) => {
    await pacer.button("Start").click();
    await pacer.pass(60);
  },
  "open choices": async (pacer) => {
    await pacer.more.click();
  },
};

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => inPlace(browser, places[0][1], use, options));

for (const dir of ["ltr", "rtl"]) {
  for (const hold of [true, false]) {
    onServer(
      `the bead goes along the ridge and the sun grows and shrinks, ${hold ? "with" : "without"} hold, ${dir}`,
      async (search) => {
        const pacer = await openPacer(search);
        await search.page.evaluate((dir) => (document.documentElement.dir = dir), dir);
        await pacer.box("Hold for two").setChecked(hold);
        await pacer.button("Start").click();
        const breath = hold ? 10 : 8;
        const at = [];
        for (let tenth = 0; tenth <= 10; tenth++) {
          at.push(await pacer.root.evaluate(measure));
          await pacer.pass(tenth < 10 ? (breath - 0.001) / 10 : 0);
        }
        assert.deepEqual(
          at.filter(({ isOnRidge }) => !isOnRidge),
          [],
        );
        const xs = at.map(({ x }) => x);
        const steps = xs.slice(1).map((x, index) => x - xs[index]);
        assert.ok(Math.min(...steps) > 0 && Math.max(...steps) - Math.min(...steps) < 1, `it steps by ${steps}`);
        const [least, , , , , most] = at.map(({ wide }) => wide);
        assert.ok(Math.abs(least / most - 0.74) < 0.01, `the sun grows from ${least} to ${most}`);
        assert.ok(Math.abs(at[10].wide - least) < 1);
        assert.ok(at[1].wide - least < (at[2].wide - least) / 2.5, "it begins gently");
      },
      MOVES,
    );
  }
}

onServer("with less motion nothing moves or grows: a bar fills a piece a count", async (search) => {
  const pacer = await openPacer(search);
  const sun = await pacer.sun.boundingBox();
  await pacer.button("Start").click();
  assert.equal(await pacer.bead.isVisible(), false);
  for (let second = 0; second < 20; second++) {
    assert.equal(await pacer.full(), (second % 10) + 1);
    assert.deepEqual(await pacer.sun.boundingBox(), sun);
    await pacer.pass(1);
  }
  const { box, count } = await pacer.steps.evaluate((steps) => ({
    box: steps.getBoundingClientRect().height,
    count: [...steps.children].filter((piece) => piece.getBoundingClientRect().width > 4).length,
  }));
  assert.ok(box > 8);
  assert.equal(count, 10);
});

onServer(
  "whoever asks for less motion on the way gets it, and the other way round",
  async (search) => {
    const pacer = await openPacer(search);
    const still = await pacer.sun.boundingBox();
    await pacer.button("Start").click();
    await pacer.pass(5);
    assert.equal(await pacer.bead.isVisible(), true);
    assert.equal(await pacer.steps.isVisible(), false);
    const grown = await pacer.sun.boundingBox();
    assert.ok(grown.width > still.width * 1.3);
    await search.page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await pacer.bead.isVisible(), false);
    assert.equal(await pacer.steps.isVisible(), true);
    assert.deepEqual(await pacer.sun.boundingBox(), still);
    assert.equal(await pacer.full(), 6);
    await pacer.pass(1);
    assert.equal(await pacer.full(), 7);
    await search.page.emulateMedia({ reducedMotion: "no-preference" });
    assert.equal(await pacer.bead.isVisible(), true);
    assert.equal(await pacer.steps.isVisible(), false);
  },
  MOVES,
);

onServer("time runs from left to right where words run from right to left", async (search) => {
  const pacer = await openPacer(search);
  await search.page.evaluate(() => (document.documentElement.dir = "rtl"));
  await pacer.button("Start").click();
  const { full, empty } = await pacer.steps.evaluate((steps) => {
    const at = (selector) => steps.querySelector(selector).getBoundingClientRect().x;
    return { full: at(".full"), empty: at("i:not(.full)") };
  });
  assert.ok(full < empty);
  const xs = await pacer.root
    .locator(".beat")
    .filter({ visible: true })
    .evaluateAll((all) => all.map((text) => text.getBoundingClientRect().x));
  assert.deepEqual(
    xs,
    xs.toSorted((a, b) => a - b),
  );
});

for (const [name, options] of [
  ["on a phone", { viewport: phone }],
  ["on a desk", { viewport: desk }],
  ["on a phone where it moves", { viewport: phone, ...MOVES }],
]) {
  for (const [state, reach] of Object.entries(STATES)) {
    onServer(
      `axe finds nothing, ${state} ${name}, light and dark`,
      async (search) => {
        await reach(await openPacer(search));
        assert.deepEqual(await search.violations(), []);
      },
      options,
    );
  }
}

for (const [width, height, text, reducedMotion] of [
  [320, 640, 100, "no-preference"],
  [320, 640, 200, "reduce"],
  [390, 844, 100, "reduce"],
  [390, 844, 200, "no-preference"],
  [844, 390, 100, "no-preference"],
  [1280, 900, 100, "reduce"],
  [1280, 900, 200, "no-preference"],
]) {
  onServer(
    `everything fits at ${width}x${height}, ${text} % text, motion: ${reducedMotion}`,
    async (search) => {
      for (const [state, reach] of Object.entries(STATES)) {
        const pacer = await openPacer(search);
        await search.page.evaluate((text) => {
          document.documentElement.style.fontSize = `${text}%`;
        }, text);
        await reach(pacer);
        assert.deepEqual(await search.page.evaluate(tooWide), [], state);
        assert.deepEqual(await search.page.evaluate(outside, "breathing-pacer *:not(svg *, svg)"), [], state);
        const targets = ["breathing-pacer", "a[href], button, select, summary, label"];
        assert.deepEqual(await search.page.evaluate(smallTargets, targets), [], state);
        assert.deepEqual(await pacer.root.evaluate(unreadable), [], state);
      }
    },
    { viewport: { width, height }, colorScheme: "dark", reducedMotion },
  );
}

for (const viewport of [{ width: 320, height: 568 }, phone, { width: 844, height: 390 }, desk]) {
  onServer(
    `the sun takes less than a quarter of ${viewport.width}x${viewport.height}, and the buttons are in view with it`,
    async (search) => {
      const pacer = await openPacer(search);
      await pacer.button("Start").click();
      await pacer.pass(5);
      const sun = await pacer.sun.boundingBox();
      assert.ok(sun.width * sun.height < (viewport.width * viewport.height) / 4);
      await pacer.root
        .locator(".pacer")
        .evaluate((part) => part.scrollIntoView({ block: "center", behavior: "instant" }));
      const box = await pacer.root.locator(".pacer").boundingBox();
      assert.ok(box.height < viewport.height, `it is ${box.height} px high`);
    },
    { viewport, ...MOVES },
  );
}

for (const viewport of [{ width: 320, height: 568 }, phone, desk]) {
  onServer(
    `nothing below it moves when it starts and when it ends, at ${viewport.width} px`,
    async (search) => {
      const pacer = await openPacer(search);
      // From the top of the page: to press a button may scroll it.
      const below = () => pacer.root.locator("ol").evaluate((list) => list.getBoundingClientRect().y + scrollY);
      const y = await below();
      for (const state of ["running", "paused"]) {
        await STATES[state](pacer);
        assert.ok(Math.abs((await below()) - y) < 0.1, state);
        await pacer.button("Stop").click();
      }
      await STATES.done(pacer);
      assert.ok(Math.abs((await below()) - y) < 0.1, "done");
    },
    { viewport },
  );
}

onServer("one button is filled, whatever its state", async (search) => {
  for (const [state, wanted] of [
    ["idle", ["Start"]],
    ["running", []],
    ["paused", []],
    ["done", ["Now the reply"]],
  ]) {
    const pacer = await openPacer(search);
    await STATES[state](pacer);
    const filled = search.page.locator("main .button.main").filter({ visible: true });
    assert.deepEqual(await filled.allInnerTexts(), wanted, state);
  }
});

for (const colorScheme of ["light", "dark"]) {
  onServer(
    `in forced colours the sun, the ridge and the full pieces can be told, ${colorScheme}`,
    async (search) => {
      const pacer = await openPacer(search);
      await STATES.running(pacer);
      const { ground, full, empty, edge, ridge, sun, frame } = await pacer.root.evaluate((pacer) => {
        const style = (selector) => getComputedStyle(pacer.querySelector(selector));
        return {
          ground: getComputedStyle(document.body).backgroundColor,
          full: style(".steps .full").backgroundColor,
          empty: style(".steps i:not(.full)").backgroundColor,
          edge: style(".steps i:not(.full)").borderTopColor,
          ridge: style(".ridge").stroke,
          sun: style(".sun").stroke,
          frame: style(".pacer").borderTopWidth,
        };
      });
      assert.notEqual(full, empty);
      for (const [name, colour] of Object.entries({ edge, ridge, sun })) {
        assert.notEqual(colour, empty, name);
        assert.notEqual(colour, ground, name);
        assert.notEqual(colour, "none", name);
      }
      assert.equal(frame, "1px");
      assert.deepEqual(await search.violations(), []);
    },
    { forcedColors: "active", colorScheme },
  );
}

onServer("on paper there are the list and the words for safety, and no more", async (search) => {
  const pacer = await openPacer(search);
  await pacer.more.click();
  await STATES.running(pacer);
  await search.page.emulateMedia({ media: "print" });
  const printed = await pacer.root.evaluate((pacer) => {
    const walker = document.createTreeWalker(pacer, NodeFilter.SHOW_TEXT);
    const parts = new Set();
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (data.trim() && parentElement.checkVisibility() && !parentElement.closest(".vh"))
        parts.add(parentElement.localName);
    }
    return [...parts];
  });
  assert.deepEqual(printed, ["p", "li"]);
  assert.equal(await pacer.root.getByText("This is not treatment").isVisible(), true);
});

onServer(
  "on a phone without script the picture stands as it is drawn",
  async (search) => {
    await search.goto(PAGE);
    assert.deepEqual(await search.page.evaluate(tooWide), []);
    const svg = search.page.locator(".pacer svg");
    assert.equal(await svg.locator(".without-hold").isVisible(), false);
    assert.equal(await svg.locator(".with-hold .beat").count(), 3);
  },
  { ...TOUCH, javaScriptEnabled: false },
);

onServer(
  "a rhythm of many counts still fits its bar into a small screen",
  async (search) => {
    await rewrite(search.page, {
      change: (markup) => markup.replace('<p class="steps">', `<p class="steps many">${"<i></i>".repeat(50)}`),
    });
    const pacer = await openPacer(search);
    await pacer.button("Start").click();
    await draw(search.page);
    assert.deepEqual(await search.page.evaluate(tooWide), []);
    const { scrollWidth, clientWidth } = await pacer.steps.evaluate(({ scrollWidth, clientWidth }) => ({
      scrollWidth,
      clientWidth,
    }));
    assert.ok(scrollWidth <= clientWidth);
  },
  { viewport: { width: 320, height: 568 } },
);

// What follows runs in the page.

/** Where the bead is, whether that is on the ridge that is drawn, and how wide the sun is. */
function measure(pacer) {
  const bead = pacer.querySelector(".bead");
  const ridge = [...pacer.querySelectorAll(".ridge")].find(
    (path) => getComputedStyle(path.parentNode).display !== "none",
  );
  const [x, y] = ["cx", "cy"].map((name) => Number(bead.getAttribute(name)));
  const isOnRidge = ridge.isPointInStroke(new DOMPoint(x, y));
  return {
    x: bead.getBoundingClientRect().x,
    at: [x, y],
    isOnRidge,
    wide: pacer.querySelector(".sun").getBoundingClientRect().width,
  };
}

/** Words that stand neither within the sun nor in the colour for the ground beside it. */
function unreadable(pacer) {
  const sun = pacer.querySelector(".sun").getBoundingClientRect();
  const radius = sun.width / 2;
  const [x, y] = [sun.x + radius, sun.y + radius];
  const ink = getComputedStyle(pacer.querySelector(".of")).color;
  return [...pacer.querySelectorAll(".pacer-word *")].flatMap((part) => {
    if (getComputedStyle(part).color === ink) return [];
    const range = document.createRange();
    range.selectNodeContents(part);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    // Letters do not fill the corners of their box.
    const middle = (top + bottom) / 2;
    const far = Math.max(x - left, right - x);
    return far ** 2 + (middle - y) ** 2 <= (radius + 1) ** 2 ? [] : [`${part.textContent} leaves the sun`];
  });
}
