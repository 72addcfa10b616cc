// The form for a reader's own wins, their list, and the file. What is shown comes from the storage, which may hold
// anything, so it goes into the page as text and nothing else.

(() => {
  const { levelOneKept: kept, levelOneRules: rules, levelOneWins: wins, levelOneWinsFile: file } = globalThis;

  /** How long the keys rest before a text is looked at. In milliseconds. */
  const REST = 400;

  const { fill, count } = globalThis.levelOne;

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  /** Fields that hold nothing but what stands in them; tags are parted by commas. */
  const TEXTS = ["title", "what", "my_part", "impact", "learned", "words", "thanked_by", "kind", "date"];

  class MyWins extends HTMLElement {
    #controller;
    #words = JSON.parse(this.dataset.words);
    #winWords = JSON.parse(this.dataset.winsWords);
    #kinds = JSON.parse(this.dataset.kinds);
    #thanked = JSON.parse(this.dataset.thanked);
    #months = JSON.parse(this.dataset.months);
    #personal = JSON.parse(this.dataset.personal);
    #form = this.querySelector("form");
    #list = this.querySelector(".own-list");
    #timers = new Map();
    /** The id of the win that is changed just now, with all of it; none while a new one is written. */
    #open;
    #before = {};
    #deleted;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const on = (target, type, heard) => target.addEventListener(type, heard, { signal });
      const { leave, cancel, undo, copy } = this.#form.elements;
      on(this.#form, "submit", (event) => {
        event.preventDefault();
        this.#keep();
      });
      on(this.#form, "input", ({ target }) => this.#typed(target));
      on(leave, "click", () => this.#setBehind({}));
      on(cancel, "click", () => this.#start());
      on(undo, "click", () => this.#undo());
      on(copy, "click", () => this.#copy());
      on(this.querySelector("[name=save]"), "click", () => this.#save());
      on(this.querySelector("[name=print]"), "click", () => this.#print());
      on(this.querySelector("[type=file]"), "change", ({ target }) => this.#bring(target));
      on(this.#list, "click", ({ target }) => this.#act(target.closest("button")));
      kept.watch(() => this.#show(), signal);
      this.#start(this.#asked());
      this.#show();
    }

    disconnectedCallback() {
      for (const timer of this.#timers.values()) clearTimeout(timer);
      this.#controller.abort();
    }

    /** The reply and the lesson that the address names. */
    #asked() {
      const asked = new URLSearchParams(location.search);
      return Object.fromEntries(["reply", "lesson"].map((name) => [name, wins.slug(asked.get(name))]));
    }

    /** An empty form, or one with a win to change. */
    #start(win = {}, id = undefined) {
      this.#open = id;
      this.#before = win;
      for (const name of TEXTS) this.#form.elements[name].value = win[name] ?? "";
      const { date, tags, cancel } = this.#form.elements;
      const now = new Date();
      date.value = win.date ?? `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
      tags.value = (win.tags ?? []).join(", ");
      cancel.hidden = id === undefined;
      this.#setBehind(win);
      for (const field of this.#fields) this.#hint(field, "");
      const more = ["impact", "learned", "words", "thanked_by", "kind", "tags"];
      this.#form.querySelector("details").open = more.some((name) => win[name] !== undefined);
    }

    get #fields() {
      return [...this.#form.querySelectorAll(".field > input, .field > textarea")];
    }

    #setBehind({ reply, lesson }) {
      this.#before = { ...this.#before, reply, lesson };
      const line = this.querySelector(".behind");
      const words = this.#words;
      line.hidden = !reply && !lesson;
      const one = reply ? fill(words.behind_reply, { slug: reply }) : fill(words.behind_lesson, { slug: lesson });
      line.firstElementChild.textContent = reply && lesson ? fill(words.behind_both, { reply, lesson }) : one;
    }

    /** What the form holds, with what it does not show. */
    get #written() {
      const fields = this.#form.elements;
      const own = Object.fromEntries(TEXTS.map((name) => [name, fields[name].value.trim() || undefined]));
      const tags = fields.tags.value.split(",").map((tag) => tag.trim());
      return { ...this.#before, ...own, tags: tags.filter(Boolean), at: this.#before.at ?? Date.now() };
    }

    #keep() {
      const win = wins.clean(this.#written);
      const { title, what, date } = this.#form.elements;
      const month = `${new Date().getFullYear()}-02`;
      const wrong = [
        [title, title.value.trim() === "" && this.#words.needed],
        [what, what.value.trim() === "" && this.#words.needed],
        [date, !wins.isSound("date", date.value) && fill(this.#words.date, { month })],
      ].filter(([, why]) => why);
      for (const [field, why] of wrong) this.#hint(field, why);
      if (wrong.length > 0) return wrong[0][0].focus();
      const all = wins.all();
      const id = this.#open ?? wins.idOf(win);
      const isNew = this.#open === undefined;
      const done = kept.set("wins", isNew ? wins.merge(all, { [id]: win }) : { ...all, [id]: win });
      this.#form.elements.copy.hidden = done;
      if (!done) return this.#say("form", this.#words.refused);
      this.#start();
      this.#show();
      this.#say("form", isNew ? this.#words.kept : this.#words.changed);
      title.focus();
    }

    #typed(field) {
      clearTimeout(this.#timers.get(field));
      if (!this.#fields.includes(field) || field.name === "date") return;
      const look = () => {
        const [found] = rules.personal(field.value, this.#personal);
        this.#hint(field, found ? this.#words.personal[found.kind] : "");
      };
      this.#timers.set(field, setTimeout(look, REST));
    }

    #hint(field, text) {
      const hint = field.nextElementSibling;
      if (hint.textContent === text) return;
      hint.textContent = text;
      hint.className = "heed";
      hint.setAttribute("role", "status");
      if (text) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }

    #show() {
      const all = Object.entries(wins.all()).sort(([, one], [, other]) => (one.date < other.date ? 1 : -1));
      const quarter = ({ date }) => {
        const [year, month] = date.split("-");
        return fill(this.#words.quarter, { year, quarter: Math.ceil(Number(month) / 3) });
      };
      const parts = [];
      for (const [id, win] of all) {
        const words = quarter(win);
        if (parts.at(-2)?.textContent !== words) parts.push(element("h3", words), element("ol", undefined, "months"));
        parts.at(-1).append(this.#entry(id, win));
      }
      this.#list.replaceChildren(...parts);
      this.querySelector(".mine").hidden = all.length === 0;
      this.querySelector(".with-some").hidden = all.length === 0;
    }

    #entry(id, win) {
      const words = this.#winWords;
      const item = element("li");
      item.id = `mine.${id}`;
      const label = element("p", undefined, "small");
      if (win.kind) label.append(element("span", this.#kinds[win.kind], "label"), " ");
      const time = element("time", this.#day(win.date), "soft");
      time.dateTime = win.date;
      label.append(time);
      item.append(label, element("h4", win.title), element("p", win.what));
      if (win.metric)
        item.append(element("p", `${win.metric.before} → ${win.metric.after} ${win.metric.name}`, "count"));
      if (win.words) {
        const quote = element("blockquote");
        quote.append(element("p", win.words));
        item.append(quote);
      }
      const soft = (text) => item.append(element("p", text, "small soft"));
      if (win.my_part) soft(fill(words.my_part, { text: win.my_part }));
      if (win.impact) soft(fill(words.impact, { text: win.impact }));
      if (win.learned) soft(fill(words.learned, { text: win.learned }));
      if (win.thanked_by) soft(fill(words.thanked_by, { who: this.#thanked[win.thanked_by] }));
      if (win.tags) soft(`${words.tags} ${win.tags.join(", ")}`);
      this.#addBehind(item, win);
      const buttons = element("div", undefined, "buttons");
      for (const does of ["edit", "delete"]) {
        const button = element("button", this.#words[does], "button plain");
        button.type = "button";
        button.name = does;
        button.dataset.id = id;
        button.setAttribute("aria-label", `${this.#words[does]}: ${win.title}`);
        buttons.append(button);
      }
      item.append(buttons);
      return item;
    }

    #addBehind(item, win) {
      for (const [name, folder] of [
        ["lesson", "lessons"],
        ["reply", "replies"],
      ]) {
        if (!win[name]) continue;
        const line = element("p", `${this.#winWords[name]} `, "small soft");
        const link = element("a", win[name]);
        link.href = `${document.documentElement.dataset.root}${folder}/${win[name]}.html`;
        line.append(link);
        item.append(line);
      }
    }

    #day(date) {
      const [year, month, day] = date.split("-");
      const values = { year, month: this.#months[Number(month) - 1], day: Number(day) };
      return fill(day ? this.dataset.day : this.dataset.month, values);
    }

    #act(button) {
      if (!button) return;
      const { id } = button.dataset;
      const all = wins.all();
      if (!Object.hasOwn(all, id)) return this.#show();
      if (button.name === "edit") {
        this.#start(all[id], id);
        return this.#form.elements.title.focus();
      }
      const { [id]: gone, ...rest } = all;
      if (!kept.set("wins", rest)) return this.#say("form", this.#words.refused);
      if (this.#open === id) this.#start();
      this.#show();
      this.#say("form", fill(this.#words.deleted, gone));
      this.#deleted = [id, gone];
      this.#form.elements.undo.hidden = false;
      this.#form.elements.undo.focus();
    }

    #undo() {
      const [id, win] = this.#deleted;
      if (!kept.set("wins", wins.merge(wins.all(), { [id]: win }))) return this.#say("form", this.#words.refused);
      this.#show();
      this.#say("form", fill(this.#words.back, win));
      this.#list.querySelector(`[data-id="${id}"]`)?.focus();
    }

    async #copy() {
      const win = wins.clean(this.#written);
      const done = await globalThis.levelOne.copy(file.write({ [wins.idOf(win)]: win }));
      this.#say("form", done ? this.#words.copied : this.#words.not_copied);
      this.#form.elements.copy.hidden = false;
    }

    #save() {
      const name = `${this.#words.file}.yaml`;
      globalThis.levelOne.save(name, file.write(wins.all()), "text/yaml");
      this.#say(".take", fill(this.#words.saved, { file: name }));
    }

    async #bring(input) {
      const [chosen] = input.files;
      if (!chosen) return;
      const { wins: found, fault } = file.read(await chosen.text());
      input.value = "";
      if (fault) {
        const why = fill(this.#words.why[fault.why], fault);
        return this.#say(".take", fill(this.#words.fault, { line: fault.line, why }));
      }
      const all = wins.all();
      const both = wins.merge(all, found);
      const added = Object.keys(both).length - Object.keys(all).length;
      if (Object.keys(found).length === 0) return this.#say(".take", this.#words.none_there);
      if (added === 0) return this.#say(".take", this.#words.all_here);
      const done = kept.set("wins", both);
      this.#show();
      this.#say(".take", done ? count(this.#words.added, added) : this.#words.refused);
    }

    /** On paper only the reader's own wins stand. */
    #print() {
      const { dataset } = document.documentElement;
      dataset.print = "mine";
      addEventListener("afterprint", () => delete dataset.print, { once: true });
      print();
    }

    #say(where, text) {
      const said = this.querySelector(`${where} .said`);
      said.textContent = "";
      said.textContent = text;
      const { undo } = this.#form.elements;
      if (where === "form") undo.hidden = true;
    }
  }

  customElements.define("my-wins", MyWins);
})();
