// What a word of the glossary means, beside the word. A word is a link that carries its meaning; without a meaning, or
// without script, it leads to the glossary and nothing else.

(() => {
  /** How long the pointer has to rest on a word, so that one that only passes by opens nothing. In milliseconds. */
  const REST = 200;
  /** How long it may take from the word to its meaning. In milliseconds. */
  const WAY = 300;
  /** Between the word and its meaning, and at least between the meaning and the edge of the screen. In pixels. */
  const GAP = 6;
  const EDGE = 8;

  /**
   * @typedef {{ x: number, y: number, width: number, height: number }} Box
   */

  class GlossaryTerm extends HTMLElement {
    /**
     * Where a meaning stands: below the word if there is room, else above it, else as low as the screen allows; and
     * between the edges of the column, if that is wide enough. All is measured from the corner of the screen, the
     * answer too.
     * @param {Box[]} lines that the word stands on
     * @param {{ y: number }} point that was pointed at
     * @param {{ width: number, height: number }} size of the meaning
     * @param {{ left: number, right: number }} column
     * @param {{ width: number, height: number }} screen
     * @param {boolean} rightToLeft
     */
    static place(lines, point, size, column, screen, rightToLeft) {
      const [first, last] = [lines[0], lines[lines.length - 1]];
      const line = lines.find(({ y, height }) => point.y >= y && point.y <= y + height) ?? first;
      const start = rightToLeft ? line.x + line.width - size.width : line.x;
      const within = (from, to, at) => Math.max(from, Math.min(at, to - size.width));
      const x = within(EDGE, screen.width - EDGE, within(column.left, column.right, start));
      const below = last.y + last.height + GAP;
      const above = first.y - GAP - size.height;
      const lowest = screen.height - EDGE - size.height;
      const y = below <= lowest ? below : above >= EDGE ? above : Math.max(EDGE, lowest);
      return { x, y };
    }

    #controller = new AbortController();
    #means = this.querySelector(".means");
    #more = this.querySelector("a");
    /** The word whose meaning is shown. */
    #word;
    /** A word under the pointer that was sent away: it stays so until the pointer has left it. */
    #dismissed;
    #timer = 0;
    /** What pressed last: `mouse`, `touch` or `pen`. Not every browser says it of a click. */
    #pressed = "mouse";

    connectedCallback() {
      // It moves about the page, to stand behind its word for those who do not see it.
      if (this.#controller.signal.aborted) this.#controller = new AbortController();
      if (!this.showPopover) return;
      const { signal } = this.#controller;
      const on = (name, listener, options) => document.addEventListener(name, listener, { signal, ...options });
      on("pointerover", (event) => this.#over(event));
      on("pointerout", (event) => this.#out(event));
      on("pointerdown", (event) => this.#press(event), { capture: true });
      on("click", (event) => this.#click(event));
      on("focusin", (event) => this.#focus(event));
      on("focusout", (event) => this.#blur(event));
      on("keydown", (event) => this.#key(event), { capture: true });
      // Whoever makes the letters larger still wants to read them.
      window.addEventListener("resize", () => this.#word && this.#place(), { signal });
      window.addEventListener("pagehide", () => this.#close(), { signal });
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** The word at a place of the page, if it carries its meaning. */
    #wordAt(target) {
      return target instanceof Element ? target.closest("a.term[data-means]") : null;
    }

    #over(event) {
      if (event.pointerType !== "mouse") return;
      const word = this.#wordAt(event.target);
      if (this.contains(event.target) || (word && word === this.#word)) return clearTimeout(this.#timer);
      if (!word || word === this.#dismissed) return;
      const point = { y: event.clientY };
      this.#later(REST, () => this.#open(word, { point }));
    }

    #out(event) {
      if (event.pointerType !== "mouse") return;
      const [from, to] = [event.target, event.relatedTarget].map((target) => this.#wordAt(target));
      if (from && from !== to) this.#dismissed = undefined;
      const leaves = from ? from !== to : this.contains(event.target) && !this.contains(event.relatedTarget);
      if (!leaves) return;
      // It stays for who came with the keyboard.
      if (this.#word?.matches(":focus-visible")) clearTimeout(this.#timer);
      else this.#later(WAY, () => this.#close());
    }

    #press(event) {
      this.#pressed = event.pointerType;
      if (this.#word && !this.contains(event.target) && this.#wordAt(event.target) !== this.#word) this.#close();
    }

    /** The first tap explains the word; the next one follows it, as does a click. */
    #click(event) {
      const word = this.#wordAt(event.target);
      if (!word || word === this.#word || event.defaultPrevented) return;
      const isTap = event.detail > 0 && (event.pointerType || this.#pressed) !== "mouse";
      if (!isTap || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.#open(word, { point: { y: event.clientY }, tapped: true });
    }

    #focus(event) {
      const word = this.#wordAt(event.target);
      const isLayerAbove = event.target.closest("dialog, [popover]:not(glossary-term)");
      if (this.#word && isLayerAbove) this.#close();
      else if (word?.matches(":focus-visible") && word !== this.#dismissed) this.#open(word);
    }

    #blur(event) {
      const isOurs = (target) => this.contains(target) || this.#wordAt(target) === this.#word;
      // Without a next place the focus has left the window, or a finger has pressed something: see `#press`.
      if (!this.#word || !event.relatedTarget || !isOurs(event.target) || isOurs(event.relatedTarget)) return;
      if (!this.matches(":hover") && !this.#word.matches(":hover")) this.#close();
    }

    #key(event) {
      if (event.key !== "Escape" || !this.#word) return;
      const word = this.#word;
      this.#close();
      if (word.matches(":hover")) this.#dismissed = word;
    }

    #later(time, act) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(act, time);
    }

    #open(word, { point, tapped = false } = {}) {
      clearTimeout(this.#timer);
      if (word === this.#word) return;
      this.#close();
      word.after(this);
      this.#word = word;
      this.#means.textContent = word.dataset.means;
      this.#more.hidden = !tapped;
      this.#more.href = word.href;
      word.setAttribute("aria-describedby", this.#means.id);
      this.showPopover();
      this.#place(point);
      // Otherwise a tap through a screen reader would seem to do nothing.
      if (tapped) {
        this.#means.tabIndex = -1;
        this.#means.focus({ preventScroll: true });
      }
    }

    #close() {
      clearTimeout(this.#timer);
      const word = this.#word;
      if (!word) return;
      const hadFocus = this.contains(document.activeElement);
      this.#word = undefined;
      word.removeAttribute("aria-describedby");
      this.#means.removeAttribute("tabindex");
      if (this.matches(":popover-open")) this.hidePopover();
      if (!hadFocus) return;
      this.#dismissed = word;
      word.focus({ preventScroll: true });
      this.#dismissed = undefined;
    }

    #place(point = { y: -1 }) {
      const { clientWidth: width, clientHeight: height } = document.documentElement;
      const column = (this.#word.closest(".prose") ?? document.body).getBoundingClientRect();
      this.style.left = "0";
      this.style.top = "0";
      const zero = this.getBoundingClientRect();
      const rightToLeft = getComputedStyle(this.#word).direction === "rtl";
      const lines = [...this.#word.getClientRects()];
      const { x, y } = GlossaryTerm.place(lines, point, zero, column, { width, height }, rightToLeft);
      // It lies on the page, not on the screen, and so moves along with its word.
      this.style.left = `${x - zero.x}px`;
      this.style.top = `${y - zero.y}px`;
    }
  }

  customElements.define("glossary-term", GlossaryTerm);
})();
