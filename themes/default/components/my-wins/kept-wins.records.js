// A reader's own wins as they are kept: field "wins", a record a win by its id, with the keys of the build's own files.
// Everything is looked at before it is used, since it may come from a file or anybody's hand.

(() => {
  const MOST = { wins: 2000, title: 200, text: 5000, tags: 30, tag: 60 };

  /** The words that the build takes, see `src/content/win.rs`. */
  const KINDS = ["hire", "reply", "feedback", "process", "skill", "team", "kindness", "milestone"];
  const THANKED_BY = ["candidate", "hiring manager", "interviewer", "colleague", "leader", "team", "other"];

  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const text = (most) => (value) =>
    typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, most) : undefined;
  const one = (known) => (value) => (known.includes(value) ? value : undefined);
  const slug = (value) =>
    typeof value === "string" && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 200 ? value : undefined;

  const date = (value) => {
    const [, month, day] = /^(\d{4}-(?:0[1-9]|1[0-2]))(-\d\d)?$/.exec(value) ?? [];
    if (!month) return undefined;
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    return day === undefined || (Number(day.slice(1)) >= 1 && Number(day.slice(1)) <= last) ? value : undefined;
  };

  const map = (fields) => (value) => {
    if (!isMap(value)) return undefined;
    const sound = Object.entries(fields).map(([name, clean]) => [name, clean(value[name])]);
    return sound.every(([, own]) => own !== undefined) ? Object.fromEntries(sound) : undefined;
  };

  const EVIDENCE = { kind: text(20), file: text(500), alt: text(500), redacted: text(5) };
  const evidence = (value) => {
    if (!isMap(value)) return undefined;
    const sound = Object.entries(EVIDENCE).map(([name, clean]) => [name, clean(value[name])]);
    return Object.fromEntries(sound.filter(([, own]) => own !== undefined));
  };

  const tags = (value) => {
    const sound = (Array.isArray(value) ? value : [value]).map(text(MOST.tag)).filter(Boolean);
    return sound.length > 0 ? [...new Set(sound)].slice(0, MOST.tags) : undefined;
  };

  /** The keys of a win, in the order in which they are written. */
  const KEYS = {
    title: text(MOST.title),
    date,
    kind: one(KINDS),
    what: text(MOST.text),
    my_part: text(MOST.text),
    impact: text(MOST.text),
    metric: map({ name: text(MOST.title), before: text(MOST.tag), after: text(MOST.tag) }),
    thanked_by: one(THANKED_BY),
    words: text(MOST.text),
    learned: text(MOST.text),
    tags,
    lesson: slug,
    reply: slug,
    evidence,
    visibility: one(["private", "team", "public"]),
    checked: one(["yes", "no", "true", "false"]),
  };
  const NEEDED = ["title", "date", "what"];

  /** A win with what is sound in it; undefined where one is missing that must be there. */
  const clean = (value) => {
    if (!isMap(value)) return undefined;
    const sound = {};
    for (const [name, check] of Object.entries(KEYS)) {
      const own = Object.hasOwn(value, name) ? check(value[name]) : undefined;
      if (own !== undefined) sound[name] = own;
    }
    if (Number.isFinite(value.at) && value.at > 0) sound.at = value.at;
    return NEEDED.every((name) => name in sound) ? sound : undefined;
  };

  const cleanAll = (value) => {
    const entries = isMap(value) ? Object.entries(value) : [];
    const sound = entries.map(([id, win]) => [slug(id), clean(win)]).filter(([id, win]) => id && win);
    return Object.fromEntries(sound.slice(0, MOST.wins));
  };

  /** The id that the build gives a win, as far as letters of other scripts allow. */
  const idOf = ({ date: day, title }) => {
    const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");
    const words = plain.split(/[^a-z0-9]+/).filter(Boolean);
    return [day, ...words].join("-").slice(0, 120).replace(/-+$/, "");
  };

  const same = (win, other) => {
    const plain = ({ at, ...rest }) => JSON.stringify(Object.entries(rest).sort());
    return plain(win) === plain(other);
  };

  /** Adds wins to others, of which none is lost: one that is there is not added again, another of its id gets a new one. */
  const merge = (ours, theirs) => {
    const both = { ...ours };
    for (const [id, win] of Object.entries(theirs)) {
      let free = id;
      for (let number = 2; Object.hasOwn(both, free) && !same(both[free], win); number++) free = `${id}-${number}`;
      if (!Object.hasOwn(both, free)) both[free] = win;
    }
    return both;
  };

  globalThis.levelOneWins = {
    KEYS: Object.keys(KEYS),
    NEEDED,
    /** Whether a value of a key is sound. */
    isSound: (key, value) => KEYS[key](value) !== undefined,
    clean,
    cleanAll,
    idOf,
    merge,
    slug,
    all: () => cleanAll(globalThis.levelOneKept.get("wins")),
  };
})();
