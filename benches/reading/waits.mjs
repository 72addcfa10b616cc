// How long a reader waits for the first hit of a search, and for the next lesson, on a desk's window. Each time begins
// with a new profile, so that nothing of the site is kept but what the lesson before it has loaded.

import { launch } from "../../tests/browser/support/browser.mjs";
import { median } from "./median.mjs";
import { howQuiet, inQuiet } from "./quiet.mjs";

const DESK = { width: 1280, height: 900 };
const LESSON = "lessons/phone-screen.html";
const BEFORE_THE_LONGEST = "lessons/offers.html";
const QUERY = "decline";

/** Lighthouse's slow 4G and its phone: a round trip in ms, bytes a second, and how much slower the processor is. */
const SLOW = { latency: 150, down: (1.6 * 1024 * 1000) / 8, up: (750 * 1000) / 8, cpu: 4 };

/** How long the reader looks at a page that has loaded before doing anything. */
const PAUSE = 1000;

/** Measures every wait so many times, and prints the middle of each. */
export async function tellWaits(base, runs, requests) {
  const waits = {
    "`/` to the first hit": (page) => firstHit(page, base),
    "next lesson": (page) => nextLesson(page, base + LESSON),
    "next lesson, the longest": (page) => nextLesson(page, base + BEFORE_THE_LONGEST),
  };
  const speeds = { "as it is": undefined, "slow 4G, CPU × 4": SLOW };
  const rows = Object.entries(waits).map(([name, wait]) => {
    return { name, wait, seen: Object.fromEntries(Object.keys(speeds).map((speed) => [speed, []])) };
  });
  const browser = await launch();
  try {
    // In turn, so that a busy minute does not fall on one of them alone.
    for (let run = 0; run < runs; run++) {
      console.warn(`waits, ${run + 1} of ${runs}`);
      for (const { wait, seen } of rows) {
        for (const [speed, throttle] of Object.entries(speeds)) {
          seen[speed].push(await inQuiet(() => fresh(browser, throttle, wait)));
        }
      }
    }
    console.log(`| wait | ${Object.keys(speeds).join(" | ")} |`);
    console.log("| --- | --: | --: |");
    for (const { name, seen } of rows) {
      console.log(`| ${[name, ...Object.values(seen).map(summary)].join(" | ")} |`);
    }
    console.log(`\nThe middle of ${runs} (least to most), in Chromium ${browser.version()}. ${howQuiet()}.`);
    if (requests) for (const { name, seen } of rows) for (const speed in seen) tellRequests(name, speed, seen[speed]);
  } finally {
    await browser.close();
  }
}

function summary(seen) {
  const times = seen.map(({ time }) => Math.round(time));
  return `${median(times)} (${Math.min(...times)} to ${Math.max(...times)})`;
}

function tellRequests(name, speed, seen) {
  const middle = median(seen.map(({ time }) => time));
  const { marks } = seen.find(({ time }) => time === middle);
  console.log(`\n${name}, ${speed}: ${middle.toFixed(0)} ms`);
  for (const { what, from, to, bytes } of marks) {
    const end = to === undefined ? "" : `to ${to.toFixed(0).padStart(5)}`;
    console.log(`  ${from.toFixed(0).padStart(5)} ${end.padEnd(8)}  ${what}${bytes ? `, ${bytes} bytes` : ""}`);
  }
}

/** Lets `wait` measure a page in a new profile, as slow as `throttle` says. */
async function fresh(browser, throttle, wait) {
  const context = await browser.newContext({ viewport: DESK });
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    const debug = await context.newCDPSession(page);
    if (throttle) {
      const { latency, down: downloadThroughput, up: uploadThroughput, cpu: rate } = throttle;
      await debug.send("Network.enable");
      const network = { offline: false, latency, downloadThroughput, uploadThroughput };
      await debug.send("Network.emulateNetworkConditions", network);
      await debug.send("Emulation.setCPUThrottlingRate", { rate });
    }
    page.debug = debug;
    return await wait(page);
  } finally {
    await context.close();
  }
}

/** From the key to the first hit on the screen, the query being there at once, as if it was pasted. */
async function firstHit(page, base) {
  await page.goto(base + LESSON);
  await page.waitForTimeout(PAUSE);
  const key = { key: "/", text: "/", code: "Slash", windowsVirtualKeyCode: 191 };
  // Neither waits for the other, as nobody's hands do.
  await Promise.all([
    page.debug.send("Input.dispatchKeyEvent", { type: "keyDown", ...key }),
    page.debug.send("Input.insertText", { text: QUERY }),
  ]);
  const painted = await page.waitForFunction(() => window.seen.painted.hit).then((handle) => handle.jsonValue());
  const value = await page.locator("[role=combobox]").inputValue();
  if (value !== QUERY) throw new Error(`the box says "${value}", not "${QUERY}"`);
  const { started, marks } = await page.evaluate(told);
  return since(started, painted, marks);
}

/** From the click on the link to the next lesson to that lesson's heading on the screen. */
async function nextLesson(page, address) {
  await page.goto(address);
  const link = page.locator("main a[rel=next]");
  await link.scrollIntoViewIfNeeded();
  await page.waitForTimeout(PAUSE);
  await link.click({ noWaitAfter: true });
  await page.waitForURL((url) => url.href !== address);
  const painted = await page.waitForFunction(() => window.seen?.painted.heading).then((handle) => handle.jsonValue());
  const { started, marks } = await page.evaluate(told);
  return since(started, painted, marks);
}

function since(started, painted, marks) {
  const after = marks.map((mark) => ({ ...mark, from: mark.from - started, to: mark.to && mark.to - started }));
  return { time: painted - started, marks: after.filter(({ from }) => from >= 0).sort((a, b) => a.from - b.from) };
}

/**
 * Notes when the reader began, and when Chromium has put the first hit and the heading on the screen. Runs in each page
 * before its own scripts. Times are those of the clock, since they go from page to page.
 */
function watch() {
  const clock = (time) => performance.timeOrigin + time;
  const seen = { painted: {}, marks: {} };
  window.seen = seen;
  const begins = ({ timeStamp }) => sessionStorage.setItem("bench.started", String(clock(timeStamp)));
  document.addEventListener("keydown", begins, { capture: true, once: true });
  document.addEventListener("click", begins, { capture: true });
  new PerformanceObserver((list) => {
    for (const { identifier, startTime } of list.getEntries()) seen.painted[identifier] ??= clock(startTime);
  }).observe({ type: "element", buffered: true });
  const wanted = { heading: "h1", hit: "[role=option]" };
  const watcher = new MutationObserver(() => {
    for (const [name, selector] of Object.entries(wanted)) {
      const found = document.querySelector(selector);
      if (!found) continue;
      // Text is told of by the block that it stands in, whichever that is.
      for (const each of [found, ...found.querySelectorAll("*")]) each.setAttribute("elementtiming", name);
      seen.marks[name] = clock(performance.now());
      delete wanted[name];
    }
  });
  watcher.observe(document, { childList: true, subtree: true });
}

/** When the reader began, and what the page did and asked for. Runs in the page. */
function told() {
  const clock = (time) => performance.timeOrigin + time;
  const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const asked = entries.map(({ name, startTime, responseEnd, transferSize }) => {
    return { what: new URL(name).pathname, from: clock(startTime), to: clock(responseEnd), bytes: transferSize };
  });
  const { painted, marks } = window.seen;
  const made = Object.entries(marks).map(([what, from]) => ({ what: `${what} made`, from, to: painted[what] }));
  return { started: Number(sessionStorage.getItem("bench.started")), marks: [...asked, ...made] };
}
