// A reply that is filled in beside its message, counted as it will be sent, and copied. What is typed about a candidate is
// in the memory of the page alone, and forgotten when it is left.

(() => {
  const { levelOneKept: kept, levelOneRules: rules, levelOneToken: token } = globalThis;
  const holder = document.querySelector(".desk-rules");
  if (!holder) return;
  const RULES = JSON.parse(holder.dataset.rules);
  const WORDS = JSON.parse(holder.dataset.words);

  /** The longest link that mail programs take whole, in characters (Outlook takes 2,083). */
  const LONGEST_MAIL = 2000;

  /** What readers say of themselves, in the field "you", once they have asked for that. */
  const OWN = ["my_name", "company"];
  const LONGEST_OWN = 200;

  const { fill, count } = globalThis.levelOne;

  /** What was typed, by the names of gaps: the same in all replies of the page. */
  const values = new Map();
  const desks = new Set();
  const showAll = () => {
    for (const desk of desks) desk.show();
  };

  const you = () => {
    const own = kept.get("you");
    if (own === null || typeof own !== "object") return undefined;
    const sound = OWN.filter((name) => typeof own[name] === "string").map((name) => [
      name,
      own[name].slice(0, LONGEST_OWN),
    ]);
    return Object.fromEntries(sound);
  };

  const recall = () => {
    for (const [name, value] of Object.entries(you() ?? {})) values.set(name, value);
    showAll();
  };

  const forget = () => {
    values.clear();
    for (const desk of desks) desk.clear();
    showAll();
  };

  class ReplyDesk extends HTMLElement {
    #controller;
    #form = this.querySelector("form");
    #fields = [...this.querySelectorAll("[data-gap]:is(input, textarea)")];
    #slots = [...this.querySelectorAll(".slot")];
    #subject = this.querySelector(".message-subject .text");
    #paragraphs = [...this.querySelectorAll(".moves .text")];
    #length = this.querySelector(".copybar .length");
    #meter = this.querySelector(".meter rect");
    #said = this.querySelector(".send [role=status]");
    #buttons = Object.fromEntries([...this.querySelectorAll("button[name]")].map((button) => [button.name, button]));
    #tool = document.createElement("select");
    #channel = this.querySelector(".copybar").dataset.channel;
    /** What to do once the reader says that gaps may stay open. */
    #refused;

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const on = (target, type, heard) => target?.addEventListener(type, heard, { signal });
      this.#offerTools();
      on(this.#form, "submit", (event) => event.preventDefault());
      on(this.#form, "input", (event) => this.#typed(event.target));
      on(this.#buttons.clear, "click", () => {
        for (const name of [...values.keys()]) if (!OWN.includes(name)) values.delete(name);
        showAll();
        this.#say(WORDS.cleared);
        this.#fields[0]?.focus();
      });
      for (const slot of this.#slots) on(slot, "click", () => this.#reach(slot.dataset.gap));
      const whole = { copy: "body", subject: "subject", both: "both" };
      for (const [name, what] of Object.entries(whole)) {
        on(this.#buttons[name], "click", () => this.#unlessOpen(what, () => this.#copy(what)));
      }
      on(this.#buttons.anyway, "click", () => this.#refused?.());
      on(this.#buttons.mail, "click", () => this.#unlessOpen("both", () => this.#mail()));
      on(this.#buttons.share, "click", () => this.#unlessOpen("body", () => this.#share()));
      on(this.#buttons.moves, "click", () => this.#switchMoves());
      this.#buttons.share.hidden = !(navigator.share && matchMedia("(pointer: coarse)").matches);
      kept.watch(recall, signal);
      desks.add(this);
      // Somebody may have been quicker than the script.
      for (const { dataset, value } of this.#fields)
        if (value && !values.has(dataset.gap)) values.set(dataset.gap, value);
      this.show();
    }

    disconnectedCallback() {
      desks.delete(this);
      this.#controller.abort();
    }

    /** Shows what is typed, here or in another reply of the page. */
    show() {
      for (const field of this.#fields) {
        const value = values.get(field.dataset.gap) ?? "";
        if (field.value !== value) field.value = value;
      }
      for (const slot of this.#slots) {
        const gap = this.#gap(slot.dataset.gap);
        slot.textContent = gap.value || gap.fallback || (gap.isRequired ? gap.label : "");
        slot.classList.toggle("filled", gap.value !== "");
        slot.classList.toggle("open", gap.isRequired && gap.value === "");
      }
      const remember = this.#form?.elements.remember;
      if (remember) remember.checked = you() !== undefined;
      this.#showYou();
      this.#showLength();
    }

    /** Leaves nothing of what was typed. */
    clear() {
      this.#form?.reset();
      this.querySelector(".by-hand")?.remove();
      this.#say("");
    }

    #showYou() {
      const words = this.querySelector(".you > summary > span");
      if (!words) return;
      const [name, company] = OWN.map((own) => values.get(own)?.trim());
      words.dataset.words ??= words.textContent;
      const text = name && company ? fill(WORDS.you_at, { name, company }) : name || company;
      words.textContent = text ? fill(WORDS.you_are, { text }) : words.dataset.words;
    }

    #showLength() {
      const limited = this.#channels.filter((channel) => RULES.limits[channel] !== undefined);
      const [channel] = limited.sort((one, other) => RULES.limits[one] - RULES.limits[other]);
      const { length, limit, parts, wide } = rules.measure(channel, this.#text("body"), RULES);
      let text = limit === undefined ? count(WORDS.characters, length) : fill(WORDS.of_limit, { n: length, limit });
      if (this.#channel) text = fill(WORDS.with_channel, { channel: this.#channel, length: text });
      if (parts > 1) text += `, ${count(WORDS.parts, parts)}`;
      if (this.#subject) text += `. ${this.#subjectLength()}`;
      const open = this.#open("both").length;
      const more = [
        wide && fill(WORDS.wide, { letter: wide }),
        limit !== undefined && length > limit && WORDS.over,
      ].filter(Boolean);
      this.#length.textContent = [...(open > 0 ? [count(WORDS.left, open)] : []), text, ...more].join(
        open > 0 ? " " : ". ",
      );
      this.#length.classList.toggle("over", more.length > 0);
      if (limit !== undefined) this.#meter?.setAttribute("width", Math.min(Math.floor((length * 100) / limit), 100));
    }

    #subjectLength() {
      const n = [...this.#text("subject")].length;
      const limit = this.#channels.includes("inmail") && RULES.inmail_subject;
      const length = limit ? fill(WORDS.of_limit, { n, limit }) : count(WORDS.characters, n);
      return fill(WORDS.subject_length, { length });
    }

    get #channels() {
      return JSON.parse(this.dataset.channels);
    }

    /** A gap, with what is typed in it. */
    #gap(name) {
      const field = this.#fields.find((one) => one.dataset.gap === name);
      return {
        name,
        field,
        label: field.labels[0].textContent,
        fallback: field.dataset.fallback ?? "",
        isRequired: "required" in field.dataset,
        value: (values.get(name) ?? "").trim(),
      };
    }

    /** The dialect that is chosen; none is plain text. */
    get #dialect() {
      return RULES.dialects[this.#tool.selectedIndex - 1];
    }

    #parts(what) {
      if (what === "subject") return [this.#subject];
      return what === "body" || !this.#subject ? this.#paragraphs : [this.#subject, ...this.#paragraphs];
    }

    /** The text as it is sent. `seen` gets the gaps that a tool has no placeholder for. */
    #text(what, { dialect, left = [] } = {}) {
      const before = new Set();
      const written = (slot) => {
        const gap = this.#gap(slot.dataset.gap);
        if (gap.value) return gap.value;
        if (!dialect) return gap.fallback || (gap.isRequired ? `[${gap.label}]` : "");
        const { text, isByHand } = token(dialect, gap, before.has(gap.name));
        before.add(gap.name);
        if (isByHand) left.push(gap.label);
        return text;
      };
      const piece = (node) => {
        if (node.nodeName === "BR") return "\n";
        return node.nodeType === Node.TEXT_NODE ? node.data : written(node);
      };
      return this.#parts(what)
        .map((part) => [...part.childNodes].map(piece).join(""))
        .join("\n\n");
    }

    /** The gaps that have to be filled in and are not. */
    #open(what) {
      const within = this.#parts(what).flatMap((part) => [...part.querySelectorAll(".slot")]);
      const names = new Set(within.map((slot) => slot.dataset.gap));
      return [...names].map((name) => this.#gap(name)).filter(({ isRequired, value }) => isRequired && value === "");
    }

    #offerTools() {
      const label = document.createElement("label");
      this.#tool.className = "choose";
      this.#tool.append(...[WORDS.plain, ...RULES.dialects.map(({ name }) => name)].map((name) => new Option(name)));
      label.textContent = WORDS.copy_for;
      label.htmlFor = this.#tool.id = `${this.querySelector(".message > h2").id}.tool`;
      this.querySelector(".copy-for").replaceChildren(label, this.#tool);
    }

    #typed(field) {
      if (field.name === "remember") return this.#remember(field.checked);
      const { gap } = field.dataset;
      // A gap stands within a sentence.
      if (field.value.includes("\n")) field.value = field.value.replace(/\s*\n\s*/g, " ");
      values.set(gap, field.value);
      this.#mark(field, false);
      if (OWN.includes(gap) && this.#form.elements.remember?.checked) this.#remember(true);
      showAll();
    }

    #remember(isWanted) {
      const own = Object.fromEntries(OWN.filter((name) => values.get(name)).map((name) => [name, values.get(name)]));
      const done = kept.set("you", isWanted ? own : undefined);
      this.#say(done ? "" : WORDS.not_remembered);
    }

    /** Does it, unless a gap is open: then it says which, and goes there. Another tool fills gaps by itself. */
    #unlessOpen(what, act) {
      const open = this.#dialect ? [] : this.#open(what);
      this.#buttons.anyway.hidden = open.length === 0;
      this.#refused = act;
      if (open.length === 0) return act();
      for (const { field } of open) this.#mark(field, true);
      this.#say(count(WORDS.refused, open.length, { label: open[0].label }));
      this.#reach(open[0].name);
    }

    #mark(field, isOpen) {
      const help = field.nextElementSibling;
      help.dataset.words ??= help.textContent;
      field.setAttribute("aria-invalid", isOpen);
      help.classList.toggle("heed", isOpen);
      help.textContent = isOpen ? WORDS.fill_in : help.dataset.words;
    }

    #reach(name) {
      const { field } = this.#gap(name);
      const around = field.closest("details");
      if (around) around.open = true;
      field.focus();
    }

    async #copy(what) {
      const dialect = this.#dialect;
      const left = [];
      const done = await globalThis.levelOne.copy(this.#text(what, { dialect, left }));
      this.#buttons.anyway.hidden = true;
      if (!done) return this.#select();
      const said = { body: WORDS.copied, subject: WORDS.copied_subject, both: WORDS.copied_both }[what];
      const forTool = dialect?.by_hand ? WORDS.by_hand : left.length > 0 ? WORDS.by_hand_some : WORDS.copied_tokens;
      this.#say(dialect ? fill(forTool, { tool: dialect.name }) : said);
    }

    /** Shows the text, to be copied by hand. */
    #select() {
      const area = this.querySelector(".by-hand") ?? document.createElement("pre");
      area.className = "by-hand plain-text";
      area.textContent = this.#text("body", { dialect: this.#dialect });
      this.querySelector(".send").append(area);
      getSelection().selectAllChildren(area);
      this.#say(WORDS.not_copied);
    }

    #mail() {
      const part = (text) => encodeURIComponent(text.replaceAll("\n", "\r\n"));
      const subject = this.#subject ? `subject=${part(this.#text("subject"))}&` : "";
      const address = `mailto:?${subject}body=${part(this.#text("body"))}`;
      this.#buttons.anyway.hidden = true;
      if (address.length > LONGEST_MAIL) return this.#say(WORDS.too_long_for_mail);
      this.#say("");
      location.href = address;
    }

    async #share() {
      this.#buttons.anyway.hidden = true;
      // The reader may think better of it.
      await navigator.share({ text: this.#text("body") }).catch(() => {});
    }

    #switchMoves() {
      const isOff = this.querySelector(".moves").classList.toggle("without-moves");
      this.#buttons.moves.textContent = isOff ? WORDS.show_moves : WORDS.hide_moves;
    }

    #say(text) {
      // The same words again are said again.
      this.#said.textContent = "";
      this.#said.textContent = text;
    }
  }

  customElements.define("reply-desk", ReplyDesk);
  recall();
  addEventListener("pagehide", forget);
  addEventListener("pageshow", ({ persisted }) => persisted && recall());
})();
