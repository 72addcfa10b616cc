// The journal: what was noted in all lessons, and the plans that were kept, to read, change, print and take along. All of
// it comes from the storage, which may hold anything, so it goes into the page as text and nothing else.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning } = globalThis;

  /** What can stand in the address of a lesson; of other pages with a slash before it. Nothing else becomes a link. */
  const SLUG = /^\/?[\p{L}\p{N}._-]+(\/[\p{L}\p{N}._-]+)*$/u;

  const { fill, count } = globalThis.levelOne;

  class OwnJournal extends HTMLElement {
    #controller;
    #words = JSON.parse(this.dataset.words);
    #months = JSON.parse(this.dataset.months);
    /** What is shown, by its key; what was taken out on this page stays, so that it can be put back. */
    #entries = new Map();
    /** The field in which a note is changed just now, and the note as it was before. */
    #field;
    #before;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      this.addEventListener("click", ({ target }) => this.#click(target.closest("[data-do]")), { signal });
      kept.watch(() => this.#show(), signal);
      // "Today" says nothing on a sheet of paper.
      addEventListener("beforeprint", () => this.#showDays(true), { signal });
      addEventListener("afterprint", () => this.#showDays(false), { signal });
      this.#show();
      this.querySelector(".without").hidden = true;
      this.querySelector(".within").hidden = false;
      // The questions that are due are another component's, which is only there when this script has ended.
      queueMicrotask(() => this.#showDue());
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    #click(button) {
      if (!button) return;
      const key = button.closest("[data-key]")?.dataset.key;
      const does = {
        change: () => (this.#field ? this.#close(key) : this.#open(key)),
        remove: () => this.#remove(key),
        undo: () => this.#undo(key),
        markdown: () => this.#save(),
        print: () => print(),
      };
      does[button.dataset.do]();
    }

    /** Notes or plans, the latest first. */
    #of(kind) {
      return [...this.#entries.values()].filter((entry) => entry.kind === kind).sort((one, other) => other.at - one.at);
    }

    #read() {
      const lessons = learning.all();
      const found = new Map();
      for (const [slug, { title, module, notes = {}, plans = {} }] of Object.entries(lessons)) {
        const add = (kind, [name, value]) => {
          const key = JSON.stringify([kind, slug, name]);
          found.set(key, { key, kind, slug, title, module, name, value, at: value.at });
        };
        for (const note of Object.entries(notes)) if (note[1].text.trim()) add("notes", note);
        for (const plan of Object.entries(plans)) add("plans", plan);
      }
      // Where everything was erased, it is not for this page to bring it back.
      const isErased = Object.keys(kept.all()).length === 0;
      for (const [key, entry] of this.#entries) {
        if (entry.isGone && !isErased && !found.has(key)) found.set(key, entry);
      }
      this.#entries = found;
      return lessons;
    }

    #show() {
      const lessons = this.#read();
      const notes = this.#of("notes");
      const plans = this.#of("plans");
      const read = Object.entries(lessons).filter(([slug, { done }]) => done && !slug.startsWith("/")).length;
      this.#showHead(read, notes.filter(({ isGone }) => !isGone).length);
      this.querySelector(".empty").hidden = notes.length + plans.length > 0;
      this.querySelector(".to-take").hidden = notes.length + plans.length + read === 0;
      // What somebody changes just now stays under their hands.
      if (this.#field) return;
      const held = document.activeElement;
      const key = held?.closest("own-journal [data-key]")?.dataset.key;
      const parts = new Map();
      for (const entry of notes) {
        if (!parts.has(entry.slug)) parts.set(entry.slug, this.#lesson(entry));
        parts.get(entry.slug).append(this.#element(entry));
      }
      this.#fill(".of-notes", [...parts.values()]);
      this.#fill(
        ".of-plans",
        plans.map((plan) => this.#element(plan)),
      );
      if (key) this.#focus(key, held.dataset.do);
    }

    #showHead(read, notes) {
      const { days, read: ofAll, notes: own } = this.#words;
      const all = Math.max(read, Number(this.dataset.lessons));
      const practised = learning.days().length;
      const facts = [
        practised && count(days, practised),
        read && fill(all === 1 ? ofAll.one : ofAll.other, { n: read, all }),
        notes && count(own, notes),
      ];
      const items = facts.filter(Boolean).map((text) => {
        const item = document.createElement("li");
        item.textContent = text;
        return item;
      });
      this.querySelector(".meta").replaceChildren(...items);
    }

    #showDue() {
      const due = globalThis.levelOneDue?.(learning.today());
      const line = this.querySelector(".due");
      if (!line || !(due > 0)) return;
      line.firstElementChild.textContent = count(this.#words.due, due);
      line.hidden = false;
    }

    #fill(selector, elements) {
      const section = this.querySelector(selector);
      section.replaceChildren(section.firstElementChild, ...elements);
      section.hidden = elements.length === 0;
    }

    #clone(name) {
      return document.importNode(this.querySelector(`template[data-of=${name}]`).content, true).firstElementChild;
    }

    /** The part of a lesson, with its title. */
    #lesson({ slug, title }) {
      const part = this.#clone("lesson");
      const href = this.#href(slug);
      const name = document.createElement(href ? "a" : "span");
      if (href) name.href = href;
      name.textContent = title ?? slug;
      part.firstElementChild.append(name);
      return part;
    }

    #href(slug) {
      const { root } = document.documentElement.dataset;
      if (!SLUG.test(slug)) return undefined;
      return slug.startsWith("/") ? root + slug.slice(1) : `${root}lessons/${slug}.html`;
    }

    #element({ key, kind, value, isGone }) {
      const element = this.#clone(isGone ? "gone" : kind);
      element.dataset.key = key;
      const [first, second] = element.querySelectorAll(kind === "plans" && !isGone ? ".text > span" : ".small, .text");
      if (isGone) {
        const button = element.querySelector("button");
        element.firstElementChild.textContent = this.#words[`${kind}_gone`];
        element.firstElementChild.id = `page.gone.${[...this.#entries.keys()].indexOf(key)}`;
        button.setAttribute("aria-describedby", element.firstElementChild.id);
        return element;
      }
      [first.textContent, second.textContent] = kind === "plans" ? [value.if, value.do] : [value.prompt, value.text];
      element.querySelector(".note-end > span").textContent = this.#day(value.at);
      return element;
    }

    #showDays(isWhole) {
      for (const { key, at, isGone } of this.#entries.values()) {
        if (!isGone) this.#place(key).querySelector(".note-end > span").textContent = this.#day(at, isWhole);
      }
    }

    /** A day as people say it, without the year while it lasts. */
    #day(at, isWhole) {
      const date = new Date(at);
      const values = { day: date.getDate(), month: this.#months[date.getMonth()], year: date.getFullYear() };
      if (Number.isNaN(values.year)) return "";
      if (!isWhole && learning.today(date) === learning.today()) return this.#words.today;
      return fill(isWhole || values.year !== new Date().getFullYear() ? this.dataset.date : this.#words.day, values);
    }

    /** Where an entry is shown. */
    #place(key) {
      return [...this.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key);
    }

    #focus(key, name) {
      const place = this.#place(key);
      const button = place?.querySelector(`[data-do="${name}"], [data-do=undo]`) ?? place;
      button?.focus({ preventScroll: true });
    }

    #open(key) {
      const entry = this.#entries.get(key);
      const { slug, title, name, value } = entry;
      const place = this.#place(key);
      const field = this.#clone("field");
      Object.assign(field.dataset, { slug, note: name, prompt: value.prompt ?? "" });
      field.querySelector("textarea").setAttribute("aria-label", value.prompt ?? title ?? slug);
      place.querySelector(".text").replaceWith(field);
      place.querySelector("[data-do=change]").textContent = this.#words.done;
      this.#field = field;
      this.#before = entry;
      field.querySelector("textarea").focus();
    }

    /** Ends a change. A note that was emptied is deleted, and can be put back as it was. */
    #finish() {
      if (!this.#field) return;
      this.#field.save();
      this.#field = undefined;
      this.#read();
      const { key } = this.#before;
      if (!this.#entries.has(key)) this.#entries.set(key, { ...this.#before, isGone: true });
    }

    #close(key) {
      const was = this.#before.key;
      this.#finish();
      this.#show();
      if (key === was) this.#focus(key, "change");
      else this.#open(key);
    }

    #remove(key) {
      this.#finish();
      this.#read();
      const entry = this.#entries.get(key);
      if (entry && !entry.isGone) {
        const { slug, kind, name } = entry;
        entry.isGone = learning.change({ slug }, (own) => {
          delete own[kind]?.[name];
        });
        this.#say(entry.isGone ? "" : this.#words.refused);
      }
      this.#show();
      this.#focus(key, "undo");
    }

    #undo(key) {
      const entry = this.#entries.get(key);
      const { slug, title, module, kind, name, value } = entry;
      const done = learning.change({ slug, title, module }, (own) => {
        own[kind] = { [name]: value, ...own[kind] };
      });
      entry.isGone = !done;
      this.#say(done ? "" : this.#words.refused);
      this.#show();
      this.#focus(key, done ? "remove" : "undo");
    }

    #save() {
      this.#finish();
      this.#show();
      const file = `${this.#words.file}-${learning.today()}.md`;
      globalThis.levelOne.save(file, this.#markdown(), "text/markdown;charset=utf-8");
      this.#say(fill(this.#words.saved, { file }));
    }

    #markdown() {
      const { line, paragraphs } = globalThis.levelOneMarkdown;
      const heading = (selector) => line(this.querySelector(selector).textContent);
      const notes = this.#of("notes").filter(({ isGone }) => !isGone);
      const plans = this.#of("plans").filter(({ isGone }) => !isGone);
      const parts = [
        `# ${line(document.querySelector("h1").textContent)}`,
        fill(this.#words.file_day, { day: this.#day(Date.now(), true) }),
      ];
      if (notes.length > 0) parts.push(`## ${heading(".of-notes h2")}`);
      for (const slug of new Set(notes.map((note) => note.slug))) {
        const own = notes.filter((note) => note.slug === slug);
        const href = this.#href(slug);
        const title = line(own[0].title ?? slug);
        // Brackets would end the address.
        const address = href && new URL(href, document.baseURI).href.replaceAll("(", "%28").replaceAll(")", "%29");
        parts.push(`### ${address ? `[${title}](${address})` : title}`);
        for (const { value } of own) {
          if (value.prompt?.trim()) parts.push(`**${line(value.prompt)}**`);
          parts.push(paragraphs(value.text), this.#day(value.at, true));
        }
      }
      if (plans.length > 0) {
        const items = plans.map(({ value }) => `- ${line(fill(this.#words.plan, value))}`);
        parts.push(`## ${heading(".of-plans h2")}`, items.join("\n"));
      }
      return `${parts.filter(Boolean).join("\n\n")}\n`;
    }

    #say(text) {
      this.querySelector(".within > [role=status]").textContent = text;
    }
  }

  customElements.define("own-journal", OwnJournal);
})();
