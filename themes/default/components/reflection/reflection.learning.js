// A note of the reader's own below a question, kept as it is typed. Without script there are lines to print and to write
// on, and they are printed too where nothing has been typed.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning } = globalThis;

  /** How long the keys rest before what was typed is kept. In milliseconds. */
  const REST = 500;

  class NoteField extends HTMLElement {
    #controller;
    #words = JSON.parse(this.dataset.words);
    #area = this.querySelector("textarea");
    #written = this.querySelector(".written");
    #said = this.querySelector("[role=status]");
    #way = this.querySelector(".buttons");
    /** What was kept when this field last looked. */
    #seen = "";
    #timer;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const on = (target, type, heard) => target.addEventListener(type, heard, { signal });
      on(this.#area, "input", () => this.#typed());
      on(this.#area, "change", () => this.save());
      on(this.#area, "blur", () => this.save());
      on(window, "pagehide", () => this.save());
      on(document, "visibilitychange", () => document.hidden && this.save());
      on(this.#way.firstElementChild, "click", () => this.#copy());
      kept.watch(() => this.#follow(), signal);
      this.#show(this.#kept);
      this.hidden = false;
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
      this.#controller.abort();
    }

    /** Keeps what was typed. */
    save() {
      clearTimeout(this.#timer);
      let text = this.#area.value;
      if (text === this.#seen) return this.#follow();
      const there = this.#kept;
      if (there !== this.#seen && !text.includes(there)) {
        // Another tab has kept something meanwhile: both stay, and the caret too.
        text = text.trim() ? `${text}\n\n${there}` : there;
        const { selectionStart, selectionEnd } = this.#area;
        this.#area.value = text;
        this.#area.setSelectionRange(selectionStart, selectionEnd);
      }
      const done = text.length <= learning.LONGEST_NOTE && this.#keep(text);
      if (done) this.#seen = text;
      this.#written.textContent = text;
      this.#way.hidden = done;
      if (!done) this.#say(this.#words.refused);
      else this.#say(text.trim() && this.#words.kept);
    }

    /** What is kept. A field knows no other ends of lines. */
    get #kept() {
      const { slug, note } = this.dataset;
      const { notes } = slug ? learning.lesson(slug) : learning.lesson(learning.here.slug, learning.here.was);
      return (notes?.[note]?.text ?? "").replace(/\r\n?/g, "\n");
    }

    #keep(text) {
      const { slug, note, prompt } = this.dataset;
      const change = (own) => {
        own.notes = { ...own.notes, [note]: { prompt, text, at: Date.now() } };
        if (!text.trim()) delete own.notes[note];
      };
      return slug ? learning.change({ slug }, change) : learning.changeHere(change);
    }

    #typed() {
      this.#written.textContent = this.#area.value;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.save(), REST);
    }

    /** Takes over what another tab has kept, unless somebody writes here. */
    #follow() {
      const there = this.#kept;
      const writes = this.#area.matches(":focus") || this.#area.value !== this.#seen;
      if (there !== this.#seen && !writes) this.#show(there);
    }

    #show(text) {
      this.#area.value = text;
      // As the field has it, which may differ by a sign that it does not take.
      this.#seen = this.#area.value;
      this.#written.textContent = text;
      this.#say("");
    }

    async #copy() {
      const done = await globalThis.levelOne.copy(this.#area.value);
      if (!done) this.#area.select();
      this.#say(done ? this.#words.copied : this.#words.not_copied);
    }

    /** Says something once, not again with every key. */
    #say(text) {
      if (this.#said.textContent !== text) this.#said.textContent = text;
    }
  }

  customElements.define("note-field", NoteField);
})();
