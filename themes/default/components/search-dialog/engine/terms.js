// A query as terms: each word with the forms of it that the index knows, and what each form is worth.

levelOneSearch("engine/terms", ({ part }) => {
  const { split } = part("words");
  const { firstFrom } = part("store");

  const SAME_STEM = 0.85;
  const JOINED = 0.95;
  const SYNONYM = 0.75;
  const TYPO = 0.6;
  /** A beginning is worth the more, the more of the word is typed: from .45 to .8. */
  const beginning = (typed, word) => 0.45 + 0.35 * (typed.length / word.length);
  /** The most shards that are loaded for words that begin with what was typed. */
  const MOST_SHARDS = 2;
  /** What the forms of a word end in: they may stand in the shard before or behind. */
  const ENDINGS = ["", "ed", "es", "ing", "s"];
  /** Fewer letters than this begin too many words. */
  const SHORT = 3;
  /** The longest query, in characters. */
  const MOST_LETTERS = 1000;
  /** The most words of a query; what is more says nothing new. */
  const MOST_WORDS = 16;
  /** The longest term of a row of synonyms, in words. */
  const LONGEST_SYNONYM = 5;

  const shared = (one, other) => {
    let at = 0;
    while (at < one.length && one[at] === other[at]) at += 1;
    return one.slice(0, at);
  };

  /** Opens the terms of a store. */
  const open = (store, stem) => {
    // The rows of synonyms by the stems of a term.
    const rows = new Map();
    store.synonyms.forEach((row, number) => {
      for (const term of row) {
        const key = term.map(stem).join(" ");
        const known = rows.get(key) ?? [];
        rows.set(key, known.includes(number) ? known : [...known, number]);
      }
    });

    const form = (shard, at, weight, kind) => ({ shard, at, weight, kind, word: shard.words[at] });

    const exactly = (shard, word, weight, kind) => {
      const at = firstFrom(shard.words, word);
      return shard.words[at] === word ? [form(shard, at, weight, kind)] : [];
    };

    /** The shards that may hold forms of a word. */
    const shardsOf = (word, low, prefix) => {
      const places = new Set([store.shardOf(word)]);
      for (const ending of ENDINGS) places.add(store.shardOf(low + ending));
      if (prefix) for (const place of store.shardsFrom(word, `${word}\uffff`).slice(0, MOST_SHARDS)) places.add(place);
      return [...places];
    };

    /** The forms of a word: itself, words of the same stem, and words that begin with it where `prefix` says so. */
    const formsOf = async (word, prefix) => {
      const own = stem(word);
      const low = word.length < 4 ? word : shared(word, own);
      const loaded = await Promise.all(shardsOf(word, low, prefix).map((shard) => store.shard(shard)));
      const forms = [];
      for (const shard of loaded) {
        if (!shard) continue;
        for (let at = firstFrom(shard.words, low); at < shard.words.length; at++) {
          const other = shard.words[at];
          if (!other.startsWith(low)) break;
          if (other === word) forms.push(form(shard, at, 1, "exact"));
          else {
            shard.stems[at] ??= stem(other);
            if (shard.stems[at] === own && word.length > 2) forms.push(form(shard, at, SAME_STEM, "stem"));
            else if (prefix && other.startsWith(word)) forms.push(form(shard, at, beginning(word, other), "prefix"));
          }
        }
      }
      return forms;
    };

    /** Where terms of rows of synonyms stand; one within a longer one says something else. */
    const synonymsIn = (terms) => {
      const stems = terms.map((term) => term.stem);
      const found = [];
      for (let from = 0; from < terms.length; from++) {
        for (let to = from + 1; to <= Math.min(terms.length, from + LONGEST_SYNONYM); to++) {
          const own = rows.get(stems.slice(from, to).join(" "));
          if (own) found.push({ from, to, rows: own });
        }
      }
      const isWithin = (one, other) => one !== other && other.from <= one.from && one.to <= other.to;
      return found.filter((one) => !found.some((other) => isWithin(one, other)));
    };

    /** Adds the rows of synonyms in which some neighbouring words stand, and tells which. */
    const addSynonyms = async (terms) => {
      const also = [];
      for (const { from, to, rows: own } of synonymsIn(terms)) {
        const span = terms.slice(from, to);
        for (const row of own) {
          const name = `#${row}`;
          const shard = await store.shard(store.shardOf(name));
          const forms = shard ? exactly(shard, name, SYNONYM, "synonym") : [];
          if (forms.length === 0) continue;
          for (const term of span) term.forms.push(...forms);
          if (also.every((other) => other.row !== row))
            also.push({ row, said: span.map((term) => term.word).join(" ") });
        }
      }
      return also;
    };

    /** The best words that a word may have been meant for, or two words that it is made of. */
    const meant = async (word, prefix) => {
      const { nearest, halves } = part("spelling").open(await store.spelling());
      const near = nearest(word, 1, prefix);
      const two = near.length > 0 ? undefined : halves(word);
      if (two) return { words: two };
      const far = near.length > 0 ? near : nearest(word, 2, prefix);
      return far.length > 0 ? { words: far.slice(0, 1), near: far } : undefined;
    };

    /** One or two letters: words of titles that begin with them. */
    const beginningOf = async (letters, optional) => {
      const titles = await store.titlesWith(letters);
      const forms = titles.words.map((word, at) =>
        form(titles, at, beginning(letters, word) + (word === letters ? 0.2 : 0), "prefix"),
      );
      return forms.length > 0
        ? { word: letters, stem: letters, forms, optional }
        : { ...(await termOf(letters, false)), optional };
    };

    const termOf = async (word, prefix) => ({ word, stem: stem(word), forms: await formsOf(word, prefix) });

    /** The terms of a query; `corrected` is what was meant instead, if it is not empty, `also` the rows of synonyms that were searched. */
    const parse = async (query) => {
      const words = split(query.slice(0, MOST_LETTERS)).slice(0, MOST_WORDS * 2);
      const spoken = words.filter((word) => !word.joined).slice(0, MOST_WORDS);
      const complete = /[\s\p{P}]$/u.test(query);
      const last = spoken.length - 1;
      let terms = await Promise.all(
        spoken.map(async ({ text, inPairs, start, end }, at) => {
          const isOpen = at === last && !complete;
          const isShort = isOpen && text.length < SHORT && !inPairs;
          return { ...(await (isShort ? beginningOf(text, last > 0) : termOf(text, isOpen))), start, end };
        }),
      );
      terms = terms.filter((term) => !term.optional || term.forms.length > 0);
      await addJoined(terms, words);
      let also = await addSynonyms(terms);
      const mended = [];
      let corrected = "";
      let written = 0;
      for (const [at, term] of terms.entries()) {
        const isUnknown = term.forms.length === 0 && term.word.length > 3;
        const meantFor = isUnknown ? await mend(term, at === last && !complete) : [term];
        if (meantFor[0] !== term) {
          corrected += query.slice(written, term.start) + meantFor.map(({ word }) => word).join(" ");
          written = term.end;
        }
        mended.push(...meantFor);
      }
      if (corrected) {
        corrected += query.slice(written);
        terms = mended;
        for (const term of terms) term.forms = term.forms.filter((form) => form.kind !== "synonym");
        also = await addSynonyms(terms);
      }
      return { terms, corrected, also };
    };

    /** What hyphens join, or could join, is one word too. */
    const addJoined = async (terms, words) => {
      for (const word of words.filter((word) => word.joined)) {
        const at = words.filter((other) => !other.joined).findIndex((other) => other.start === word.start);
        const shard = await store.shard(store.shardOf(word.text));
        const forms = shard ? exactly(shard, word.text, 1, "exact") : [];
        for (const term of terms.slice(at, at + word.joined)) term.forms.push(...forms);
      }
      for (let at = 1; at < terms.length; at++) {
        const joined = terms[at - 1].word + terms[at].word;
        const place = store.shardOf(joined);
        if (joined.length < 6 || !store.isLoaded(place)) continue;
        const forms = exactly(store.shard(place), joined, JOINED, "exact");
        for (const term of [terms[at - 1], terms[at]]) term.forms.push(...forms);
      }
    };

    /** The terms that a word without any form was meant for; the word itself if there are none. */
    const mend = async (term, prefix) => {
      const found = await meant(term.word, prefix);
      if (!found) return [term];
      const terms = await Promise.all(found.words.map((word) => termOf(word, false)));
      for (const other of (found.near ?? []).slice(1)) {
        const more = await formsOf(other, false);
        terms[0].forms.push(...more.map((form) => ({ ...form, weight: form.weight * TYPO })));
      }
      return terms;
    };

    return { parse };
  };

  return { open };
});
