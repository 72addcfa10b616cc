// What the forms of a word have in common, so that "declining" finds "declined".
// English: M. F. Porter, "An algorithm for suffix stripping", 1980, with British spellings made American first.

levelOneSearch("engine/stems", () => {
  const V = "[aeiouy]";
  const CC = "[^aeiou][^aeiouy]*";
  const VV = "[aeiouy][aeiou]*";
  const ONE = new RegExp(`^(?:${CC})?${VV}${CC}`);
  const EXACTLY_ONE = new RegExp(`^(?:${CC})?${VV}${CC}(?:${VV})?$`);
  const MORE = new RegExp(`^(?:${CC})?(?:${VV}${CC}){2}`);
  const VOWEL = new RegExp(`^(?:${CC})?${V}`);
  const SHORT_END = new RegExp(`^${CC}${V}[^aeiouwxy]$`);

  /** Words that only look like the plural of another one. */
  const KEPT = new Set(["news", "means"]);

  const BRITISH = [
    [/(..)our(s|ed|ing|able|al|ably|ful|ite|ites)?$/, "$1or$2"],
    [/(..[^aeiou]*)is(e|ed|es|ing|er|ers|ation|ations)$/, "$1iz$2"],
    [/ys(e|ed|es|ing)$/, "yz$1"],
    [/(..)ogue(s?)$/, "$1og$2"],
    [/(...)tre(s?)$/, "$1ter$2"],
    [/ramme(s?)$/, "ram$1"],
  ];
  const SECOND = {
    ational: "ate",
    tional: "tion",
    enci: "ence",
    anci: "ance",
    izer: "ize",
    bli: "ble",
    alli: "al",
    entli: "ent",
    eli: "e",
    ousli: "ous",
    ization: "ize",
    ation: "ate",
    ator: "ate",
    alism: "al",
    iveness: "ive",
    fulness: "ful",
    ousness: "ous",
    aliti: "al",
    iviti: "ive",
    biliti: "ble",
    logi: "log",
  };
  const THIRD = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const SECOND_END = new RegExp(`^(.+?)(${Object.keys(SECOND).join("|")})$`);
  const THIRD_END = new RegExp(`^(.+?)(${Object.keys(THIRD).join("|")})$`);
  const FOURTH_END =
    /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$|^(.+?[st])(ion)$/;

  const english = (word) => {
    if (word.length < 3 || KEPT.has(word) || !/^[a-z]+$/.test(word)) return word;
    let w = word;
    for (const [end, american] of BRITISH) w = w.replace(end, american);
    if (w[0] === "y") w = `Y${w.slice(1)}`;
    w = w.replace(/(ss|i)es$/, "$1").replace(/([^s])s$/, "$1");
    const ee = /^(.+?)eed$/.exec(w);
    const ed = /^(.+?)(ed|ing)$/.exec(w);
    if (ee) {
      if (ONE.test(ee[1])) w = w.slice(0, -1);
    } else if (ed && VOWEL.test(ed[1])) {
      w = ed[1];
      if (/(at|bl|iz)$/.test(w)) w += "e";
      else if (/([^aeiouylsz])\1$/.test(w)) w = w.slice(0, -1);
      else if (SHORT_END.test(w)) w += "e";
    }
    if (/.y$/.test(w) && VOWEL.test(w.slice(0, -1))) w = `${w.slice(0, -1)}i`;
    let end = SECOND_END.exec(w);
    if (end && ONE.test(end[1])) w = end[1] + SECOND[end[2]];
    end = THIRD_END.exec(w);
    if (end && ONE.test(end[1])) w = end[1] + THIRD[end[2]];
    end = FOURTH_END.exec(w);
    if (end && MORE.test(end[1] ?? end[3])) w = end[1] ?? end[3];
    const e = /^(.+)e$/.exec(w)?.[1];
    if (e && (MORE.test(e) || (EXACTLY_ONE.test(e) && !SHORT_END.test(e)))) w = e;
    if (/ll$/.test(w) && MORE.test(w)) w = w.slice(0, -1);
    return w.toLowerCase();
  };

  /** Other languages: what two words share, if that is most of both. */
  const beginning = (word) => (word.length > 5 ? word.slice(0, Math.max(4, word.length - 3)) : word);

  /** How the words of a language are stemmed. */
  const stemmer = (language) => (/^en(-|$)/i.test(language) ? english : beginning);

  return { stemmer };
});
