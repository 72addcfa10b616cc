// What tests see of a page: focus, place, size.

export function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}

export function isInView(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
}

// What follows runs in the page.
export function smallTargets([inside, targets = "a[href], button, select"]) {
  const LEAST = 43.5; // 44 px, less what rounding takes.
  return [...document.querySelectorAll(`${inside} :is(${targets})`)]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < LEAST)
    .map((element) => `${element.localName}.${element.className}: ${element.getBoundingClientRect().height} px`);
}

export function outside(selector) {
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

/** What makes the page, or what lies over it, scroll sideways. */
export function tooWide() {
  return [document.scrollingElement, ...document.querySelectorAll("dialog[open], :popover-open")]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map((part) => {
      const { left, right } = part.getBoundingClientRect();
      const wide = [...part.querySelectorAll("body *")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > right + 0.5 || box.left < left - 0.5) && element.checkVisibility();
      });
      const names = wide
        .slice(0, 3)
        .map((element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}">`);
      return `<${part.localName}> is ${part.scrollWidth} px wide instead of ${part.clientWidth}: ${names.join(", ")}`;
    });
}

/** What of the main text does not show, beside what `omitted` is to leave out. */
export function missingText(omitted = []) {
  const main = document.querySelector("main");
  if (!main) return ["no main"];
  const faults = [];
  if (!document.querySelector("h1")?.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
    faults.push("the h1 does not show");
  }
  // What the file itself keeps shut (a closed disclosure, a popover) and what only a script can use is not missed.
  const shut =
    "[hidden], [popover], dialog, select, template, script, details:not([open]) > :not(summary:first-of-type)";
  const left = [shut, ...omitted].join();
  const lost = [];
  let written = 0;
  let shown = 0;
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const text = data.trim();
    if (text === "" || parentElement.closest(left)) continue;
    written += text.length;
    if (parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) shown += text.length;
    else lost.push(text.slice(0, 60));
  }
  // A label that only one width shows is no loss; a lost paragraph is.
  if (shown < written * 0.95)
    faults.push(`shows ${shown} of ${written} characters, not: ${lost.slice(0, 3).join(" | ")}`);
  if (shown < 40) faults.push(`main shows ${shown} characters`);
  return faults;
}

/** What moves by itself. */
export function moving() {
  return document
    .getAnimations()
    .filter(({ effect }) => effect.getComputedTiming().duration > 1)
    .map(({ effect }) => `<${effect.target.localName} class="${effect.target.getAttribute("class") ?? ""}"> moves`);
}
