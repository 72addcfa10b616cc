// A tree, one question at a time. Which step is shown follows from the address alone, in the style; so links, reloading and
// the browser's own way back need nothing from here. This leads the keys and the screen reader along, and tells where the
// reader is. The way that was gone is in the memory of the page; a number alone marks each visit in the browser's history.

(() => {
  const { fill } = globalThis.levelOne;

  /**
   * An answer on the way: its step, what was chosen there, and the reason that it stands for.
   * @typedef {{ step: HTMLElement, say: string, reason?: string, isPrivate: boolean }} Choice
   */

  class DecisionPath extends HTMLElement {
    #controller;
    #words = JSON.parse(this.dataset.words);
    #steps = [...this.querySelectorAll(".step")];
    #back = this.querySelector(".path-bar > a");
    #far = this.querySelector(".far");
    #panel = this.querySelector(".way");
    #after = this.querySelector(".after");
    /** @type {Map<number, { way: Choice[], isNext: boolean }>} What led to each visit, by its number in the history. */
    #visits = new Map();
    /** The visit that a link begins, until it has begun. */
    #going;
    /** @type {{ way: Choice[], isNext: boolean }} */
    #visit = { way: [], isNext: false };
    /** The step that is shown. */
    #step;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      this.addEventListener("click", (event) => this.#leave(event), { signal });
      for (const words of this.querySelectorAll(".to-send")) {
        words.querySelector("button").addEventListener("click", () => this.#copy(words), { signal });
      }
      addEventListener("hashchange", () => this.#arrive(), { signal });
      const others = this.querySelector(".path-main > details");
      if (others) others.open = true;
      // On its own page the way so far stands beside the question, where there is room.
      if (this.#panel && !others) {
        const beside = matchMedia("(width >= 60rem)");
        const fit = () => {
          this.#panel.open = beside.matches;
        };
        beside.addEventListener("change", fit, { signal });
        fit();
      }
      for (const title of this.querySelectorAll(".question")) title.tabIndex = -1;
      this.#show();
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** Notes what is chosen. The link itself leads on. */
    #leave(event) {
      const link = event.target.closest("a");
      const to = link && this.#at(link.hash);
      if (!to || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { way, isNext } = this.#visit;
      if (link === this.#back && isNext) {
        event.preventDefault();
        history.back();
        return;
      }
      const place = to === this.#steps[0] ? 0 : way.findIndex(({ step }) => step === to);
      const choice = { step: this.#step, say: this.#said(link), ...this.#reason(link) };
      const visit = place < 0 ? { way: [...way, choice], isNext: true } : { way: way.slice(0, place), isNext: false };
      this.#going = { to, visit };
    }

    /** The step that an address names. The browser marks it a moment after this script has begun. */
    #at(hash) {
      return this.#steps.find(({ id }) => hash === `#${id}`);
    }

    #said(link) {
      if (link.matches(".answer")) return link.firstChild.data.trim();
      return link.matches(".skips") ? this.#words.skipped : "";
    }

    #reason({ dataset }) {
      return { reason: dataset.reason, isPrivate: "private" in dataset };
    }

    /** Copies the words of an end. */
    async #copy(words) {
      const done = await globalThis.levelOne.copy(words.querySelector(".plain-text").textContent);
      words.querySelector("[role=status]").textContent = done ? this.#words.copied : this.#words.not_copied;
    }

    #arrive() {
      const { to, visit } = this.#going ?? {};
      this.#going = undefined;
      const before = this.#step;
      const named = this.#at(location.hash);
      if (named && named === to) {
        // Never one that was given before the page was loaded again.
        const number = performance.timeOrigin + performance.now();
        history.replaceState({ ...history.state, visit: number }, "");
        this.#visits.set(number, visit);
      }
      this.#show();
      if (this.#step !== before && (named || location.hash === "")) this.#step.querySelector(".question").focus();
    }

    #show() {
      const step = this.#at(location.hash) ?? this.#steps[0];
      this.#visit = this.#visits.get(history.state?.visit) ?? { way: [], isNext: false };
      const { way } = this.#visit;
      this.#back.hidden = way.length === 0;
      if (way.length > 0) this.#back.hash = way.at(-1).step.id;
      const isNew = step !== this.#step;
      this.#step = step;
      this.#showFar(way);
      this.#showWay(way);
      if (step.matches(".at-reply, .at-escalate, .at-end")) this.#showAfter(way, isNew);
    }

    /** How many questions there have been. Who came by a link from elsewhere has answered none here. */
    #showFar(way) {
      if (!this.#far) return;
      const isKnown = [...way.map((choice) => choice.step), this.#step][0] === this.#steps[0];
      const asks = "counts" in this.#step.dataset;
      const number = way.filter(({ step }) => "counts" in step.dataset).length + (asks ? 1 : 0);
      this.#far.textContent = isKnown && asks ? fill(this.#words.far, { n: number }) : "";
      const pieces = this.querySelector(".path-pieces");
      pieces.hidden = !isKnown || this.#step.matches("[class*=at-]");
      for (const [place, piece] of [...pieces.children].entries()) piece.classList.toggle("full", place < number);
      const title = this.#step.querySelector(".question");
      if (this.#far.textContent) title.setAttribute("aria-describedby", this.#far.id);
      else title.removeAttribute("aria-describedby");
    }

    #showWay(way) {
      if (!this.#panel) return;
      const item = (name, step, said) => {
        const item = document.createElement("li");
        const part = document.createElement(name);
        const more = document.createElement("span");
        more.textContent = said;
        part.append(step.querySelector(".question").textContent, ...(said ? [" ", more] : []));
        if (name === "a") part.href = `#${step.id}`;
        else part.setAttribute("aria-current", "step");
        item.append(part);
        return item;
      };
      const items = way.map(({ step, say }) => item("a", step, say));
      this.#panel.querySelector("ol").replaceChildren(...items, item("span", this.#step, ""));
    }

    /** The list of what is left to do, for this no. */
    #showAfter(way, isNew) {
      if (!this.#after) return;
      const { reason, isPrivate } = way.findLast((choice) => choice.reason) ?? {};
      const record = this.#after.querySelector(".record");
      record.dataset.words ??= record.textContent;
      const words = isPrivate ? this.#words.record_only : this.#words.record;
      record.textContent = reason ? fill(words, { reason }) : record.dataset.words;
      if (isNew) for (const box of this.#after.querySelectorAll("[type=checkbox]")) box.checked = false;
      const win = this.#after.querySelector(".win-in-it a");
      if (win) {
        win.search = new URLSearchParams({ reply: this.#step.dataset.reply ?? "" });
        win.hash = "add";
      }
      const addNote = () => {
        // A note a day.
        const note = this.#after.querySelector("note-field");
        note.dataset.note = `learned-${globalThis.levelOneLearning.today()}`;
        note.save();
      };
      // Where it cannot be loaded, the list stands without a field for a note.
      globalThis.levelOne.load(this.dataset.later ?? "[]").then(addNote, () => {});
    }
  }

  customElements.define("decision-path", DecisionPath);
})();
