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

// The three below run in the page.
export function smallTargets(inside) {
  const LEAST = 43.5; // 44 px, less what rounding takes.
  return [...document.querySelectorAll(`${inside} :is(a[href], button, select)`)]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < LEAST)
    .map((element) => `${element.localName}: ${element.getBoundingClientRect().height} px`);
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

export function isTooWide() {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  return scrollWidth > clientWidth;
}
