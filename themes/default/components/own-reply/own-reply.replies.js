// A reader's own text, looked at by the rules for replies. It is in the memory of the page alone, and forgotten when it is
// left.

(() => {
  const { levelOneRules: rules } = globalThis;

  /** How long the keys rest before the text is looked at. In milliseconds. */
  const REST = 400;

  const { fill, count } = globalThis.levelOne;

  class OwnReply extends HTMLElement {
    #controller;
    #rules = JSON.parse(this.dataset.rules);
    #words = JSON.parse(this.dataset.words);
    #form = this.querySelector("form");
    #said = this.querySelector("[role=status]");
    #list = this.querySelector(".findings");
    #timer;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const soon = () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#look(), REST);
      };
      this.#form.addEventListener("input", soon, { signal });
      this.#form.addEventListener("submit", (event) => event.preventDefault(), { signal });
      this.#form.elements.clear.addEventListener("click", () => this.#clear(), { signal });
      addEventListener("pagehide", () => this.#forget(), { signal });
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
      this.#controller.abort();
    }

    #look() {
      const { text, subject, channel, silent } = this.#form.elements;
      const isEmpty = text.value.trim() === "" && subject.value.trim() === "";
      const reply = { text: text.value, subject: subject.value, channels: [channel.value], asks: !silent?.checked };
      const found = isEmpty ? [] : rules.check(reply, this.#rules);
      const { good, found: forms } = this.#words;
      const words = found.length === 0 ? good : count(forms, found.length);
      this.#say(isEmpty ? "" : words);
      this.#list.replaceChildren(...found.map((one) => this.#finding(one, text)));
    }

    #finding(finding, area) {
      const item = document.createElement("li");
      const said = document.createElement("p");
      said.textContent = this.#sentence(finding);
      item.append(said);
      const isPart = finding.end > finding.start && finding.end - finding.start < area.value.length;
      if (isPart) {
        const show = document.createElement("button");
        show.type = "button";
        show.className = "button plain";
        show.textContent = this.#words.show;
        show.addEventListener("click", () => {
          area.focus();
          area.setSelectionRange(finding.start, finding.end);
        });
        item.append(show);
      }
      return item;
    }

    #sentence({ code, inSubject, kind, wide, ...values }) {
      const words = this.#words;
      switch (code) {
        case "reply-thanks-first":
          return words.thanks_first;
        case "reply-luck-last":
          return words.luck_last;
        case "reply-questions":
          return values.n > 0 ? fill(words.questions, values) : words.no_question;
        case "reply-question-forbidden":
          return fill(words.forbidden, values);
        case "reply-pressure":
          return fill(inSubject ? words.pressure_subject : words.pressure, values);
        case "personal-data":
          return words.personal[kind];
        default:
          if (wide) return fill(words.too_wide, { ...values, letter: wide });
          return fill(inSubject ? words.subject_long : words.too_long, values);
      }
    }

    #clear() {
      this.#forget();
      this.#say(this.#words.cleared);
      this.#form.elements.text.focus();
    }

    #forget() {
      clearTimeout(this.#timer);
      this.#form.reset();
      this.#list.replaceChildren();
      this.#say("");
    }

    #say(text) {
      if (this.#said.textContent !== text) this.#said.textContent = text;
    }
  }

  customElements.define("own-reply", OwnReply);
})();
