// Which pages answer a query best, and with which section.

levelOneSearch("engine/ranking", () => {
  const SATURATION = 1.6;
  const IN_ONE_SECTION = 1.25;
  /** From this level on, a word stands in the title and not only in a tag. */
  const TITLE_LEVEL = 6;
  /** From this level on, a word stands in the heading of a section, or very often in its text. */
  const HEADING_LEVEL = 5;
  const IN_HEADING = 1.1;
  /** A title that says a synonym is not the title that was asked for. */
  const SYNONYM_IN_TITLE = 0.75;
  /** Pages that say less than this part of the query are left out where others of their kind say more. */
  const LEAST_SAID = 0.6;
  /** The least number of pages that are looked at section by section. */
  const CANDIDATES = 50;

  const saturated = (weight) => weight / (weight + SATURATION);

  /** The value of a term on every page: of its best place, and in the title; and which form stands in the best place. */
  const valuesOf = (store, term) => {
    const values = new Float32Array(store.pages);
    const titles = new Float32Array(store.pages);
    const best = new Uint16Array(store.pages);
    const byLevel = store.WEIGHTS.map(saturated);
    let pages = 0;
    let own = 0;
    let common = 0;
    term.forms.forEach(({ shard, at, weight, kind }, number) => {
      if (kind === "synonym" && own === 0) own = pages;
      const inTitle = weight * (kind === "synonym" ? SYNONYM_IN_TITLE : 1);
      for (let place = shard.starts[at]; place < shard.starts[at + 1]; place++) {
        const page = shard.pages[place];
        const level = shard.places[place] % 10;
        const value = weight * byLevel[level];
        if (values[page] === 0) pages += 1;
        if (value > values[page]) {
          values[page] = value;
          best[page] = number;
        }
        if (level >= TITLE_LEVEL && inTitle > titles[page] && shard.places[place] < 10) titles[page] = inTitle;
      }
      common = Math.max(common, shard.common.get(at) ?? 0);
    });
    // How rare a word is counts its own forms, if it has any.
    const found = Math.max(own || pages, common);
    const rare = Math.log(1 + (store.pages - found + 0.5) / (found + 0.5));
    return { term, values, titles, best, rare, common: common > 0 };
  };

  /** The places of a form on a page. */
  const placesOn = ({ shard, at }, page, take) => {
    let low = shard.starts[at];
    let high = shard.starts[at + 1];
    const end = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shard.pages[middle] < page) low = middle + 1;
      else high = middle;
    }
    for (; low < end && shard.pages[low] === page; low++) take(shard.places[low]);
  };

  /** Keeps the best pages of those that are offered. */
  const podium = (size) => {
    const pages = [];
    const scores = [];
    return {
      pages,
      scores,
      offer: (page, score) => {
        if (pages.length === size && score <= scores[size - 1]) return;
        let at = pages.length;
        while (at > 0 && scores[at - 1] < score) at -= 1;
        pages.splice(at, 0, page);
        scores.splice(at, 0, score);
        if (pages.length > size) {
          pages.pop();
          scores.pop();
        }
      },
    };
  };

  /**
   * The pages that answer some terms. `isWanted(page)` chooses among them, and `kind` among these. Gives the best ones,
   * `{ page, score, sections, words }`, how many there are, and how many of each kind there would be, and of all.
   */
  const rank = (store, terms, { isWanted, kind, limit }) => {
    const all = terms.map((term) => valuesOf(store, term));
    // Words that stand nearly everywhere, and those that are not typed to their ends, decide only where there is nothing
    // else.
    const rareOnes = all.filter(({ common, term }) => !common && !term.optional);
    const telling = rareOnes.length > 0 ? rareOnes : all;
    const whole = telling.reduce((sum, { rare }) => sum + rare, 0);
    const scores = new Float32Array(store.pages);
    const coverages = new Float32Array(store.pages);
    // How much the best page of each kind says: a kind has its answers whatever the others say.
    const mostOfKind = store.kindNames.map(() => 0);
    for (let page = 0; page < store.pages; page++) {
      let score = 0;
      let said = 0;
      for (const { rare, values } of all) score += rare * values[page];
      if (score === 0 || !isWanted(page)) continue;
      for (const { rare, values } of telling) if (values[page] > 0) said += rare;
      const coverage = said / whole;
      scores[page] = score * coverage * coverage * titleBonus(store, all, page);
      coverages[page] = coverage;
      mostOfKind[store.kinds[page]] = Math.max(mostOfKind[store.kinds[page]], coverage);
    }
    const best = podium(Math.max(limit, CANDIDATES));
    const counts = { all: 0 };
    for (let page = 0; page < store.pages; page++) {
      const number = store.kinds[page];
      if (coverages[page] === 0 || coverages[page] < LEAST_SAID * mostOfKind[number]) continue;
      const name = store.kindNames[number];
      counts[name] = (counts[name] ?? 0) + 1;
      counts.all += 1;
      if (!kind || name === kind) best.offer(page, scores[page]);
    }
    const answers = best.pages.map((page, at) => bySection(store, all, telling, page, best.scores[at]));
    return { answers: answers.sort(byScore), total: counts[kind ?? "all"] ?? 0, counts };
  };

  const byScore = (one, other) => other.score - one.score || one.page - other.page;

  /** What it is worth that the title says every word of the query, the more so if it says nothing else. */
  const titleBonus = (store, all, page) => {
    let title = 0;
    for (const { titles } of all) {
      if (titles[page] === 0) return 1;
      title += titles[page];
    }
    const share = Math.min(1, all.length / Math.max(1, store.titleLengths[page]));
    return 1 + (0.2 + 0.8 * share) * (title / all.length);
  };

  /** A page with the value of each of its sections, where 0 is the title, and the words of each term that it says. */
  const bySection = (store, all, telling, page, score) => {
    const sections = new Map();
    // Where a word that stands nearly everywhere stands is not listed: only the text tells.
    const words = all.map(({ common, term }) => new Set(common ? term.forms.map((form) => form.word) : []));
    all.forEach((value, number) => {
      if (value.values[page] === 0) return;
      const best = new Map();
      const strong = new Set();
      const alike = new Set();
      value.term.forms.forEach((form, place) => {
        // Of the many words with one beginning, only the best is looked at.
        if (form.kind === "prefix" && value.best[page] !== place) return;
        placesOn(form, page, (found) => {
          const section = Math.floor(found / 10);
          const worth = form.weight * saturated(store.WEIGHTS[found % 10]);
          if (worth > (best.get(section) ?? 0)) best.set(section, worth);
          if (found % 10 >= HEADING_LEVEL && form.kind !== "synonym") strong.add(section);
          if (form.kind === "synonym") alike.add(section);
          words[number].add(form.word);
        });
      });
      for (const [section, worth] of best) {
        const known = sections.get(section) ?? { value: 0, said: 0, strong: 0, alike: 0 };
        known.value += value.rare * worth;
        if (alike.has(section)) known.alike += 1;
        if (telling.includes(value)) {
          known.said += 1;
          if (strong.has(section)) known.strong += 1;
        }
        sections.set(section, known);
      }
    });
    let bonus = 1;
    for (const [section, known] of sections) {
      if (section === 0) continue;
      if (known.said === telling.length && telling.length > 1) bonus = Math.max(bonus, IN_ONE_SECTION);
      if (known.strong === telling.length) {
        known.value *= IN_HEADING;
        bonus = Math.max(bonus, telling.length > 1 ? IN_ONE_SECTION * IN_HEADING : IN_HEADING);
      }
    }
    return { page, score: score * bonus, sections, words };
  };

  return { rank, byScore };
});
