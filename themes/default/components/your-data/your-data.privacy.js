// All that is kept in this browser, in the reader's own hands: seen, saved as a file, brought back, erased.

(() => {
  const { levelOneKept: kept, levelOneCopies: copies } = globalThis;

  /** No copy comes near this size: a browser keeps less for a site. In bytes. */
  const LARGEST = 10_000_000;

  const { fill, count } = globalThis.levelOne;

  class YourData extends HTMLElement {
    #controller;
    #words = JSON.parse(this.dataset.words);
    #file = this.querySelector("[type=file]");
    /** What a copy from another guide holds, until the reader has answered. */
    #asked;
    /** What was erased on this page. */
    #erased;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const on = (target, type, heard) => target.addEventListener(type, heard, { signal });
      on(this, "click", ({ target }) => this.#click(target.closest("[data-do]")?.dataset.do));
      on(this, "keydown", ({ key, target }) => key === "Escape" && target.closest(".asks") && this.#dismiss());
      on(this.#file, "change", () => this.#open());
      // A choice elsewhere on this page is kept when it has been heard there.
      on(document, "change", () => setTimeout(() => this.#show()));
      kept.watch(() => this.#show(), signal);
      this.#show();
      for (const part of this.querySelectorAll(".copies, .now")) part.hidden = false;
      this.#showStay();
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    #click(name) {
      const does = {
        save: () => this.#save(),
        add: () => this.#add(this.#asked),
        leave: () => this.#dismiss(),
        stay: () => this.#stay(),
        erase: () => this.#ask(".erases"),
        keep: () => this.#dismiss(),
        sure: () => this.#erase(),
        undo: () => this.#undo(),
      };
      if (name) does[name]();
    }

    /** Shows what is kept now. */
    #show() {
      const words = this.#words;
      const all = kept.all();
      const pieces = copies.pieces(all);
      const isEmpty = Object.keys(all).length === 0;
      this.#set(".state", isEmpty ? words.nothing : fill(words.all, { size: this.#size(all), key: kept.KEY }));
      for (const row of this.querySelectorAll("[data-unknown]")) row.remove();
      for (const row of this.querySelectorAll("[data-field]")) {
        const name = row.dataset.field;
        const now = pieces[name] ? this.#counted(name, pieces[name]) : this.#chosen(name, all);
        row.lastElementChild.textContent = now || words.none;
        row.classList.toggle("none", !now);
      }
      for (const [name, value] of Object.entries(all)) {
        if (name === "unreadable" || !copies.isKnown(name)) this.#showUnknown(name, value);
      }
      this.querySelector(".saves").hidden = this.#do("erase").hidden = isEmpty;
      this.querySelector(".erases").hidden = isEmpty && this.#erased === undefined;
    }

    #counted(name, map) {
      if (map.size === 0) return undefined;
      return fill(this.#words.sized, { value: count(this.#words[name], map.size), size: this.#size([...map]) });
    }

    #chosen(name, all) {
      const words = this.#words;
      if (name === "version") return Object.hasOwn(all, name) && fill(words.version, { n: String(all[name]) });
      const value = copies.sound(all, name);
      if (value === undefined) return undefined;
      if (name === "theme") return JSON.parse(this.dataset.themeWords)[value];
      if (name === "keys") return words.keys_off;
      if (name === "notToday") return value;
      if (name === "you") return [value.my_name, value.company].filter(Boolean).join(", ");
      if (name === "last") return [value.title ?? value.lesson, value.heading].filter(Boolean).join(", ");
      const flags = ["hold", "sound", "vibration", "announce"].filter((flag) => value[flag]);
      return [fill(words.pace, { n: value.pace }), ...flags.map((flag) => words[flag])].join(", ");
    }

    #showUnknown(name, value) {
      const words = this.#words[name === "unreadable" ? name : "unknown"];
      const row = document.createElement("div");
      row.dataset.unknown = "";
      for (const [tag, className, text] of [
        ["dt", "", fill(words.name, { name })],
        ["dd", "why", words.why],
        ["dd", "now", this.#size(value)],
      ]) {
        const part = document.createElement(tag);
        part.className = className;
        part.textContent = text;
        row.append(part);
      }
      this.querySelector("dl").append(row);
    }

    #size(value) {
      const bytes = new Blob([JSON.stringify(value)]).size;
      const { bytes: forms, kilobytes } = this.#words;
      return bytes < 1000 ? count(forms, bytes) : fill(kilobytes, { n: Math.round(bytes / 100) / 10 });
    }

    #save() {
      const file = `${this.#words.file}-${globalThis.levelOneLearning.today()}.json`;
      globalThis.levelOne.save(file, copies.write(), "application/json");
      this.#say(".copies", fill(this.#words.saved, { file }));
    }

    async #open() {
      this.#dismiss();
      const [file] = this.#file.files;
      if (!file) return;
      const copy = file.size > LARGEST ? { fault: "large" } : copies.read(await file.text().catch(() => ""));
      // The same file can be chosen again.
      this.#file.value = "";
      if (copy.fault) return this.#say(".copies", this.#words[copy.fault]);
      if (copy.id === document.documentElement.dataset.guide) return this.#add(copy);
      this.#asked = copy;
      this.#set("#page\\.other", fill(this.#words.other, { id: copy.id }));
      this.#ask(".copies");
    }

    #add(copy) {
      const words = this.#words;
      const before = copies.pieces(kept.all());
      const isDone = kept.setAll(copies.merge(kept.all(), copy.kept));
      this.#dismiss();
      if (!isDone) return this.#say(".copies", words.refused);
      const list = Object.entries(copies.pieces(kept.all())).map(([kind, map]) => {
        const isNew = ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[kind].get(name));
        const number = [...map].filter(isNew).length;
        return number > 0 && count(words[kind], number);
      });
      const came = list.filter(Boolean).join(", ");
      this.#say(".copies", came ? fill(words.came, { list: came }) : words.came_nothing);
      this.#tell();
    }

    /** Only where a browser can be asked. Some promise by themselves. */
    async #showStay() {
      const { storage } = navigator;
      if (!storage?.persist) return;
      const isKept = await storage.persisted().catch(() => false);
      this.querySelector(".stays").hidden = isKept;
    }

    async #stay() {
      const isKept = await navigator.storage.persist().catch(() => false);
      this.#do("stay").hidden = isKept;
      this.#say(".stays", isKept ? this.#words.stay_yes : this.#words.stay_no);
    }

    #erase() {
      try {
        this.#erased = localStorage.getItem(kept.KEY);
        localStorage.removeItem(kept.KEY);
      } catch {
        return this.#say(".erases", this.#words.refused);
      }
      this.#dismiss();
      this.#say(".erases", this.#words.erased);
      this.#do("undo").hidden = false;
      this.#do("undo").focus();
      this.#tell();
    }

    #undo() {
      let isDone = true;
      try {
        if (localStorage.getItem(kept.KEY) === null) localStorage.setItem(kept.KEY, this.#erased);
        else isDone = kept.setAll(copies.merge(kept.all(), JSON.parse(this.#erased)));
      } catch {
        isDone = false;
      }
      this.#say(".erases", isDone ? this.#words.undone : this.#words.refused);
      if (!isDone) return;
      this.#tell();
      this.#do("undo").hidden = true;
      this.#do("erase").focus();
    }

    /** Lets this page hear what other open pages hear from the browser. */
    #tell() {
      dispatchEvent(new StorageEvent("storage", { key: kept.KEY }));
    }

    #ask(part) {
      this.#say(part, "");
      const asks = this.querySelector(`${part} .asks`);
      asks.hidden = false;
      asks.querySelector(".plain").focus();
    }

    /** Takes a question back, as if the answer were no. */
    #dismiss() {
      for (const asks of this.querySelectorAll(".asks:not([hidden])")) {
        const hadFocus = asks.contains(document.activeElement);
        asks.hidden = true;
        const isErase = asks.closest(".erases");
        if (hadFocus) (isErase ? this.#do("erase") : this.#file).focus();
        this.#say(isErase ? ".erases" : ".copies", isErase ? this.#words.not_erased : this.#words.left);
      }
      this.#asked = undefined;
    }

    #do(name) {
      return this.querySelector(`[data-do=${name}]`);
    }

    #say(part, text) {
      this.#set(`${part} > [role=status]`, text);
    }

    #set(selector, text) {
      this.querySelector(selector).textContent = text;
    }
  }

  customElements.define("your-data", YourData);
})();
