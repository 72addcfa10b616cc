// Marks the section that is being read in the list of the page's sections. The browser tells when a heading passes a line
// near the top of the window; nothing is measured while the page scrolls.

(() => {
  /** How far below the top of the window the line lies, in rem: below where a heading comes to rest that was asked for. */
  const LINE = 10;

  class PageToc extends HTMLElement {
    #controller;
    #box = this.closest("details");
    /** The links by their headings, in the order of the page. */
    #links = new Map();
    #passed = new Set();
    #isAtEnd = false;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      for (const link of this.querySelectorAll("a")) {
        const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (heading) this.#links.set(heading, link);
      }
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      // From the line down to far below the window.
      const ahead = { rootMargin: `-${Math.round(LINE * rem)}px 0px 9999999px 0px` };
      this.#watch([...this.#links.keys()], ahead, ({ target, isIntersecting }) => {
        if (isIntersecting) this.#passed.delete(target);
        else this.#passed.add(target);
      });
      // The last sections may be too short to come up to the line.
      const foot = document.querySelectorAll(".site-foot");
      this.#watch(foot, { threshold: [0, 0.95] }, ({ intersectionRatio }) => {
        this.#isAtEnd = intersectionRatio >= 0.95;
      });
      addEventListener("hashchange", () => this.#mark(), { signal });
      // Older browsers cannot show by style alone what is closed.
      if (!CSS.supports("selector(::details-content)")) this.#box.open = matchMedia("(width >= 76rem)").matches;
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** Calls back for each change of each element, and marks anew after it. */
    #watch(elements, options, changed) {
      const observer = new IntersectionObserver((entries) => {
        entries.forEach(changed);
        this.#mark();
      }, options);
      for (const element of elements) observer.observe(element);
      this.#controller.signal.addEventListener("abort", () => observer.disconnect());
    }

    /** The heading of the section that is being read. */
    #current() {
      // Some may be filtered away.
      const headings = [...this.#links.keys()].filter((heading) => heading.getClientRects().length > 0);
      const read = Math.max(
        0,
        headings.findLastIndex((heading) => this.#passed.has(heading)),
      );
      if (!this.#isAtEnd) return headings[read];
      // At the end everything from here on is in sight, and may be meant: first what the reader has asked for.
      const asked = headings.findIndex((heading) => this.#links.get(heading).hash === location.hash);
      return asked >= read ? headings[asked] : headings.at(-1);
    }

    #mark() {
      const link = this.#links.get(this.#current());
      const marked = this.querySelector("[aria-current]");
      if (link && link === marked) return;
      marked?.removeAttribute("aria-current");
      if (!link) return;
      link.setAttribute("aria-current", "true");
      this.#bringIntoSight(link);
    }

    /** Scrolls a list that is too long for the window, and never the page. */
    #bringIntoSight(link) {
      const box = this.#box;
      if (box.scrollHeight <= box.clientHeight) return;
      const [inside, around] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
      if (inside.top < around.top) box.scrollTop -= around.top - inside.top;
      else if (inside.bottom > around.bottom) box.scrollTop += inside.bottom - around.bottom;
    }
  }

  customElements.define("page-toc", PageToc);
})();
