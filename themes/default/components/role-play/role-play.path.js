// A role play: the reader writes an answer first, then looks at three others, as often as they like. What is typed stays in
// its field, and is gone with the page.

(() => {
  class RolePlay extends HTMLElement {
    #controller;
    #area = this.querySelector("textarea");
    #said = this.querySelector("[role=status]");
    #answers = this.querySelector("details");
    #buttons = this.querySelector("form").elements;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const { compare, show, again } = this.#buttons;
      const on = (target, type, heard) => target.addEventListener(type, heard, { signal });
      on(compare, "click", () => (this.#area.value.trim() ? this.#show() : this.#ask()));
      on(show, "click", () => this.#show());
      on(again, "click", () => {
        this.#hide();
        this.#area.focus();
        // Other words take the place of these; an arrow key keeps them.
        this.#area.select();
      });
      on(this.#area, "input", () => this.#say(""));
      on(window, "pagehide", () => {
        this.#hide();
        this.#area.value = "";
      });
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    #ask() {
      this.#say(this.#said.dataset.empty);
      this.#area.focus();
    }

    #show() {
      this.#say("");
      this.#switch(true);
      const title = this.#answers.querySelector("h3");
      title.tabIndex = -1;
      title.focus();
    }

    #hide() {
      this.#say("");
      this.#switch(false);
      for (const choice of this.querySelectorAll(".choice")) choice.open = false;
    }

    #switch(isOpen) {
      const { compare, show, again } = this.#buttons;
      this.#answers.open = isOpen;
      compare.hidden = show.hidden = isOpen;
      again.hidden = !isOpen;
    }

    #say(text) {
      if (this.#said.textContent !== text) this.#said.textContent = text;
    }
  }

  customElements.define("role-play", RolePlay);
})();
