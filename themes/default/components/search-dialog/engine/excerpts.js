// The texts of pages: where the words of a query stand side by side, and the lines that show them.

levelOneSearch("engine/excerpts", ({ part }) => {
  const { split } = part("words");
  /** How many words an excerpt shows: about two lines. */
  const WORDS = 26;
  /** How many of them stand before the first word that was found. */
  const BEFORE = 6;

  /** A text with its words, and the places of each word among them; those that hyphens make are left out. */
  const indexed = (text) => {
    const words = split(text).filter((word) => !word.joined);
    const places = new Map();
    words.forEach((word, at) => {
      const known = places.get(word.text);
      if (known) known.push(at);
      else places.set(word.text, [at]);
    });
    return { text, words, places };
  };

  /** A section of a text file, made ready when it is first asked for. */
  const ready = (section) => {
    section.ready ??= { id: section[0], heading: indexed(section[1]), body: indexed(section[2]) };
    return section.ready;
  };

  /**
   * How many words of the query follow each other in a text, as a part of how many could. `groups` holds the forms of
   * each word of the query, in order; of one that is not typed to its end, how it `begins`.
   */
  const sideBySide = ({ words, places }, groups) => {
    let best = 0;
    let before = new Map();
    for (const group of groups) {
      const now = new Map();
      if (group.begins) {
        for (const [at, run] of before) {
          if (!words[at + 1]?.text.startsWith(group.begins)) continue;
          now.set(at + 1, run + 1);
          best = Math.max(best, run + 1);
        }
      }
      for (const word of group.begins ? [] : group) {
        for (const at of places.get(word) ?? []) {
          const run = (before.get(at - 1) ?? 0) + 1;
          now.set(at, run);
          if (run > best) best = run;
        }
      }
      before = now;
    }
    return Math.max(0, best - 1) / (groups.length - 1);
  };

  /** The part of a text that shows most of the words: `[{ text, found }]`. */
  const excerpt = ({ text, words, places }, forms) => {
    const found = [...forms].flatMap((form) => (places.get(form) ?? []).map((at) => ({ at, form })));
    found.sort((one, other) => one.at - other.at);
    let start = 0;
    let most = 0;
    found.forEach(({ at }, number) => {
      const seen = new Set();
      for (let next = number; next < found.length && found[next].at < at + WORDS - BEFORE; next++) {
        seen.add(found[next].form);
      }
      if (seen.size <= most) return;
      most = seen.size;
      // The excerpt begins with the text, or with the block that the word stands in, if that is near.
      start = at > BEFORE ? at : 0;
      while (start > at - BEFORE && start > 0 && !text.slice(words[start - 1].end, words[start].start).includes("\n")) {
        start -= 1;
      }
    });
    const end = Math.min(words.length, start + WORDS);
    if (end === 0) return [];
    /** A part of the text on one line: its blocks are lines of their own. */
    const shown = (first, last) =>
      text.slice(first, last).replace(/\n/g, (_, at) => (/[\s\p{P}]/u.test(text[first + at - 1] ?? " ") ? " " : " · "));
    const pieces = start > 0 ? [{ text: "… ", found: false }] : [];
    let from = start > 0 ? words[start].start : 0;
    for (const { at } of found) {
      if (at < start || at >= end || words[at].end <= from) continue;
      const between = shown(from, words[at].start);
      const last = pieces.at(-1);
      const word = text.slice(Math.max(from, words[at].start), words[at].end);
      // What a space or a hyphen joins is marked as one, and so are pairs of letters.
      if (last?.found && /^[ -]?$/.test(between)) last.text += between + word;
      else {
        if (between) pieces.push({ text: between, found: false });
        pieces.push({ text: word, found: true });
      }
      from = words[at].end;
    }
    const rest = end < words.length ? `${shown(from, words[end - 1].end)} …` : shown(from, text.length);
    if (rest) pieces.push({ text: rest, found: false });
    return pieces;
  };

  return { indexed, ready, sideBySide, excerpt };
});
