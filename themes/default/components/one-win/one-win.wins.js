// One win at a time, in an order by chance, without one twice until all were seen. They are taken from the page: those of
// the guide, and the reader's own.

(() => {
  class OneWin extends HTMLElement {
    #controller;
    #shown = this.querySelector(".shown");
    #said = this.querySelector("[role=status]");
    #buttons = this.querySelector(".buttons").children;
    /** What was shown, in order, and the place in it. */
    #seen = [];
    #at = 0;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const [next, previous] = this.#buttons;
      next.addEventListener("click", () => this.#show(this.#at + 1), { signal });
      previous.addEventListener("click", () => this.#show(this.#at - 1), { signal });
      // The latest is shown already.
      this.#seen = [this.#wins[0]];
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    get #wins() {
      return [...document.querySelectorAll(".months > li[id]")];
    }

    #show(place) {
      if (place >= this.#seen.length) this.#seen.push(this.#another());
      this.#at = place;
      const win = this.#seen[place];
      const copies = [...win.children].filter((part) => !part.matches(".buttons")).map((part) => part.cloneNode(true));
      const title = document.createElement("h2");
      const old = copies.find((part) => part.matches("h3, h4"));
      title.textContent = old.textContent;
      old.replaceWith(title);
      copies[copies.indexOf(old)] = title;
      this.#shown.replaceChildren(...copies);
      this.#buttons[1].hidden = place === 0;
      if (place === 0) this.#buttons[0].focus();
      this.#said.textContent = title.textContent;
    }

    /** One that was not shown since all were, and not the one that is shown. */
    #another() {
      const wins = this.#wins;
      const round = this.#seen.slice(Math.floor(this.#seen.length / wins.length) * wins.length);
      const left = wins.filter((win) => !round.includes(win) && win !== this.#seen.at(-1));
      return left[Math.floor(Math.random() * left.length)] ?? wins[0];
    }
  }

  customElements.define("one-win", OneWin);
})();
