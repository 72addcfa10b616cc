// What the reader has done in lessons, and how it is read: field "lessons", a record a lesson by its slug (other pages
// with exercises by "/" and their path), and field "days", the days on which something was done. Everything is looked at
// before it is used, since it may come from a file, another version, or anybody's hand.

(() => {
  const kept = globalThis.levelOneKept;
  const { dataset } = document.documentElement;

  // What one reader may come to, with room. More is not the reader's own doing.
  const MOST = { lessons: 10_000, entries: 500, name: 500, text: 100_000, days: 4_000 };

  const text = (value, most = MOST.name) => (typeof value === "string" ? value.slice(0, most) : undefined);
  const day = (value) => (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined);
  const time = (value) => (Number.isFinite(value) && value > 0 ? value : undefined);
  const whole = (value, most) => (Number.isInteger(value) && value >= 0 && value <= most ? value : undefined);
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  /** A map with every value cleaned, without those of which nothing is left; undefined if it is empty. */
  const map = (value, clean, most = MOST.entries) => {
    if (!isMap(value)) return undefined;
    const entries = Object.entries(value).filter(([name]) => name !== "" && name.length <= MOST.name);
    const sound = entries.map(([name, one]) => [name, clean(one)]).filter(([, one]) => one !== undefined);
    return sound.length > 0 ? Object.fromEntries(sound.slice(0, most)) : undefined;
  };

  /** A record with the named fields cleaned; undefined if one is missing that must be there. */
  const record = (value, fields, required = []) => {
    if (!isMap(value)) return undefined;
    const sound = {};
    for (const [name, clean] of Object.entries(fields)) {
      const one = Object.hasOwn(value, name) ? clean(value[name]) : undefined;
      if (one !== undefined) sound[name] = one;
    }
    return required.every((name) => name in sound) ? sound : undefined;
  };

  const LESSON = {
    title: text,
    module: text,
    // The day on which the reader called it read.
    done: day,
    // Boxes, by their text: whether they are ticked, where that is not as their author has them.
    tasks: (value) => map(value, (one) => (typeof one === "boolean" ? one : undefined)),
    // Notes, by the id of the reflection.
    notes: (value) =>
      map(value, (one) => record(one, { prompt: text, text: (it) => text(it, MOST.text), at: time }, ["text", "at"])),
    // Plans kept, by their words.
    plans: (value) => map(value, (one) => record(one, { if: text, do: text, at: time }, ["if", "do", "at"])),
    // Answers, by the key of the question: the options chosen, whether they were right, the day of the last look, and
    // how many looks in a row were right.
    answers: (value) =>
      map(value, (one) =>
        record(
          one,
          {
            picked: (it) => (Array.isArray(it) ? it.filter((n) => whole(n, 99) !== undefined).slice(0, 99) : undefined),
            right: (it) => (typeof it === "boolean" ? it : undefined),
            on: day,
            step: (it) => whole(it, 9),
          },
          ["right", "on"],
        ),
      ),
  };

  const cleanLesson = (value) => {
    const { title, module, ...done } = record(value, LESSON) ?? {};
    return Object.keys(done).length > 0 ? { title, module, ...done } : undefined;
  };

  const cleanLessons = (value) => map(value, cleanLesson, MOST.lessons) ?? {};

  const cleanDays = (value) =>
    Array.isArray(value) ? [...new Set(value.map(day).filter(Boolean))].sort().slice(-MOST.days) : [];

  const earlier = (one, other) => (one && other ? (one < other ? one : other) : (one ?? other));

  /** One note out of two: the later one, with what only the earlier one said below it. */
  const mergeNotes = (one, other) => {
    const [late, early] = one.at >= other.at ? [one, other] : [other, one];
    if (late.text.includes(early.text)) return late;
    if (early.text.includes(late.text)) return { ...early, at: late.at };
    return { ...late, text: `${late.text}\n\n${early.text}` };
  };

  const mergeMaps = (one = {}, other = {}, merge) => {
    const both = { ...one };
    for (const [name, value] of Object.entries(other)) {
      both[name] = Object.hasOwn(both, name) ? merge(both[name], value) : value;
    }
    return Object.keys(both).length > 0 ? both : undefined;
  };

  /** One record of a lesson out of two, of which nothing is lost. The first is the one of here and now. */
  const mergeLesson = (one, other) =>
    record(
      {
        ...other,
        ...one,
        done: earlier(one.done, other.done),
        tasks: mergeMaps(one.tasks, other.tasks, (mine) => mine),
        notes: mergeMaps(one.notes, other.notes, mergeNotes),
        plans: mergeMaps(one.plans, other.plans, (mine) => mine),
        answers: mergeMaps(one.answers, other.answers, (mine, theirs) => (mine.on >= theirs.on ? mine : theirs)),
      },
      LESSON,
    );

  /** The present day of the reader, as 2026-11-25. */
  const today = (now = new Date()) => {
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };

  const all = () => cleanLessons(kept.get("lessons"));

  /** Gives the records of lessons that have been renamed to the new slug. */
  const followed = (lessons, slug, was) => {
    for (const old of (was ?? "").split(" ").filter((name) => Object.hasOwn(lessons, name))) {
      lessons[slug] = mergeLesson(Object.hasOwn(lessons, slug) ? lessons[slug] : {}, lessons[old]);
      delete lessons[old];
    }
    return lessons;
  };

  globalThis.levelOneLearning = {
    /** The lesson of this page, or the page itself where it is none. */
    here: { slug: dataset.lesson ?? `/${dataset.page}`, was: dataset.was },

    /** The longest note, in characters: several of the longest that can be written, put together. */
    LONGEST_NOTE: MOST.text,

    all,
    today,
    cleanLessons,
    cleanDays,
    mergeLessons: (one, other) => mergeMaps(one, other, mergeLesson) ?? {},

    /** The days on which something was done, in order. */
    days: () => cleanDays(kept.get("days")),

    /**
     * The record of a lesson, also where it was kept under a slug that the lesson had before.
     * @param {string} slug
     * @param {string} [was] slugs with spaces between them
     */
    lesson(slug, was) {
      const lessons = followed(all(), slug, was);
      return Object.hasOwn(lessons, slug) ? lessons[slug] : {};
    },

    /**
     * Changes the record of a lesson, and counts the day as one on which something was done. A change of which nothing
     * is left removes what it can.
     * @param {{slug: string, was?: string, title?: string, module?: string}} lesson
     * @param {(record: Record<string, any>) => void} change
     * @returns {boolean} false where nothing can be kept
     */
    change({ slug, was, ...names }, change) {
      const lessons = followed(all(), slug, was);
      const own = { ...(Object.hasOwn(lessons, slug) ? lessons[slug] : {}), ...names };
      change(own);
      lessons[slug] = own;
      return kept.setAll({ lessons: cleanLessons(lessons), days: cleanDays([...this.days(), today()]) });
    },

    /** Changes the record of this page's lesson. */
    changeHere(change) {
      const title = document.querySelector("h1").textContent.trim();
      return this.change({ ...this.here, title, module: dataset.module }, change);
    },
  };
})();
