// A copy of everything that is kept, as one file, and how it comes back: what of it is believed, and what becomes of two
// states of the same thing. A file may come from anybody's hand.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning, levelOneWins: wins } = globalThis;

  /** The form of the file, and the newest form of what is in it. */
  const VERSION = { file: 1, kept: 2 };
  /** What the file is known by. */
  const MARK = "level-one";
  /** The longest note that can be written: two that are longer together stay two. */
  const LONGEST = 20_000;

  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const isText = (value) => typeof value === "string" && value.length <= 500;
  const isFlag = (value) => typeof value === "boolean";
  const isName = (value) => typeof value === "string" && value.length <= 200;
  const isNumber = (value) => Number.isFinite(value) && value > 0;

  const nonEmpty = (map) => (Object.keys(map).length > 0 ? map : undefined);

  /** A check for a map: what is sound in it; undefined where one is missing that must be there, or all are. */
  const record = (checks, needed) => (value) => {
    if (!isMap(value)) return undefined;
    const sound = Object.entries(checks).filter(([name, is]) => Object.hasOwn(value, name) && is(value[name]));
    if (!sound.some(([name]) => name === (needed ?? name))) return undefined;
    return Object.fromEntries(sound.map(([name]) => [name, value[name]]));
  };

  /** Theirs under names of their own, where a note of here is another one and both are too long for one. */
  const apart = (ours, theirs) => {
    const clash = (one, other) =>
      one.length + other.length + 2 > LONGEST && !one.includes(other) && !other.includes(one);
    const renamed = Object.entries(theirs).map(([slug, { notes, ...others }]) => {
      const mine = (Object.hasOwn(ours, slug) && ours[slug].notes) || {};
      const own = new Map();
      for (const [name, note] of Object.entries(notes ?? {})) {
        let free = name;
        while (own.has(free) || (Object.hasOwn(mine, free) && clash(mine[free].text, note.text))) free += "+";
        own.set(free, note);
      }
      return [slug, { ...others, ...(notes && { notes: Object.fromEntries(own) }) }];
    });
    return Object.fromEntries(renamed);
  };

  /**
   * Every field that this guide keeps: what of a value is sound, undefined for nothing, and what becomes of the sound
   * value of here and that of the copy. Of a choice it is the one of here.
   */
  const FIELDS = {
    theme: { sound: (value) => (["light", "dark"].includes(value) ? value : undefined) },
    keys: { sound: (value) => (value === false ? value : undefined) },
    pacer: {
      sound: record({ hold: isFlag, pace: isNumber, sound: isFlag, vibration: isFlag, announce: isFlag }, "pace"),
    },
    you: { sound: record({ my_name: isName, company: isName }) },
    last: {
      sound: record(
        { lesson: isText, title: isText, section: isText, heading: isText, left: isNumber, read: isFlag, at: isNumber },
        "lesson",
      ),
      merge: (ours, theirs) => ((theirs.at ?? 0) > (ours.at ?? 0) ? theirs : ours),
    },
    notToday: { sound: (value) => (isText(value) ? learning.cleanDays([value])[0] : undefined) },
    days: {
      sound: (value) => (Array.isArray(value) ? learning.cleanDays(value) : undefined),
      merge: (ours, theirs) => learning.cleanDays([...ours, ...theirs]),
    },
    wins: {
      sound: (value) => (isMap(value) ? nonEmpty(wins.cleanAll(value)) : undefined),
      merge: (ours, theirs) => wins.merge(ours, theirs),
    },
    lessons: {
      sound: (value) => (isMap(value) ? learning.cleanLessons(value) : undefined),
      merge: (ours, theirs) => learning.mergeLessons(ours, apart(ours, theirs)),
    },
    // What could not be read is nobody's, and nobody's to throw away.
    unreadable: {
      sound: (value) => (typeof value === "string" ? value : undefined),
      merge: (ours, theirs) => (ours.includes(theirs) ? ours : `${ours}\n${theirs}`),
    },
  };

  globalThis.levelOneCopies = {
    /** The sound value of a field, undefined for none; what this guide does not know is nobody's to judge. */
    sound(all, name) {
      if (!Object.hasOwn(all, name)) return undefined;
      return Object.hasOwn(FIELDS, name) ? FIELDS[name].sound(all[name]) : all[name];
    },

    /** Whether this guide knows a field. */
    isKnown: (name) => name === "version" || Object.hasOwn(FIELDS, name),

    /** The text of a copy of all that is kept now, also of what this guide does not know or cannot read. */
    write() {
      const { guide } = document.documentElement.dataset;
      const copy = { version: VERSION.file, id: guide, saved: learning.today(), kept: kept.all() };
      return JSON.stringify({ [MARK]: copy }, undefined, 1);
    },

    /**
     * What a text says, if it is that of a copy.
     * @param {string} text
     * @returns {{fault: "broken" | "foreign" | "newer"} | {id: string, kept: Record<string, unknown>}}
     */
    read(text) {
      let copy;
      try {
        copy = JSON.parse(text)?.[MARK];
      } catch {
        return { fault: "broken" };
      }
      if (!isMap(copy?.kept) || !isText(copy.id) || !Number.isInteger(copy.version)) return { fault: "foreign" };
      if (copy.version > VERSION.file || copy.kept.version > VERSION.kept) return { fault: "newer" };
      return { id: copy.id, kept: copy.kept };
    },

    /**
     * The fields to keep here so that all of a copy is here too. Nothing of here is lost.
     * @param {Record<string, unknown>} ours
     * @param {Record<string, unknown>} theirs
     */
    merge(ours, theirs) {
      const fields = new Map();
      for (const name of Object.keys(theirs)) {
        const [own, other] = [ours, theirs].map((all) => this.sound(all, name));
        if (name === "version" || other === undefined) continue;
        const merge = (Object.hasOwn(FIELDS, name) && FIELDS[name].merge) || ((mine) => mine);
        fields.set(name, own === undefined ? other : merge(own, other));
      }
      return Object.fromEntries(fields);
    },

    /**
     * What is kept, piece by piece: maps by the kind of piece.
     * @returns {Record<string, Map<string, unknown>>}
     */
    pieces(all) {
      const kinds = ["read", "tasks", "answers", "notes", "plans", "wins", "days", "choices"];
      const found = Object.fromEntries(kinds.map((kind) => [kind, new Map()]));
      for (const [slug, lesson] of Object.entries(this.sound(all, "lessons") ?? {})) {
        if (lesson.done) found.read.set(slug, [lesson.title, lesson.module, lesson.done]);
        for (const kind of ["tasks", "answers", "notes", "plans"]) {
          for (const [name, value] of Object.entries(lesson[kind] ?? {})) {
            found[kind].set(JSON.stringify([slug, name]), value);
          }
        }
      }
      for (const [id, win] of Object.entries(this.sound(all, "wins") ?? {})) found.wins.set(id, win);
      for (const day of this.sound(all, "days") ?? []) found.days.set(day, day);
      for (const name of Object.keys(all)) {
        if (["lessons", "wins", "days", "version"].includes(name)) continue;
        const value = this.sound(all, name);
        if (value !== undefined) found.choices.set(name, value);
      }
      return found;
    },
  };
})();
