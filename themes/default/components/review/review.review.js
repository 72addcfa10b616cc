// The questions of today: those that are due, a few at a time and one after the other, out of the list of all questions,
// which stays below. Without script the page is that list.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning, levelOneReview: review } = globalThis;

  const { fill, count } = globalThis.levelOne;
  const daysFrom = (one, other) => Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  /**
   * A question of the page: where it stands, and what its lesson is.
   * @typedef {{ field: HTMLElement, key: string, lesson: Lesson }} Question
   * @typedef {{ slug: string, was?: string, title: string, href: string, keys: string[] }} Lesson
   */

  class ReviewDeck extends HTMLElement {
    #words = JSON.parse(this.dataset.words);
    #numbers = JSON.parse(this.dataset.numbers);
    #controller;
    /** @type {Lesson[]} */
    #lessons = [];
    /** @type {Question[]} */
    #questions = [];
    #parts = [];
    /** Those of this sitting, how many of them have been shown, and the one that is shown. */
    #sitting = [];
    #at = 0;
    /** @type {Question | undefined} */
    #asked;
    #isOver = false;
    /** The day for which the page was made up, and the one for which the reader has said "not today". */
    #day;
    #notToday;
    /** Those that have been looked at, for where it cannot be kept. */
    #looked = new Set();
    #place = document.createComment("");
    #head = element("h2", { id: "review.today", tabIndex: -1 });
    #sheet = element("div", { className: "sheet" });
    #note = element("p", { className: "small soft" });
    #text = element("p");
    #buttons = element("p", { className: "buttons" });
    #later = element("button", { type: "button", className: "button plain" });

    connectedCallback() {
      this.#controller = new AbortController();
      const { signal } = this.#controller;
      const sections = [...document.querySelectorAll("section[data-lesson]")];
      for (const section of sections) this.#read(section);
      this.#parts = [...document.querySelectorAll("main a[data-module] .end")];
      for (const part of this.#parts) part.dataset.all = part.textContent;
      if (this.#questions.length === 0 && this.#parts.length === 0) return;

      this.append(this.#head, this.#sheet, this.#note, this.#text, this.#buttons);
      if (sections.length > 0) this.#fold(sections);
      this.#later.textContent = this.#words.not_today;
      this.#later.addEventListener("click", () => this.#leave(), { signal });
      this.addEventListener("level-one:answered", ({ detail }) => this.#answered(detail.right), { signal });
      kept.watch(() => this.#follow(), signal);
      document.addEventListener("visibilitychange", () => this.#follow(), { signal });
      this.#forget();
      this.#start();
      this.hidden = false;
    }

    disconnectedCallback() {
      this.#controller.abort();
    }

    /** Takes note of a lesson and its questions. */
    #read(section) {
      const link = section.querySelector("h2 a");
      const fields = [...section.querySelectorAll(".quiz")].filter((field) => globalThis.levelOneQuizzes?.has(field));
      const keys = fields.map((field) => field.dataset.key);
      const { lesson: slug, was } = section.dataset;
      const lesson = { slug, was, title: link.textContent.trim(), href: link.href, keys };
      this.#lessons.push(lesson);
      for (const field of fields) this.#questions.push({ field, key: field.dataset.key, lesson });
    }

    /** Puts the list of all questions away. */
    #fold(sections) {
      const all = element("details", { className: "all-questions" });
      const icon = document.querySelector(".show > summary .i")?.cloneNode(true) ?? "";
      sections[0].before(all);
      all.append(element("summary", {}, `${this.#words.all} `, icon), ...sections);
    }

    /**
     * Forgets the answers to questions that are no more, which would be counted as due for ever.
     * Nothing has been practised by that, so the day does not count.
     */
    #forget() {
      const lessons = learning.all();
      let isChanged = false;
      const known = new Map();
      for (const { slug, was, keys } of this.#lessons) {
        for (const name of [slug, ...(was ?? "").split(" ")]) known.set(name, keys);
      }
      for (const [name, { done, answers }] of Object.entries(lessons)) {
        const keys = known.get(name) ?? ("whole" in this.dataset && done ? [] : undefined);
        for (const key of Object.keys((keys && answers) ?? {}).filter((key) => !keys.includes(key))) {
          delete answers[key];
          isChanged = true;
        }
      }
      if (isChanged) kept.set("lessons", lessons);
    }

    #record({ slug, was }) {
      return learning.lesson(slug, was);
    }

    /** The questions that have a day, those due for the longest time first. */
    #coming() {
      const records = new Map(this.#lessons.map((lesson) => [lesson, this.#record(lesson)]));
      return this.#questions
        .map((question) => ({ question, on: review.dueOn(records.get(question.lesson), question.key, this.#day) }))
        .filter(({ on }) => on)
        .sort((one, other) => (one.on < other.on ? -1 : Number(one.on > other.on)));
    }

    #due() {
      return this.#coming()
        .filter(({ question, on }) => on <= this.#day && !this.#looked.has(question))
        .map(({ question }) => question);
    }

    get #isLeft() {
      return this.#day === this.#notToday || kept.get("notToday") === this.#day;
    }

    /** Begins a sitting, if there is anything to ask. */
    #start() {
      this.#putBack();
      const day = learning.today();
      if (day !== this.#day) this.#looked.clear();
      this.#day = day;
      this.#tell();
      this.#isOver = false;
      this.#at = 0;
      this.#sitting = this.#due().slice(0, review.MOST);
      if (this.#sitting.length === 0) this.#rest(this.#words.none, this.#outlook());
      else if (this.#isLeft)
        this.#rest(this.#words.left, this.#words.left_text, this.#words.anyway, () => this.#stay());
      else this.#ask();
    }

    /** Says how many days were practised, and which parts have something due. */
    #tell() {
      const days = learning.days().length;
      const practised = document.getElementById("review.days");
      practised.hidden = days === 0;
      practised.textContent = count(this.#words.days, days);
      for (const part of this.#parts) {
        const { all } = part.dataset;
        const n = globalThis.levelOneDue(this.#day, part.closest("a").dataset.module);
        part.textContent = n > 0 ? fill(this.#words.part, { all, n }) : all;
      }
    }

    /** Shows the next question of the sitting. */
    #ask() {
      const question = this.#sitting[this.#at];
      const { field } = question;
      this.#asked = question;
      const all = this.#sitting.length;
      this.#show(this.#words.today[all - 1]);
      field.before(this.#place);
      this.#sheet.append(field);
      field.tabIndex = -1;
      const place = element("span", { className: "review-place" });
      place.textContent = `${fill(this.#words.place, { n: this.#at + 1, all })} `;
      field.querySelector("legend").prepend(place);
      const isLast = this.#at + 1 === all;
      const label = isLast ? this.#words.finish : this.#words.go_on;
      globalThis.levelOneQuizzes.get(field).ask({ label, go: () => this.#goOn() });
      field.querySelector(".buttons").append(this.#later);
      this.#origin(question, this.#outcome(question));
    }

    /** Says where a question comes from, and something more. */
    #origin({ lesson }, more) {
      const { done } = this.#record(lesson);
      const ago = done ? daysFrom(done, this.#day) : -1;
      const { from, from_some_day: fromSomeDay, read } = this.#words;
      const when = ago === 0 ? read.today : count(read, ago, { n: this.#numbers[ago - 1] ?? ago });
      const [before, after] = fill(ago >= 0 ? from : fromSomeDay, { when }).split("{title}");
      const link = element("a", { href: lesson.href, textContent: lesson.title });
      this.#note.replaceChildren(before, link, more ? `${after} ${more}` : after);
    }

    /** What comes after a right answer. */
    #outcome({ lesson, key }) {
      const { step } = review.look(this.#record(lesson), key, true, this.#day);
      const when = this.#words.looks[step];
      return when ? fill(this.#words.if_known, { when }) : this.#words.if_known_rests;
    }

    #answered(isRight) {
      const question = this.#asked;
      this.#looked.add(question);
      this.#later.remove();
      const answer = this.#record(question.lesson).answers?.[question.key];
      // Where nothing is kept, there is no next look to speak of.
      const when = this.#words.looks[answer?.step ?? 0];
      const isKept = answer?.on === this.#day && answer.right === isRight;
      const known = when ? fill(this.#words.next_look, { when }) : this.#words.rests;
      this.#origin(question, isKept ? known : "");
      this.#tell();
    }

    #goOn() {
      this.#putBack();
      const due = new Set(this.#due());
      do this.#at += 1;
      while (this.#at < this.#sitting.length && !due.has(this.#sitting[this.#at]));
      if (this.#at < this.#sitting.length) {
        this.#ask();
        this.#asked.field.focus();
      } else {
        this.#finish();
        this.#head.focus();
      }
    }

    /** What is said once the sitting is over. */
    #finish() {
      this.#isOver = true;
      const waiting = this.#due().length;
      if (waiting === 0) this.#rest(this.#words.done, this.#outlook());
      else {
        const text = count(this.#words.waiting, waiting, { n: this.#word(waiting) });
        this.#rest(this.#words.done, text, this.#words.more, () => this.#again());
      }
    }

    #word(n) {
      const word = this.#numbers[n - 1] ?? String(n);
      return word[0].toUpperCase() + word.slice(1);
    }

    /** Gives the question that is shown back to the list. */
    #putBack() {
      if (!this.#asked) return;
      const { field } = this.#asked;
      this.#asked = undefined;
      this.#later.remove();
      field.querySelector(".review-place").remove();
      field.removeAttribute("tabindex");
      this.#place.replaceWith(field);
      globalThis.levelOneQuizzes.get(field).ask();
    }

    /** Leaves what is due for tomorrow. It is no answer and no day of practice. */
    #leave() {
      this.#notToday = this.#day;
      kept.set("notToday", this.#day);
      this.#start();
      this.#head.focus();
    }

    #stay() {
      this.#notToday = undefined;
      kept.set("notToday", undefined);
      this.#again();
    }

    #again() {
      this.#start();
      if (this.#asked) this.#asked.field.focus();
      else this.#head.focus();
    }

    /** When something comes back, or how that works. */
    #outlook() {
      const { comes_back: comesBack, ahead, all_rest: allRest } = this.#words;
      const [next] = this.#coming();
      if (next && next.on > this.#day) {
        const days = daysFrom(this.#day, next.on);
        return fill(comesBack, { when: count(ahead, days, { n: this.#numbers[days - 1] ?? days }) });
      }
      return allRest;
    }

    #rest(head, text, label, act) {
      const isDoneAny = this.#lessons.some((lesson) => this.#record(lesson).done);
      const isPartDue = this.#parts.length > 0 && globalThis.levelOneDue(this.#day) > 0;
      this.#sheet.hidden = true;
      if (!label && isPartDue) this.#show(this.#words.parts, this.#words.parts_text);
      else if (isDoneAny) this.#show(head, text, label, act);
      else this.#how();
    }

    #how() {
      const { root } = document.documentElement.dataset;
      this.#show(this.#words.how, this.#words.how_text);
      const link = element("a", { className: "button", href: `${root}lessons/index.html` });
      link.textContent = this.#words.to_lessons;
      this.#buttons.replaceChildren(link);
      this.#buttons.hidden = false;
    }

    /** Shows a head, and instead of a question a text and a button. */
    #show(head, text, label, act) {
      this.#head.textContent = head;
      this.#sheet.hidden = Boolean(text);
      this.#note.hidden = Boolean(text);
      this.#text.hidden = !text;
      this.#text.textContent = text ?? "";
      this.#buttons.hidden = !label;
      const button = element("button", { type: "button", className: "button", textContent: label ?? "" });
      button.addEventListener("click", () => act());
      this.#buttons.replaceChildren(...(label ? [button] : []));
    }

    /** Follows what happens in another tab, and the calendar; never in the midst of an answer. */
    #follow() {
      this.#tell();
      const state = this.#asked?.field.dataset.state;
      const isNewDay = learning.today() !== this.#day;
      if (state && state !== "open") return;
      if (state && !isNewDay && !this.#isLeft && this.#due().includes(this.#asked)) return;
      if (this.#isOver && !isNewDay) this.#finish();
      else this.#start();
    }
  }

  customElements.define("review-deck", ReviewDeck);
})();
