// Questions that can be answered: feedback in the options, a second try before the answer, and a memory. An answer is kept
// under the key of its question, which changes with the question, so what was answered before is never shown for another.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning } = globalThis;
  const FIELD = ".quiz[data-key]";
  const fields = [...document.querySelectorAll(FIELD)];
  if (fields.length === 0) return;
  const words = JSON.parse(document.querySelector("[data-key][data-words]").dataset.words);
  let hasSaidNotKept = false;

  /** Where the answers to a question are kept: with its lesson, on whichever page it is asked. */
  const homeOf = (field) => {
    const section = field.closest("section[data-lesson]");
    const { lesson: slug, was } = section?.dataset ?? {};
    const lesson = section ? { slug, was, title: section.querySelector("h2").textContent.trim() } : learning.here;
    const keys = [...(section ?? document).querySelectorAll(FIELD)].map(({ dataset }) => dataset.key);
    return {
      keys,
      isElsewhere: Boolean(section),
      record: () => learning.lesson(lesson.slug, lesson.was),
      /** Changes the answers. Those to questions that are no more are forgotten. */
      change(change) {
        const changed = (record) => {
          const known = Object.entries(record.answers ?? {}).filter(([key]) => keys.includes(key));
          record.answers = change(Object.fromEntries(known), record);
        };
        return section ? learning.change(lesson, changed) : learning.changeHere(changed);
      },
    };
  };

  class Quiz {
    #field;
    #key;
    #home;
    #many;
    /** @type {{ pick: HTMLElement, input: HTMLInputElement, isRight: boolean, because: HTMLElement }[]} */
    #options;
    /** The places of the options that have been chosen at one of the tries. */
    #tried = [];
    #check;
    #show;
    #section;
    #status;
    #then;
    /** The chosen options that are kept, as this page last knew them, as text. */
    #seen;

    constructor(field) {
      this.#field = field;
      this.#key = field.dataset.key;
      this.#home = homeOf(field);
      const verdicts = field.querySelectorAll(".verdicts > li");
      this.#options = [...field.querySelectorAll(".pick")].map((pick, place) => this.#option(pick, verdicts[place]));
      this.#many = this.#options[0].input.type === "checkbox";

      [this.#check, this.#show, this.#section] = field.querySelector(".buttons").children;
      this.#check.hidden = false;
      this.#status = field.querySelector("[role=status]");
      this.#check.addEventListener("click", (event) => this.#press(event));
      this.#show.addEventListener("click", () => {
        this.#finish([], false);
        this.#check.focus();
      });
      field.addEventListener("change", () => this.#is("once") && this.#enter("again"));
      field.addEventListener("click", (event) => this.#hold(event));
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.target.localName === "input" && this.#is("open", "again")) this.#answer();
      });

      this.ask();
      kept.watch(() => this.#follow());
      this.#follow();
    }

    /** Feedback in the label describes the option, and is no part of its name. */
    #option(pick, verdict) {
      const input = pick.querySelector("input");
      const text = pick.querySelector("span");
      const body = document.createElement("span");
      const because = body.cloneNode();
      because.className = "because";
      because.id = `${input.id}.because`;
      because.append(...verdict.querySelector(".because").cloneNode(true).childNodes);
      text.replaceWith(body);
      body.append(text);
      text.id = `${input.id}.text`;
      input.setAttribute("aria-labelledby", text.id);
      input.setAttribute("aria-describedby", because.id);
      // Firefox would choose again what was chosen before the page was loaded again.
      input.autocomplete = "off";
      return { pick, input, isRight: verdict.classList.contains("right"), because };
    }

    /**
     * Asks afresh. With `then`, the question is the one thing to do: its button is filled, and leads on once it is
     * answered.
     * @param {{ label: string, go: () => void }} [then]
     */
    ask(then) {
      this.#then = then;
      this.#check.classList.toggle("main", Boolean(then));
      this.#tried = [];
      this.#choose([]);
      this.#say();
      this.#enter("open");
    }

    #is(...states) {
      return states.includes(this.#field.dataset.state);
    }

    #choose(places) {
      for (const [place, { input }] of this.#options.entries()) input.checked = places.includes(place);
    }

    /** Goes to a state: "open", "once" wrong, "again" open, "done". Options tell about themselves once they were tried. */
    #enter(state) {
      this.#field.dataset.state = state;
      const isDone = state === "done";
      const then = (isDone && this.#then?.label) || words.again;
      this.#check.textContent = this.#is("open", "again") ? words.check : then;
      this.#show.hidden = isDone;
      if (this.#section) this.#section.hidden = !isDone;
      for (const [place, { pick, input, isRight, because }] of this.#options.entries()) {
        const isTried = this.#tried.includes(place);
        const tells = isDone || isTried;
        pick.classList.toggle("right", tells && isRight);
        pick.classList.toggle("not", isTried && !isRight);
        if (!isRight) because.querySelector("strong").textContent = isTried ? words.not_quite : words.wrong;
        if (tells) pick.lastElementChild.append(because);
        else because.remove();
        input.setAttribute("aria-disabled", isDone);
      }
    }

    #press({ detail }) {
      // The second half of a double click is not meant for the button that has come in this place.
      if (detail > 1) return;
      if (this.#is("open", "again")) this.#answer();
      else if (this.#is("once")) {
        // What is not right is taken back. What was said about it stays.
        for (const { input, isRight } of this.#options) input.checked &&= isRight;
        this.#enter("again");
        this.#focus();
      } else if (this.#then) {
        this.#then.go();
      } else {
        this.#keep(({ picked, ...looked }) => looked);
        this.ask();
        this.#focus();
      }
    }

    #answer() {
      const picked = this.#options.flatMap(({ input }, place) => (input.checked ? [place] : []));
      const isRight = this.#isRight(picked);
      if (picked.length === 0) {
        this.#say(this.#many ? words.choose_many : words.choose);
        this.#focus();
      } else if (isRight || this.#is("again")) {
        this.#finish(picked, isRight && this.#is("open"));
      } else {
        this.#tried = picked;
        this.#enter("once");
        const isLacking = picked.every((place) => this.#options[place].isRight);
        this.#say(isLacking ? words.lacking : words.not_quite, words.once_more, this.#look(false));
      }
    }

    /** Whether all that is right is chosen, and nothing else. */
    #isRight(picked) {
      return this.#options.every(({ isRight }, place) => isRight === picked.includes(place));
    }

    #finish(picked, right) {
      const notKept = this.#look(right, picked);
      this.#reveal(picked);
      const marked = this.#many ? words.marked_many : words.marked;
      if (this.#isRight(picked)) this.#say(words.good, notKept);
      else this.#say(picked.length > 0 && words.not_quite, marked, notKept);
      this.#field.dispatchEvent(new CustomEvent("level-one:answered", { bubbles: true, detail: { right } }));
    }

    /** Shows the whole answer, and what was chosen. */
    #reveal(picked) {
      this.#tried = [...this.#tried, ...picked];
      this.#choose(picked);
      this.#enter("done");
    }

    #say(...sentences) {
      this.#status.textContent = sentences.filter(Boolean).join(" ");
    }

    #focus() {
      (this.#options.find(({ input }) => input.checked) ?? this.#options[0]).input.focus();
    }

    /**
     * Once the answer is there, the options are only to read: also with arrow keys, which would choose. And where feedback
     * has moved them, they do not take the second half of a double click.
     */
    #hold(event) {
      const isChoice = event.target.closest(".pick") && !event.target.closest("a");
      if (isChoice && (this.#is("done") || event.detail > 1)) event.preventDefault();
    }

    /** Keeps a look at the question; without chosen options it has no answer yet. */
    #look(right, picked) {
      const look = (record) => globalThis.levelOneReview.look(record, this.#key, right, learning.today());
      return this.#keep((_, record) => ({ ...look(record), picked }));
    }

    /**
     * Changes what is kept of this question.
     * @returns {string | undefined} what to say where nothing can be kept; once a page is enough
     */
    #keep(change) {
      const isKept = this.#home.change((answers, record) => ({
        ...answers,
        [this.#key]: change(answers[this.#key] ?? {}, record),
      }));
      this.#seen = JSON.stringify(this.#kept());
      if (isKept || hasSaidNotKept) return undefined;
      hasSaidNotKept = true;
      return words.not_kept;
    }

    /** The options that are kept as chosen; undefined if there is no answer, or none that can be one. */
    #kept() {
      const picked = this.#home.record().answers?.[this.#key]?.picked;
      const isSound = picked?.every((place) => place < this.#options.length) && (this.#many || picked.length <= 1);
      return isSound ? picked : undefined;
    }

    /** Shows what is kept, if it is not what this page has kept itself. Among questions to come back to, all are open. */
    #follow() {
      const picked = this.#kept();
      const seen = JSON.stringify(picked);
      if (this.#home.isElsewhere || seen === this.#seen) return;
      this.#seen = seen;
      this.ask();
      if (picked) this.#reveal(picked);
    }
  }

  /** The questions of the page that can be answered, by their fieldsets. */
  globalThis.levelOneQuizzes = new Map();
  for (const field of fields) {
    try {
      globalThis.levelOneQuizzes.set(field, new Quiz(field));
    } catch (error) {
      // One question that a theme has built in another way takes no other script along.
      reportError(error);
    }
  }

  // Once a lesson is read, all its questions are known, so that the storage alone tells how many are due.
  document.addEventListener("level-one:done", () => {
    const home = homeOf(fields[0]);
    if (home.isElsewhere || !home.record().done) return;
    const unseen = { right: false, on: learning.today(), step: 0 };
    home.change((answers) => ({ ...Object.fromEntries(home.keys.map((key) => [key, unseen])), ...answers }));
  });
})();
