// A text as the words that are searched for: the rules of `src/search/words.rs`, held to one table of cases,
// `tests/contract/words.json`.

levelOneSearch("engine/words", () => {
  const LONGEST = 48;
  const MOST_JOINED = 4;
  const RUN = /[\p{Alphabetic}\p{N}\p{M}][\p{Alphabetic}\p{N}\p{M}'\u2019\u02bc\uff07]*/gu;
  const NOT_WORD = /[^\p{Alphabetic}\p{N}\p{M}]|\u02bc/gu;
  const ACCENT = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]/g;
  const HYPHEN = /^[-\u2010\u2011]$/;
  const UNSPACED =
    /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  const HAS_UNSPACED = new RegExp(UNSPACED.source, "u");
  const PLAIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };
  const PLAIN_LETTERS = /[ßæœøđðłıþς]/g;

  /** A run in small letters, without accents and apostrophes. */
  const fold = (run) => {
    if (/^[a-z0-9]+$/.test(run)) return run;
    const small = run.normalize("NFKD").toLowerCase().replace(NOT_WORD, "").replace(ACCENT, "");
    return small.replace(PLAIN_LETTERS, (letter) => PLAIN[letter]).normalize("NFC");
  };

  const cut = (word) => (word.length <= LONGEST ? word : [...word].slice(0, LONGEST).join(""));

  /** A single letter by itself; of more, each with the next: each with its place and the number of its letters. */
  const pairs = (run, at) => {
    const letters = [...run];
    if (letters.length === 1) return [{ text: run, at, count: 1 }];
    return letters.slice(1).map((letter, place) => ({ text: letters[place] + letter, at: at + place, count: 2 }));
  };

  /** A folded run in pieces: words, and pairs of letters of scripts without spaces. Places count letters. */
  const pieces = (run) => {
    const found = [];
    const letters = (text) => [...text].length;
    const word = (text, at) => ({ text: cut(text), at, count: letters(text) });
    let from = 0;
    for (const { 0: unspaced, index } of run.matchAll(UNSPACED)) {
      if (index > from) found.push(word(run.slice(from, index), letters(run.slice(0, from))));
      found.push(...pairs(unspaced, letters(run.slice(0, index))));
      from = index + unspaced.length;
    }
    if (from < run.length) found.push(word(run.slice(from), letters(run.slice(0, from))));
    return found;
  };

  /** Where each letter of a run begins, and where the last one ends. */
  const starts = (run) => {
    const found = [0];
    for (const letter of run) found.push(found.at(-1) + letter.length);
    return found;
  };

  /**
   * The words of a text in order: `{ text, start, end, joined, inPairs }`. Places count from 0 in the text; a joined word
   * stands behind the words that hyphens join, and `joined` is their number.
   */
  const split = (text) => {
    const words = [];
    let chain = [];
    const endChain = () => {
      const { length } = chain;
      if (length > 1 && length <= MOST_JOINED && !chain.some((word) => word.inPairs)) {
        const joined = cut(chain.map((word) => word.whole).join(""));
        words.push({ text: joined, start: chain[0].start, end: chain[length - 1].end, joined: length });
      }
      chain = [];
    };
    let before = 0;
    for (const { 0: run, index } of text.matchAll(RUN)) {
      if (!HYPHEN.test(text.slice(before, index))) endChain();
      before = index + run.length;
      const whole = fold(run);
      if (!whole) continue;
      if (/^[a-z0-9]+$/.test(whole)) {
        words.push({ text: cut(whole), start: index, end: before, joined: 0, inPairs: false });
        chain.push({ whole, start: index, end: before, inPairs: false });
        continue;
      }
      const parts = pieces(whole);
      const inPairs = parts.length > 1 || HAS_UNSPACED.test(whole);
      // Where folding has changed the number of letters, a part stands for the run as a whole.
      const at = starts(run);
      const isKept = inPairs && at.length === starts(whole).length;
      for (const { text: part, at: place, count } of parts) {
        const [start, end] = isKept ? [index + at[place], index + at[place + count]] : [index, before];
        words.push({ text: part, start, end, joined: 0, inPairs });
      }
      chain.push({ whole, start: index, end: before, inPairs });
    }
    endChain();
    return words;
  };

  return { split, fold };
});
