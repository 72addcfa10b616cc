// Finds pages by words: what the dialog asks.

levelOneSearch("engine/find", ({ part }) => {
  const { rank, byScore } = part("ranking");
  const { indexed, ready, sideBySide, excerpt } = part("excerpts");

  /** So many answers are looked at with their texts. */
  const LOOKED_AT = 7;
  /** How much it counts that words stand side by side. */
  const SIDE_BY_SIDE = 1;
  /** How near that is to the words themselves. */
  const ALIKE = 0.75;
  /** How much it counts that a heading says all of the query and nothing else. */
  const HEADING = 0.3;

  /** Opens the search of a site. `load(name)` gives the data of a file of `search/`. */
  const open = async (load) => {
    const store = await part("store").open(load);
    const terms = part("terms").open(store, part("stems").stemmer(store.language));

    /** Puts answers whose texts say the words side by side first, and picks the section of each. */
    const withText = async ({ words, sections, ...answer }, queried) => {
      const group = (own, at) => (queried[at].optional ? { begins: queried[at].word } : own);
      const groups = words.map(group).filter((own) => own.begins || own.size > 0);
      const near = (text) => (groups.length > 1 ? sideBySide(text, groups) ** 2 : 0);
      const label = await store.label(answer.page);
      const text = await store.text(label);
      const title = indexed(label.title);
      // What says a synonym of the whole query says all of its words side by side.
      const alike = (number) => (words.length > 1 && sections.get(number)?.alike === words.length ? ALIKE : 0);
      let most = (1 + SIDE_BY_SIDE * Math.max(near(title), alike(0))) * headingBonus(title, groups);
      let section = 0;
      let best = (sections.get(0)?.value ?? 0) * most;
      for (const [number, { value }] of sections) {
        const content = number > 0 && text.sections[number - 1];
        if (!content) continue;
        const { heading, body } = ready(content);
        const nearHere = Math.max(near(heading), near(body), alike(number));
        const bonus = (1 + SIDE_BY_SIDE * nearHere) * headingBonus(heading, groups);
        most = Math.max(most, bonus);
        const worth = value * bonus;
        if (worth > best) {
          best = worth;
          section = number;
        }
      }
      return { ...answer, words, label, text, section, score: answer.score * most };
    };

    /** What it is worth that a heading says every word, the more so if it says nothing else. */
    const headingBonus = ({ words, places }, groups) => {
      const begins = (start) => words.some((word) => word.text.startsWith(start));
      const says = (group) => (group.begins ? begins(group.begins) : [...group].some((word) => places.has(word)));
      return groups.every(says) ? 1 + HEADING * Math.min(1, groups.length / Math.max(1, words.length)) : 1;
    };

    const hitOf = ({ page, label, text, section, words }) => {
      const { id, heading, body } = ready(text.sections[Math.max(0, section - 1)] ?? ["", "", ""]);
      return {
        address: label.address,
        section: section > 0 ? id : "",
        title: label.title,
        heading: section > 0 ? heading.text : "",
        trail: label.trail,
        kind: store.kindNames[store.kinds[page]],
        excerpt: excerpt(body, new Set(words.flatMap((group) => [...group]))),
        copy: text.copy,
      };
    };

    /** A term of a row of synonyms that was not typed. */
    const otherTerm = ({ row, said }) => {
      const all = store.synonyms[row].map((term) => term.join(" "));
      const bare = (term) => term.replaceAll(" ", "");
      return all.find((term) => !bare(said).includes(bare(term)) && !bare(term).includes(bare(said)));
    };

    /**
     * The best answers to a query. `kind` and `tag` choose among them, `limit` says how many are wanted.
     * Gives `{ hits, total, counts, corrected, also }`: the counts are those of each kind, and of `all`.
     */
    const find = async (query, { kind, tag, limit = LOOKED_AT } = {}) => {
      const parsed = await terms.parse(query);
      const { corrected, also } = parsed;
      if (parsed.terms.length === 0)
        return { hits: [], total: 0, counts: { all: 0 }, corrected, also: [], empty: query.trim() === "" };
      const tagged = tag ? (store.tags.get(tag) ?? new Set()) : undefined;
      const isWanted = (page) => !tagged || tagged.has(page);
      const { answers, total, counts } = rank(store, parsed.terms, { isWanted, kind, limit });
      const shown = answers.slice(0, Math.max(limit, LOOKED_AT));
      const looked = await Promise.all(shown.map((answer) => withText(answer, parsed.terms)));
      const first = looked.slice(0, LOOKED_AT).sort(byScore);
      const hits = [...first, ...looked.slice(LOOKED_AT)].slice(0, limit).map(hitOf);
      return { hits, total, counts, corrected, also: also.map(otherTerm).filter(Boolean) };
    };

    return { find, kinds: store.kindNames, tags: [...store.tags.keys()] };
  };

  return { open };
});
