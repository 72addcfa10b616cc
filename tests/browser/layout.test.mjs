// What a page looks like where it is hard: the narrowest screen, under a thumb, on paper. What authors write decides on the
// first two, so every page is looked at; on paper one page of each kind tells. Pages without script: conditions.test.mjs.

import { after, before, test } from "node:test";
import { launch } from "./support/browser.mjs";
import { Findings } from "./support/findings.mjs";
import { tooWide } from "./support/seen.mjs";
import { serve } from "./support/server.mjs";
import { kinds, readable } from "./support/site.mjs";

let browser;
let site;

before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  site?.close();
});

onPages("no page scrolls sideways at 320 px", readable, { viewport: { width: 320, height: 640 } }, tooWide);

onPages(
  "every link and button outside of running text is 44 px high at 390 px",
  readable,
  { viewport: { width: 390, height: 844 } },
  smallTargets,
);

// Dark, because that is who gets white ink on white paper.
onPages(
  "every kind of page prints in black, without navigation and buttons",
  kinds,
  { viewport: { width: 800, height: 1100 }, colorScheme: "dark" },
  badPrint,
  "print",
);

/** Opens pages in one context and fails with what `faultsIn`, which runs in the page, finds. */
function onPages(name, pages, options, faultsIn, media = "screen") {
  test(name, async () => {
    const findings = new Findings();
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    await page.emulateMedia({ media });
    for (const { path } of pages) {
      await page.goto(site.base + encodeURI(path), { waitUntil: "load" });
      for (const fault of await page.evaluate(faultsIn)) findings.add(path, fault);
    }
    await context.close();
    findings.expectNone();
  });
}

function smallTargets() {
  const LEAST = 43.5; // 44 px, less what rounding takes.
  const targets = "a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button]";

  const onScreen = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const { width, height, right, bottom } = element.getBoundingClientRect();
    // One pixel is hidden for the eye; off the page is a skip link before it has the focus.
    return width > 1 && height > 1 && right > 0 && bottom + scrollY > 0;
  };

  const inRunningText = (element) => {
    const text = element.closest("p, td, th, dd, dt, figcaption, caption, small, blockquote, li");
    if (!text) return false;
    // A list of links with a class is furniture; one without, in an article, is what an author wrote.
    const written =
      text.closest("article, .prose") && !text.hasAttribute("class") && !text.parentElement.hasAttribute("class");
    if (text.localName === "li" && !written) return false;
    const display = getComputedStyle(element).display;
    const alone = text.textContent.trim() === element.textContent.trim();
    return display === "inline" || (display.startsWith("inline") && !alone);
  };

  // The part of the middle column that answers to the target: padding, a label and a stretched `::after` all count.
  const heightUnderThumb = (element) => {
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    const labels = [...(element.labels ?? [])];
    const hits = (y) => {
      const hit = document.elementFromPoint(left + width / 2, y);
      return hit !== null && [element, ...labels].some((part) => part.contains(hit));
    };
    const middle = top + height / 2;
    let up = 0;
    let down = 0;
    while (up < 44 && hits(middle - up - 1)) up += 1;
    while (down < 44 && hits(middle + down + 1)) down += 1;
    return up + down;
  };

  const faultsIn = (root) =>
    [...root.querySelectorAll(targets)]
      .filter((element) => onScreen(element) && !inRunningText(element))
      .map((element) => {
        const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect().height);
        if (Math.max(...boxes) >= LEAST || heightUnderThumb(element) >= LEAST) return undefined;
        const name = (element.textContent.trim() || element.getAttribute("aria-label") || element.name || "").slice(
          0,
          40,
        );
        return `<${element.localName} class="${element.getAttribute("class") ?? ""}"> "${name}" is ${Math.max(...boxes).toFixed(0)} px high`;
      })
      .filter(Boolean);

  const faults = faultsIn(document);
  for (const part of document.querySelectorAll("[popover]:not(:popover-open)")) {
    part.showPopover();
    faults.push(...faultsIn(part));
    part.hidePopover();
  }
  return faults;
}

function badPrint() {
  const shows = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const faults = [];
  const text = "main, main :is(h1, h2, h3, h4, h5, h6, p, li, td, th, dt, dd, pre, blockquote)";
  for (const element of document.querySelectorAll(text)) {
    const { color } = getComputedStyle(element);
    if (shows(element) && color !== "rgb(0, 0, 0)") faults.push(`ink of <${element.localName}> is ${color}`);
  }
  // The head of an article inside main is text; the head and foot of the page are not.
  const furniture = "nav, button, [role=button], :is(header, footer):not(main *)";
  for (const element of document.querySelectorAll(furniture)) {
    if (shows(element)) faults.push(`<${element.localName} class="${element.getAttribute("class") ?? ""}"> is printed`);
  }
  return faults;
}
