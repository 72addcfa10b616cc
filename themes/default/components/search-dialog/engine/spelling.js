// Words that a word with a typing error may have been meant for.

levelOneSearch("engine/spelling", ({ part }) => {
  const { firstFrom } = part("store");
  /** The most candidates that are searched for. */
  const MOST = 3;
  const SHORTEST_HALF = 3;

  /** How many errors a word of this length may have. */
  const errorsIn = (length) => (length < 4 ? 0 : length < 8 ? 1 : 2);

  /** Which letters a word has, as bits. */
  const letters = (word) => {
    let bits = 0;
    for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
    return bits;
  };

  const countBits = (bits) => {
    let count = 0;
    for (let rest = bits; rest; rest &= rest - 1) count += 1;
    return count;
  };

  /**
   * The number of letters to add, drop, change or swap with the next, or more than `most`
   * (Damerau, optimal string alignment). With `open`, the other word may go on.
   */
  const distance = (one, other, most, open) => {
    let older = [];
    let before = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let row = 1; row <= one.length; row++) {
      const now = [row];
      let least = row;
      for (let at = 1; at <= other.length; at++) {
        const same = one[row - 1] === other[at - 1];
        let best = Math.min(before[at] + 1, now[at - 1] + 1, before[at - 1] + (same ? 0 : 1));
        if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
          best = Math.min(best, older[at - 2] + 1);
        }
        now[at] = best;
        least = Math.min(least, best);
      }
      if (least > most) return most + 1;
      [older, before] = [before, now];
    }
    return open ? Math.min(...before.slice(Math.max(0, one.length - most))) : before[other.length];
  };

  /** Opens a list of words, each with how many pages have it, as a power of two. */
  const open = ({ words, pages }) => {
    /** The nearest words, with at most so many errors, best first. With `prefix`, the word may not be typed to its end. */
    const nearest = (word, errorsWanted, prefix) => {
      const most = Math.min(errorsWanted, errorsIn(word.length));
      if (most === 0 || /\d/.test(word)) return [];
      const own = letters(word);
      const search = (isOpen) => {
        const found = [];
        words.forEach((other, at) => {
          const longer = other.length - word.length;
          if (longer < -most || (!isOpen && longer > most)) return;
          const missing = countBits(own & ~letters(other));
          if (missing > most) return;
          const errors = distance(word, other, most, isOpen);
          if (errors > most) return;
          const begins = word[0] === other[0] ? 1 : 0;
          found.push({ other, score: pages[at] / 2 + begins - 4 * errors - (isOpen ? Math.max(0, longer) / 4 : 0) });
        });
        return found
          .sort((one, next) => next.score - one.score)
          .slice(0, MOST)
          .map(({ other }) => other);
      };
      const whole = search(false);
      return whole.length > 0 || !prefix ? whole : search(true);
    };

    /** Two known words that were written as one. */
    const halves = (word) => {
      const known = (text) => words[firstFrom(words, text)] === text;
      for (let at = SHORTEST_HALF; at <= word.length - SHORTEST_HALF; at++) {
        const two = [word.slice(0, at), word.slice(at)];
        if (two.every(known)) return two;
      }
      return undefined;
    };

    return { nearest, halves };
  };

  return { open };
});
