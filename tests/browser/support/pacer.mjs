// A breathing pacer whose clock the test turns on.

import { phone } from "./search-page.mjs";

/** The page that is a pacer and little else. */
export const PAGE = "breathe.html";

/** A finger on a phone. */
export const TOUCH = { viewport: phone, hasTouch: true, isMobile: true };

/** Where things move that would be still in other tests. */
export const MOVES = { reducedMotion: "no-preference" };

const START = Date.UTC(2030, 0, 1, 12);

/** Opens a page, and answers what a test does with a pacer there. */
export async function openPacer(search, { path = PAGE, place = 0 } = {}) {
  const { page } = search;
  await page.clock.setFixedTime(START);
  await search.goto(path);
  return pacerIn(page, place);
}

/** A pacer of the page that is open. */
export async function pacerIn(page, place = 0) {
  const root = page.locator("breathing-pacer").nth(place);
  const button = (name) => root.getByRole("button", { name, exact: true });
  await button("Start").waitFor();
  await root.locator("[role=status]").evaluate(listen);
  let now = START;
  return {
    root,
    button,
    reply: root.getByRole("link", { name: "Now the reply" }),
    box: (name) => root.getByRole("checkbox", { name }),
    pace: root.getByLabel("Pace"),
    more: root.locator("summary"),
    status: root.locator("[role=status]"),
    sun: root.locator(".sun"),
    bead: root.locator(".bead"),
    steps: root.locator(".steps"),
    /** Turns the clock on at once, as for a page that was hidden or slept meanwhile, and lets the page draw. */
    async pass(seconds) {
      now += seconds * 1000;
      await page.clock.setFixedTime(now);
      await draw(page);
    },
    /** What is to be read on it: the word, the number, and how far it is; `In 3, Breath 2 of 6`. */
    shows: () =>
      root.evaluate((pacer) => {
        const [word, number, of] = [...pacer.querySelectorAll(".pacer-word *, .of")].map((part) => part.textContent);
        return `${word} ${number}${of && `, ${of}`}`;
      }),
    /** The buttons and links that can be seen. */
    controls: () =>
      root
        .locator(".buttons > *")
        .filter({ visible: true })
        .evaluateAll((parts) => parts.filter(({ localName }) => localName !== "span").map((part) => part.innerText)),
    /** Everything that was said to those who do not see it, since it was opened. */
    said: () => root.locator("[role=status]").evaluate((status) => status.said),
    /** How many pieces of the bar are full. */
    full: () => root.locator(".steps .full").count(),
  };
}

/** Waits until the page has drawn what holds now. */
export function draw(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
}

/** Gives the page a second pacer behind the first, and changes the markup of both. */
export async function rewrite(page, { twice = false, change = (markup) => markup } = {}) {
  await page.route(/\.html$/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/<breathing-pacer[\s\S]*<\/breathing-pacer>/, (markup) =>
      twice ? change(markup) + change(markup) : change(markup),
    );
    await route.fulfill({ response: answer, body });
  });
}

// What follows runs in the page.
function listen(status) {
  status.said = [];
  new MutationObserver(() => {
    if (status.textContent) status.said.push(status.textContent);
  }).observe(status, { childList: true, characterData: true, subtree: true });
}

/** Notes what is heard and felt, in `window.heard` and `window.felt`, instead of making it. */
export function standIn() {
  window.heard = [];
  window.felt = [];
  Object.defineProperty(Navigator.prototype, "vibrate", {
    configurable: true,
    value: (pattern) => window.felt.push(pattern),
  });
  const level = { setTargetAtTime: () => {} };
  window.AudioContext = class {
    constructor() {
      window.heard.push("opened");
      window.audio = this;
      this.state = "running";
      this.currentTime = 0;
    }
    async resume() {
      this.state = "running";
    }
    async suspend() {
      this.state = "suspended";
    }
  };
  window.OscillatorNode = class {
    constructor(_, { frequency }) {
      this.frequency = frequency;
    }
    connect(next) {
      return next;
    }
    start() {
      window.heard.push(this.frequency);
    }
    stop() {}
  };
  window.GainNode = class {
    gain = level;
    connect() {}
  };
}
