// Light, dark, or as the device has it. The choice stands as `data-theme` on the root, where scripts/early.js puts it
// before the page is painted; the styles follow it. Without script there is nothing to choose, and nothing to see.

(() => {
  const SCHEMES = ["light", "dark"];

  /** Shows the page in a scheme; undefined leaves it to the device. */
  const apply = (theme) => {
    const html = document.documentElement;
    if (theme) html.dataset.theme = theme;
    else delete html.dataset.theme;
    // The colour of the browser's own bar: one of the two always holds, or each for its scheme.
    for (const [index, meta] of document.querySelectorAll("meta[name=theme-color]").entries()) {
      const scheme = SCHEMES[index];
      meta.media = theme ? (theme === scheme ? "all" : "not all") : `(prefers-color-scheme: ${scheme})`;
    }
    for (const part of document.querySelectorAll("theme-switch")) part.show?.();
  };

  const applyKept = () => {
    const theme = globalThis.levelOneKept.get("theme");
    apply(SCHEMES.includes(theme) ? theme : undefined);
  };

  class ThemeSwitch extends HTMLElement {
    #controller;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      this.addEventListener("change", (event) => this.#choose(event.target.value), { signal });
      globalThis.levelOneKept.watch(applyKept, signal);
      applyKept();
      this.hidden = false;
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** Marks what holds now. */
    show() {
      const holds = document.documentElement.dataset.theme ?? "device";
      for (const radio of this.querySelectorAll("[type=radio]")) radio.checked = radio.value === holds;
    }

    #choose(value) {
      const theme = SCHEMES.includes(value) ? value : undefined;
      globalThis.levelOneKept.set("theme", theme);
      // Also where nothing can be kept: then it holds for this page.
      apply(theme);
    }
  }

  customElements.define("theme-switch", ThemeSwitch);
})();
