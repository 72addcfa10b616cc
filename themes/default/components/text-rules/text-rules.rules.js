// What the build says of a template, said of a reader's own text: the rules are the data of the build, and both are run
// over the same table of cases. Places are counted in units of UTF-16.

(() => {
  const WORD = /[\p{Alphabetic}\p{N}]/u;
  const inside = (letter) => letter !== undefined && WORD.test(letter);
  /** The letter before a place, or at it. */
  const before = (text, at) => [...text.slice(Math.max(at - 2, 0), at)].pop();
  const after = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : undefined);

  /** Where words stand in a text, as whole words; -1 if nowhere. */
  const find = (text, words) => {
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      if (!inside(before(text, at)) && !inside(after(text, at + words.length))) return at;
    }
    return -1;
  };

  /** The first phrase of a list that a text holds, with what is wrong with it. */
  const phrase = (text, list) => {
    for (const { why, words } of list) {
      const found = words.find((one) => find(text, one) >= 0);
      if (found) return { why, words: found };
    }
    return undefined;
  };

  /** A text in small letters, in one line. */
  const plain = (text) => text.toLowerCase().replace(/[\n\r]/g, " ");

  const letters = (text) => [...text].length;

  /**
   * The length of a text in a channel as telephones and sites count it.
   * @returns {{length: number, limit: number | undefined, parts?: number, wide?: string}} `parts`: of a text message;
   *   `wide`: the first sign that makes it one of 70 signs
   */
  const measure = (channel, text, { limits, sms }) => {
    const limit = limits[channel];
    if (channel !== "sms") return { length: letters(text), limit };
    const cost = (letter) => {
      if (/[a-z0-9]/i.test(letter) && letter < "\x7f") return 1;
      if (sms.letters.includes(letter)) return 1;
      return sms.twice.includes(letter) ? 2 : undefined;
    };
    const wide = [...text].find((letter) => cost(letter) === undefined);
    const count = (length, alone, joined) => (length <= alone ? 1 : Math.ceil(length / joined));
    if (wide !== undefined) {
      const alone = Math.floor((limit * sms.ucs2) / sms.gsm7);
      return { length: text.length, limit: alone, parts: count(text.length, sms.ucs2, sms.joined_ucs2), wide };
    }
    const length = [...text].reduce((sum, letter) => sum + cost(letter), 0);
    return { length, limit, parts: count(length, sms.gsm7, sms.joined) };
  };

  /** Question marks outside of placeholders and addresses; several in a row are one. */
  const questions = (text) => {
    const marks = [];
    let isGap = false;
    let last = " ";
    for (let at = 0; at < text.length; at++) {
      const letter = text[at];
      if (letter === "{" && last === "{") isGap = true;
      else if (letter === "}" && last === "}") isGap = false;
      else if ("?？؟".includes(letter) && !isGap && !"?？؟!".includes(last)) {
        const word = text.slice(0, at).split(/\s/).pop();
        if (!word.includes("://") && !word.startsWith("www.")) marks.push(at);
      }
      last = letter;
    }
    return marks;
  };

  /** Where the sentence begins that ends at a place. */
  const sentence = (text, end) => {
    let start = end;
    while (start > 0 && !".!?？؟".includes(text[start - 1])) start--;
    return start + /^\s*/.exec(text.slice(start, end))[0].length;
  };

  /** What a paragraph of a text does that does not say so, by its words: of the moves that the rules are about. */
  const movesOf = (paragraphs, { moves }) =>
    paragraphs.map((paragraph, place) => {
      const text = plain(paragraph);
      const has = (move) => moves[move].some((words) => find(text, words) >= 0);
      const first = text.trimStart();
      const greets = place === 0 && moves.greeting.some((words) => find(first, words) === 0);
      const named = ["thanks", "good-luck"].filter(has);
      // A line of a few words at the end, or at the beginning, is a name.
      const isName = paragraph.trim().length < 40 && !/[.?!]$/.test(paragraph.trim());
      if (named.length > 0) return named;
      if (greets && isName) return ["greeting"];
      return isName && place === paragraphs.length - 1 ? ["sign-off"] : ["other"];
    });

  /**
   * What the rules find in a reply.
   * @param {{text: string, subject?: string, channels?: string[], asks?: boolean, moves?: string[][] | null}} reply
   *   `asks`: whether its reason allows a question; `moves`: what each paragraph does, null where that says nothing;
   *   left out, they are known by their words
   * @param {Record<string, any>} rules
   * @returns {{code: string, start: number, end: number, words?: string, why?: string, n?: number, limit?: number,
   *   channel?: string, wide?: string}[]} in the order of the text
   */
  const check = ({ text, subject = "", channels = [], asks = true, moves }, rules) => {
    const found = [];
    const add = (code, start, end, more) => found.push({ code, start, end, ...more });
    const paragraphs = text.split(/\n(?:[^\S\n]*\n)+/).filter((one) => one.trim());
    const named = moves === undefined ? movesOf(paragraphs, rules) : moves;
    if (named) {
      let at = 0;
      const places = paragraphs.map((one) => {
        const start = text.indexOf(one.trim(), at);
        at = start + one.trim().length;
        return [start, at];
      });
      const own = named.flatMap((all, place) => all.map((move) => [move, places[place]]));
      const frames = (move) => move === "greeting" || move === "sign-off";
      // A text of which nothing is known but that it is short does neither.
      const inner =
        own.every(([move]) => frames(move)) && !moves
          ? own.map(([, place]) => ["other", place])
          : own.filter(([move]) => !frames(move));
      if (inner.length > 0 && inner[0][0] !== "thanks") add("reply-thanks-first", ...inner[0][1]);
      if (inner.length > 0 && inner.at(-1)[0] !== "good-luck") add("reply-luck-last", ...inner.at(-1)[1]);
    }
    const marks = questions(text);
    if (!asks && marks.length > 0) add("reply-questions", marks[0], marks[0] + 1, { n: 0 });
    else if (marks.length > 1) add("reply-questions", marks[1], marks[1] + 1, { n: marks.length });
    for (const mark of marks) {
      const start = sentence(text, mark);
      const asked = phrase(plain(text.slice(start, mark + 1)), rules.forbidden);
      if (asked) add("reply-question-forbidden", start, mark + 1, asked);
    }
    const low = plain(text);
    for (const { why, words: list } of rules.pressure) {
      for (const words of list) {
        const at = find(low, words);
        const [start, end] = low.length === text.length ? [at, at + words.length] : [0, text.length];
        if (at >= 0) add("reply-pressure", start, end, { words, why });
      }
    }
    const pressed = phrase(plain(subject), rules.pressure);
    if (pressed) add("reply-pressure", 0, 0, { ...pressed, inSubject: true });
    let strictest;
    for (const channel of channels.filter((one) => rules.limits[one] !== undefined)) {
      const { length, limit, wide } = measure(channel, text, rules);
      if (length > limit && !(strictest?.limit <= limit)) strictest = { n: length, limit, channel, wide };
    }
    if (strictest) add("reply-too-long", 0, text.length, strictest);
    if (channels.includes("inmail") && letters(subject) > rules.inmail_subject) {
      add("reply-too-long", 0, 0, { n: letters(subject), limit: rules.inmail_subject, inSubject: true });
    }
    const personal = { ...rules.personal, allow: rules.allow };
    for (const { kind, start, end } of data(text, personal)) add("personal-data", start, end, { kind });
    for (const { kind } of data(subject, personal)) add("personal-data", 0, 0, { kind, inSubject: true });
    return found.sort((one, other) => one.start - other.start);
  };

  /** The text with allowed phrases blanked out, so that places stay. */
  const withoutAllowed = (text, allow = []) =>
    allow.filter(Boolean).reduce((rest, words) => rest.replaceAll(words, ".".repeat(words.length)), text);

  /** What a word looks like. */
  const kindOf = (word, { profiles }) => {
    if (!/[@/]/.test(word)) return undefined;
    const low = word.toLowerCase();
    if (low.includes("@")) {
      const at = low.indexOf("@");
      const host = low.slice(at + 1);
      if (at === 0) return /^[\p{Alphabetic}\p{N}_]{2}/u.test(host) ? "handle" : undefined;
      const dot = host.indexOf(".");
      return dot > 0 && new TextEncoder().encode(host.slice(dot + 1)).length >= 2 ? "email" : undefined;
    }
    const leads = (profile) => {
      const at = low.indexOf(profile);
      return at >= 0 && (at === 0 || !inside(before(low, at))) && low.length > at + profile.length;
    };
    return profiles.some(leads) ? "profile" : undefined;
  };

  /** Runs of digits that are long enough for a telephone number, and no years, dates or sums. */
  const numbers = (text, least) => {
    const found = [];
    for (const match of text.matchAll(/[\d+][\d \-()./+]*/g)) {
      const run = match[0].replace(/\D+$/, "");
      const groups = run.split(/\D+/).filter(Boolean);
      const digits = groups.join("").length;
      const isDate = groups.length === 3 && groups.some((group) => group.length === 4) && digits === 8;
      const areYears = groups.every((group) => /^(19|20)..$/.test(group));
      const isSum =
        groups.length > 1 &&
        groups[0].length <= 3 &&
        !/^[0+]/.test(run) &&
        !/[-(/]/.test(run) &&
        groups.slice(1).every((group) => group.length === 3);
      const isYear = (group) => /^20..$/.test(group);
      const isDay = groups.slice(0, 3).some(isYear) && groups.filter((group) => group.length > 2).length === 1;
      const isStandard = groups.length === 2 && isYear(groups[1]);
      if (digits >= least && !isDate && !areYears && !isSum && !isDay && !isStandard) {
        found.push([match.index, match.index + run.length]);
      }
    }
    return found;
  };

  /** What looks like an address, a handle, a profile or a telephone number. */
  const data = (text, rules) => {
    const bare = withoutAllowed(text, rules.allow);
    const found = [];
    let at = 0;
    for (const word of bare.match(/[^\s<>()[\]{},;"“”]*[\s<>()[\]{},;"“”]?/g)) {
      const own = word.replace(/[^\p{Alphabetic}\p{N}/]+$/u, "");
      const kind = kindOf(own, rules);
      if (kind) found.push({ kind, start: at, end: at + own.length });
      at += word.length;
    }
    for (const [start, end] of numbers(bare, rules.least_digits)) {
      if (!found.some((other) => other.start <= start && end <= other.end)) found.push({ kind: "phone", start, end });
    }
    return found;
  };

  const isCapitalised = (word) => /^\p{Uppercase}\p{Lowercase}/u.test(word);

  /** Two capitalised words in a row, which may be a name. */
  const name = (text, { allow, common }) => {
    const bare = withoutAllowed(text, allow).replace(/[\n\r]/g, " ");
    const long = bare.split(/\s+/).filter((word) => letters(word) > 3);
    if (long.length > 3 && long.every(isCapitalised)) return [];
    let first;
    let at = 0;
    for (const word of bare.match(/[^ ]* |[^ ]+$/g) ?? []) {
      const own = word.replace(/^[^\p{Alphabetic}\p{N}]+|[^\p{Alphabetic}\p{N}]+$/gu, "");
      if (own) {
        const start = at + word.indexOf(own);
        const startsPhrase = !WORD.test(after(word.trimStart(), 0));
        if (!isCapitalised(own)) first = undefined;
        else if (first !== undefined && !startsPhrase) return [{ kind: "name", start: first, end: start + own.length }];
        else first = /[.!?:;,]$/.test(word.trimEnd()) || common.includes(own) ? undefined : start;
      }
      at += word.length;
    }
    return [];
  };

  globalThis.levelOneRules = {
    check,
    measure,

    /**
     * What in a text may tell of a person.
     * @param {string} text
     * @param {{profiles: string[], least_digits: number, common: string[], allow: string[]}} rules
     * @returns {{kind: "email" | "handle" | "profile" | "phone" | "name", start: number, end: number}[]}
     */
    personal: (text, rules) => [...data(text, rules), ...name(text, rules)],
  };
})();
