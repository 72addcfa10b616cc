// An if-then plan, to copy or to keep in the journal.

(() => {
  /** The longest name under which something can be kept. */
  const LONGEST = 500;

  class IfThenPlan extends HTMLElement {
    #controller;
    #words = JSON.parse(this.dataset.words);
    #text = this.querySelector("p");
    #said = this.querySelector("[role=status]");
    #buttons = this.querySelectorAll("button");
    #plan = {};

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const [copy, keep] = this.#buttons;
      const [when, act] = this.#text.querySelectorAll("span");
      this.#plan = { if: when.textContent, do: act.textContent };
      copy.addEventListener("click", () => this.#copy(), { signal });
      keep.addEventListener("click", () => this.#keep(), { signal });
      globalThis.levelOneKept.watch(() => this.#show(), signal);
      this.#show();
      copy.parentElement.hidden = false;
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** The words themselves: a plan that is worded anew is another one. */
    get #key() {
      return `${this.#plan.if}: ${this.#plan.do}`.slice(0, LONGEST);
    }

    get #isKept() {
      const { levelOneLearning: learning } = globalThis;
      const { plans } = learning.lesson(learning.here.slug, learning.here.was);
      return plans !== undefined && Object.hasOwn(plans, this.#key);
    }

    #show() {
      this.#buttons[1].textContent = this.#isKept ? this.#words.take_out : this.#words.keep;
    }

    #keep() {
      const takesOut = this.#isKept;
      const done = globalThis.levelOneLearning.changeHere((own) => {
        own.plans = { ...own.plans, [this.#key]: { ...this.#plan, at: Date.now() } };
        if (takesOut) delete own.plans[this.#key];
      });
      this.#show();
      this.#say(done ? (takesOut ? "taken_out" : "kept") : "refused");
    }

    async #copy() {
      const done = await globalThis.levelOne.copy(this.#text.textContent);
      if (!done) getSelection().selectAllChildren(this.#text);
      this.#say(done ? "copied" : "not_copied");
    }

    #say(name) {
      this.#said.textContent = this.#words[name];
    }
  }

  // What is kept of lessons is read by a component that stands further down in the same file.
  queueMicrotask(() => customElements.define("if-then-plan", IfThenPlan));
})();
