// The page of completion, filled in with what this browser knows. The name is typed for the paper alone.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning } = globalThis;

  class OwnCompletion extends HTMLElement {
    #controller;
    #months = JSON.parse(this.dataset.months);

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      this.querySelector("button").addEventListener("click", () => print(), { signal });
      kept.watch(() => this.#show(), signal);
      this.#show();
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    #date(day) {
      const [year, month, date] = day.split("-").map(Number);
      const values = { year, month: this.#months[month - 1], day: date };
      return this.dataset.date.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
    }

    #show() {
      const read = Object.entries(learning.all())
        .map(([slug, { title, done }]) => ({ title: title ?? slug, done }))
        .filter(({ done }) => done)
        .sort((one, other) => one.done.localeCompare(other.done) || one.title.localeCompare(other.title));
      const [none, filled] = this.children;
      none.hidden = read.length > 0;
      filled.hidden = read.length === 0;
      const blanks = filled.querySelectorAll("span.blank");
      const values = [this.#date(learning.today()), read.length, learning.days().length];
      for (const [place, value] of values.entries()) blanks[place].textContent = value;
      filled.querySelector("ul").replaceChildren(
        ...read.map(({ title, done }) => {
          const row = document.createElement("li");
          const time = document.createElement("time");
          time.dateTime = done;
          time.textContent = this.#date(done);
          row.append(title, " ", time);
          return row;
        }),
      );
      filled.querySelector("section").hidden = false;
    }
  }

  customElements.define("own-completion", OwnCompletion);
})();
