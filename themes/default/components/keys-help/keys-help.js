// The keys of the guide, and the list of them. Who speaks to the device, or hits keys by chance, can switch single letters
// off: then `data-keys="off"` stands on the root, and other components that listen to a letter ask for it too.

(() => {
  const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  /** Not `:modal, :popover-open`, which a browser that lacks one of them takes for no selector at all. */
  const OPEN = ":is(dialog:modal, :popover-open)";

  const areOn = () => document.documentElement.dataset.keys !== "off";

  class KeysHelp extends HTMLElement {
    #controller;
    #dialog = this.querySelector("dialog");
    #choice = this.querySelector("[type=checkbox]");
    /** Where keys lead, by key. */
    #links = new Map();
    #buttons = document.querySelectorAll(".keys-open");

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      for (const [key, rel] of [
        ["n", "next"],
        ["p", "prev"],
      ]) {
        const link = document.querySelector(`.turn [rel=${rel}]`);
        if (link) this.#links.set(key, link);
      }
      for (const button of this.#buttons) {
        button.addEventListener("click", () => this.#dialog.showModal(), { signal });
        button.hidden = false;
      }
      this.#choice.addEventListener("change", () => this.#choose(), { signal });
      this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close(), {
        signal,
      });
      document.addEventListener("keydown", (event) => this.#key(event), { signal });
      globalThis.levelOneKept.watch(() => this.#applyKept(), signal);
      this.#applyKept();
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    #key(event) {
      if (event.defaultPrevented || event.isComposing || event.repeat || !areOn()) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(FIELD)) return;
      if (document.querySelector(OPEN)) return;
      const link = this.#links.get(event.key);
      if (!link && event.key !== "?") return;
      event.preventDefault();
      if (link) link.click();
      else this.#dialog.showModal();
    }

    #choose() {
      const on = this.#choice.checked;
      globalThis.levelOneKept.set("keys", on ? undefined : false);
      // Also where nothing can be kept: then it holds for this page.
      this.#apply(on);
    }

    #applyKept() {
      this.#apply(globalThis.levelOneKept.get("keys") !== false);
    }

    #apply(on) {
      if (on) delete document.documentElement.dataset.keys;
      else document.documentElement.dataset.keys = "off";
      this.#choice.checked = on;
      const buttons = [...this.#buttons].map((button) => ["?", button]);
      for (const [key, element] of [...this.#links, ...buttons]) {
        if (on) element.setAttribute("aria-keyshortcuts", key);
        else element.removeAttribute("aria-keyshortcuts");
      }
    }
  }

  customElements.define("keys-help", KeysHelp);
})();
