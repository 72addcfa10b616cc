// The search box of every page. The engine and the index are loaded when it is first touched; until then, and without
// script, the link to the list of everything stands in its place.

(() => {
  /** What scripts have handed over, by name, and who waits for it. */
  const received = new Map();

  /** Scripts hand their data to this function: that works from a folder, and under the strictest policy. */
  globalThis.levelOneSearch = (name, data) => received.set(name, data);

  /** Loads a script, and gives what it has handed over under a name. */
  const load = async (address, name) => {
    const script = await globalThis.levelOne.part(address);
    script.remove();
    if (!received.has(name)) throw new Error(address);
    return received.get(name);
  };

  const isEditable = (element) => element.closest?.("input, textarea, select, [contenteditable]") !== null;

  /** Single letters can be switched off, in the list of keys. */
  const lettersAreOn = () => document.documentElement.dataset.keys !== "off";

  class SearchDialog extends HTMLElement {
    #controller = new AbortController();
    #words = JSON.parse(this.dataset.words);
    #dialog = this.querySelector("dialog");
    #input = this.querySelector("[role=combobox]");
    #status = this.querySelector("[role=status]");
    #hits = this.querySelector(".hits");
    #filters = this.querySelector(".search-filters");
    /** The search, once it is loaded: the engine's view of it. */
    #opened;
    /** How often the core was loaded again. */
    #again = 0;
    /** The last search: done once its answer is shown or dropped. */
    #answered = Promise.resolve();
    /** How often the search could not be loaded. */
    #failures = 0;
    /** The number of the last search: answers to earlier ones are dropped. */
    #last = 0;

    connectedCallback() {
      const { signal } = this.#controller;
      for (const link of document.querySelectorAll("a[data-search]")) this.#replace(link, signal);
      this.#input.addEventListener("input", () => this.#search(), { signal });
      this.#input.addEventListener("keydown", (event) => this.#key(event), { signal });
      this.#dialog.addEventListener("close", () => this.#close(), { signal });
      this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close(), {
        signal,
      });
      document.addEventListener("keydown", (event) => this.#shortcut(event), { signal });
      document.addEventListener("submit", (event) => this.#submit(event), { signal });
      const asked = this.dataset.page === "contents" && new URLSearchParams(location.search).get("q");
      if (asked) this.open(asked);
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** What the search finds for a query, without showing it: see `engine/find.js`. */
    async find(query, options) {
      const { search } = await this.#view();
      return search.find(query, options);
    }

    /** Opens the search, perhaps with a question. */
    open(query = this.#input.value) {
      if (!this.#dialog.open) this.#dialog.showModal();
      this.#input.value = query;
      this.#input.focus();
      this.#input.select();
      this.#view().catch(() => {});
      if (query) this.#search();
    }

    /** A button in the place of the link to the list of everything. */
    #replace(link, signal) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = link.className;
      button.setAttribute("aria-label", this.#words.go);
      button.setAttribute("aria-keyshortcuts", `${lettersAreOn() ? "/ " : ""}Control+K Meta+K`);
      button.append(...link.childNodes);
      button.querySelector(".vh")?.remove();
      const key = document.createElement("kbd");
      key.textContent = "/";
      key.setAttribute("aria-hidden", "true");
      button.append(key);
      const touched = () => this.#view().catch(() => {});
      for (const touch of ["pointerenter", "focus"]) button.addEventListener(touch, touched, { signal, once: true });
      button.addEventListener("click", () => this.open(), { signal });
      link.replaceWith(button);
    }

    #shortcut(event) {
      const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const opens = isSlash && lettersAreOn() && !isEditable(event.target);
      const toggles =
        event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!opens && !toggles) return;
      if (!this.#dialog.open && document.querySelector("dialog:modal")) return;
      event.preventDefault();
      if (toggles && this.#dialog.open) this.#dialog.close();
      else this.open();
    }

    /** A form that leads to the list of everything asks here instead. */
    #submit(event) {
      const form = event.target.closest('form[role="search"]');
      if (!form) return;
      event.preventDefault();
      this.open(new FormData(form).get("q") ?? "");
    }

    async #key(event) {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        // Never a hit of what was asked before: the answer to what stands in the box comes first.
        const number = this.#last;
        await this.#answered;
        if (number === this.#last) this.#opened?.view?.choose(event);
        return;
      }
      const view = this.#opened?.view;
      if (!view) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        view.move(event.key === "ArrowDown" ? 1 : -1);
      }
    }

    #close() {
      this.#last += 1;
      this.#input.setAttribute("aria-expanded", "false");
      this.#opened?.view?.desk.leave();
    }

    /** Loads the engine and the core, once. */
    #view() {
      this.#opened ??= this.#load();
      this.#opened.then?.(
        (opened) => {
          this.#opened = opened;
        },
        () => {
          this.#opened = undefined;
        },
      );
      return Promise.resolve(this.#opened);
    }

    async #load() {
      const { root, engine } = this.dataset;
      const again = this.#again ? `?again=${this.#again}` : "";
      const file = (name) => load(`${root}search/${name}.js${name === "core" ? again : ""}`, name);
      received.delete("core");
      const core = file("core");
      // It is awaited below, once the engine is there.
      core.catch(() => {});
      if (!received.has("engine/find")) await load(engine, "engine/find");
      const made = new Map();
      const part = (name) => {
        if (!made.has(name)) made.set(name, received.get(`engine/${name}`)({ part }));
        return made.get(name);
      };
      const search = await part("find").open((name) => (name === "core" ? core : file(name)));
      const places = { input: this.#input, status: this.#status, hits: this.#hits, filters: this.#filters };
      const words = { ...this.#words, kinds: JSON.parse(this.dataset.kinds), groups: JSON.parse(this.dataset.groups) };
      const desk = (address) => load(root + address.replace(/html$/, "desk.js"), address);
      const changed = () => this.#search();
      const view = part("view").open({ ...places, root, words, search, changed, load: desk });
      return { search, view };
    }

    #search() {
      this.#answered = this.#answer();
    }

    async #answer() {
      this.#last += 1;
      const number = this.#last;
      const query = this.#input.value;
      const waits = setTimeout(() => number === this.#last && this.#say(this.#words.loading), 500);
      try {
        const { view } = await this.#view();
        const shown = await view.find(query, () => number === this.#last);
        if (shown) [this.#again, this.#failures] = [0, 0];
      } catch (error) {
        if (number !== this.#last) return;
        this.#opened = undefined;
        // A newer version of the guide has other files: its core names them.
        if (this.#again === 0 && !error.outdated) {
          this.#again = Date.now();
          return this.#answer();
        }
        this.#fail(error);
      } finally {
        clearTimeout(waits);
      }
    }

    #say(text) {
      if (this.#status.textContent !== text) this.#status.textContent = text;
    }

    /** Says that the search does not work, and what to do. */
    #fail(error) {
      this.#say(error.outdated ? this.#words.outdated : this.#words.failed);
      this.#input.setAttribute("aria-expanded", "false");
      this.#input.removeAttribute("aria-activedescendant");
      this.#filters.hidden = true;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      // What this page asks for may be gone for good: then only the page itself helps.
      this.#failures += 1;
      const reloads = error.outdated || this.#failures > 2;
      button.textContent = reloads ? this.#words.reload : this.#words.again;
      button.addEventListener("click", () => {
        if (reloads) return location.reload();
        this.#say(this.#words.loading);
        this.#again = Date.now();
        this.#input.focus();
        this.#search();
      });
      this.#hits.replaceChildren(button);
    }
  }

  customElements.define("search-dialog", SearchDialog);
})();
