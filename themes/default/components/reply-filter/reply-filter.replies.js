// Filters of the list of replies. Links become choices that take effect in place; the choice stands in the address.

(() => {
  const FACETS = ["reason", "stage", "channel"];

  /**
   * What is chosen: a code for a facet; a facet without a code is open.
   * @typedef {{ reason?: string, stage?: string, channel?: string }} Choice
   * The codes of a reply by facet.
   * @typedef {{ reason: string[], stage: string[], channel: string[] }} Codes
   */

  const { count, fill } = globalThis.levelOne;

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  class ReplyFilter extends HTMLElement {
    /** What a hash such as `#stage.offer` stands for: a facet and a code; undefined for any other hash. */
    static inHash(hash) {
      const [, facet, code] = /^#(\w+)\.(.+)$/.exec(hash) ?? [];
      return FACETS.includes(facet) ? { facet, code } : undefined;
    }

    /**
     * The choice that an address stands for. Codes that are not among the known ones are passed by.
     * @param {Codes} known
     * @returns {Choice}
     */
    static read({ search, hash }, known) {
      const asked = new URLSearchParams(search);
      const linked = ReplyFilter.inHash(hash);
      if (linked) asked.set(linked.facet, linked.code);
      const chosen = FACETS.map((facet) => [facet, asked.get(facet)]);
      return Object.fromEntries(chosen.filter(([facet, code]) => known[facet]?.includes(code)));
    }

    /**
     * The end of the address for a choice, behind the file's name. What has nothing to do with the filter stays.
     * @param {Choice} choice
     */
    static write({ search, hash }, choice) {
      const kept = new URLSearchParams(search);
      for (const facet of FACETS) {
        if (choice[facet]) kept.set(facet, choice[facet]);
        else kept.delete(facet);
      }
      const asked = String(kept);
      return (asked ? `?${asked}` : "") + (ReplyFilter.inHash(hash) ? "" : hash);
    }

    /**
     * Whether a reply fits a choice in every facet.
     * @param {Codes} codes
     * @param {Choice} choice
     */
    static fits(codes, choice) {
      return FACETS.every((facet) => !choice[facet] || codes[facet].includes(choice[facet]));
    }

    #controller = new AbortController();
    #words = JSON.parse(this.dataset.words);
    /** @type {Map<string, HTMLSelectElement>} */
    #selects = new Map();
    /** @type {{ item: HTMLElement, group: HTMLElement, codes: Codes }[]} */
    #replies = [];
    #status = element("span");
    #all = element("button", { type: "button", className: "button plain" });

    connectedCallback() {
      const { signal } = this.#controller;
      const fields = [...this.querySelectorAll("details[data-facet]")].map((part) => this.#field(part));
      if (fields.length === 0) return;
      this.#replies = [...document.querySelectorAll(".card[data-reason]")].map((item) => this.#reply(item));
      for (const index of document.querySelectorAll(".reply-index")) index.hidden = true;

      this.#status.setAttribute("role", "status");
      this.#all.textContent = fill(this.#words.show_all, { all: this.#replies.length });
      const legend = element("legend", { className: "vh", textContent: this.#words.label });
      const said = element("p", { className: "said" }, this.#status, this.#all);
      this.replaceChildren(element("fieldset", {}, legend, ...fields, said));

      this.addEventListener("change", () => this.#choose(), { signal });
      this.#all.addEventListener("click", () => this.#clear(), { signal });
      for (const moved of ["hashchange", "popstate"]) {
        window.addEventListener(moved, () => this.#show(this.#asked()), { signal });
      }
      this.#show(this.#asked());
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** A choice in the place of a list of links. */
    #field(part) {
      const { facet } = part.dataset;
      const select = element(
        "select",
        { className: "choose", name: facet, autocomplete: "off" },
        new Option(this.#words.any[facet], ""),
      );
      for (const { textContent: label, hash } of part.querySelectorAll("a")) {
        // To fit every stage is a property of replies, not something to ask for.
        if (facet === "stage" && label === this.dataset.everyStage) continue;
        select.append(new Option(label, ReplyFilter.inHash(hash).code));
      }
      this.#selects.set(facet, select);
      select.id = `filter.${facet}`;
      const label = element("label", { textContent: part.querySelector(".label").textContent, htmlFor: select.id });
      return element("div", { className: "field" }, label, select);
    }

    /** A reply of the list, with its codes. */
    #reply(item) {
      const group = item.closest(".reply-group");
      const codes = {};
      for (const facet of FACETS) {
        const labels = JSON.parse(item.dataset[facet]);
        const isEvery = facet === "stage" && labels.includes(this.dataset.everyStage);
        const options = [...(this.#selects.get(facet)?.options ?? [])].filter((option) => option.value);
        codes[facet] = options.filter(({ text }) => isEvery || labels.includes(text)).map(({ value }) => value);
      }
      const own = ReplyFilter.inHash(`#${group.querySelector("h2").id}`);
      if (own && !codes.reason.includes(own.code)) codes.reason.push(own.code);
      return { item, group, codes };
    }

    /** What the address asks for. */
    #asked() {
      const codes = ([facet, { options }]) => [facet, [...options].map(({ value }) => value).filter(Boolean)];
      return ReplyFilter.read(location, Object.fromEntries([...this.#selects].map(codes)));
    }

    #choose() {
      const choice = {};
      for (const [facet, { value }] of this.#selects) if (value) choice[facet] = value;
      this.#show(choice);
      try {
        const end = ReplyFilter.write(location, choice);
        history.replaceState(history.state, "", location.pathname + end);
      } catch {
        // Browsers limit how often an address changes; the list is right all the same.
      }
    }

    #clear() {
      for (const select of this.#selects.values()) select.value = "";
      const [first] = this.#selects.values();
      first.focus();
      this.#choose();
    }

    /** Shows the replies that fit a choice, and says how many. */
    #show(choice) {
      const shown = new Set();
      let number = 0;
      for (const { item, group, codes } of this.#replies) {
        item.hidden = !ReplyFilter.fits(codes, choice);
        if (item.hidden) continue;
        number += 1;
        shown.add(group);
      }
      for (const { group } of this.#replies) group.hidden = !shown.has(group);
      for (const [facet, select] of this.#selects) {
        select.value = choice[facet] ?? "";
        // Nothing that leads nowhere can be chosen.
        for (const option of select.options) {
          const would = { ...choice, [facet]: option.value };
          option.disabled = !this.#replies.some(({ codes }) => ReplyFilter.fits(codes, would));
        }
        select.options[0].disabled = false;
      }
      this.#say(number, Object.keys(choice).length > 0);
    }

    #say(number, isFiltered) {
      const { all, some, none } = this.#words;
      const forms = isFiltered ? some : all;
      const text = count(forms, number, { all: this.#replies.length });
      this.#status.textContent = number === 0 ? none : text;
      this.#all.hidden = !isFiltered;
    }
  }

  customElements.define("reply-filter", ReplyFilter);
})();
