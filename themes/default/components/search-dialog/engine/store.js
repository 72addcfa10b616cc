// The files of the search, each loaded when it is first needed and then kept. What they hold: `src/search/files.rs`.

levelOneSearch("engine/store", ({ part }) => {
  const { split } = part("words");
  const { numbers, frontCoded } = part("numbers");
  const VERSION = 1;
  const HASH = 10;
  const LABELS = 32;
  /** The place of a word in a title: section 0, level 7. */
  const TITLE = 7;

  /** What each level of a word weighs; the bounds between them stand in `src/search/terms.rs`. */
  const WEIGHTS = Array.from({ length: 10 }, (_, level) => 0.4 * 1.5 ** level);

  const hashes = (text) =>
    Array.from({ length: text.length / HASH }, (_, at) => text.slice(at * HASH, (at + 1) * HASH));

  const decodeShard = (data) => {
    const counts = numbers(data.counts);
    const starts = new Uint32Array(counts.length + 1);
    counts.forEach((count, at) => {
      starts[at + 1] = starts[at] + count;
    });
    const pages = Uint32Array.from(numbers(data.pages));
    for (let word = 0; word < counts.length; word++) {
      let page = -1;
      for (let at = starts[word]; at < starts[word + 1]; at++) {
        page += pages[at];
        pages[at] = page;
      }
    }
    return {
      words: frontCoded(data.words),
      starts,
      pages,
      places: Uint16Array.from(numbers(data.places)),
      common: new Map(data.common),
      stems: [],
    };
  };

  /** Addresses, titles and trails of some pages, and where their texts are. */
  const decodeLabels = (data) => {
    const trail = numbers(data.trail);
    const files = hashes(data.texts);
    const parts = numbers(data.texts_of);
    const texts = [];
    files.forEach((file, at) => {
      for (let place = 0; place < parts[at * 2 + 1]; place++) texts.push({ file, place: parts[at * 2] + place });
    });
    return frontCoded(data.addresses).map((address, at) => ({
      address,
      title: data.titles[at],
      trail: data.trails[trail[at]],
      text: texts[at],
    }));
  };

  /** The place of the first of some sorted texts that is not before a text. */
  const firstFrom = (sorted, text) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** Opens the search of a site. `load(name)` gives the data of a file of `search/`. */
  const open = async (load) => {
    const core = await load("core");
    if (core.version !== VERSION) throw Object.assign(new Error("another version"), { outdated: true });
    const bounds = core.bounds ? core.bounds.split(" ") : [];
    const words = hashes(core.words);
    const labelFiles = hashes(core.label_files ?? "");
    const known = new Map();
    const keep = (name, decode) => {
      if (!known.has(name)) {
        const loading = load(name).then(decode);
        known.set(name, loading);
        loading.then(
          (value) => known.set(name, value),
          () => known.delete(name),
        );
      }
      return known.get(name);
    };

    const kinds = new Uint8Array(core.pages);
    const kindNames = [...new Set(core.kinds.map(([kind]) => kind))];
    let at = 0;
    for (const [kind, count] of core.kinds) {
      kinds.fill(kindNames.indexOf(kind), at, at + count);
      at += count;
    }
    const tags = new Map(
      core.tags.map(([tag, distances]) => {
        let page = -1;
        return [tag, new Set(numbers(distances).map((distance) => (page += distance + 1)))];
      }),
    );

    const shardOf = (word) => {
      const place = firstFrom(bounds, word);
      return bounds[place] === word ? place + 1 : place;
    };
    const labels = core.labels && decodeLabels(core.labels);
    let titles;

    /** Words of titles in order, each with its pages: a shard of its own, made when it is first asked for. */
    const titleShard = () => {
      if (titles) return titles;
      const pagesOf = new Map();
      labels.forEach(({ title }, page) => {
        for (const { text } of split(title)) pagesOf.set(text, [...(pagesOf.get(text) ?? []), page]);
      });
      titles = [...pagesOf].sort(([one], [other]) => (one < other ? -1 : 1));
      return titles;
    };

    /** What stands in the title alone: the places of section 0. */
    const inTitles = (shard, from, to) => {
      const found = [];
      for (let at = from; at < to; at++) {
        const pages = [...shard.pages.subarray(shard.starts[at], shard.starts[at + 1])];
        const own = pages.filter((_, number) => shard.places[shard.starts[at] + number] < 10);
        if (own.length > 0) found.push([shard.words[at], own]);
      }
      return found;
    };

    /** Words with their pages as a shard: each stands in titles. */
    const shardOfTitles = (found) => {
      const starts = [0];
      for (const [, pages] of found) starts.push(starts.at(-1) + pages.length);
      const pages = found.flatMap(([, own]) => own);
      return {
        words: found.map(([word]) => word),
        starts,
        pages,
        places: pages.map(() => TITLE),
        common: new Map(),
        stems: [],
      };
    };

    return {
      ...{ pages: core.pages, sections: core.sections, language: core.language, synonyms: core.synonyms },
      ...{ kinds, kindNames, tags, titleLengths: numbers(core.title_words), WEIGHTS },

      /** The places of the shards that hold what lies between two words. */
      shardsFrom: (first, last) => {
        const from = shardOf(first);
        return Array.from({ length: Math.max(1, shardOf(last) - from + 1) }, (_, at) => from + at);
      },
      shardOf,
      isLoaded: (shard) => known.has(`words.${words[shard]}`) && !known.get(`words.${words[shard]}`).then,
      shard: (shard) => (words[shard] ? keep(`words.${words[shard]}`, decodeShard) : undefined),
      spelling: () =>
        keep(`spelling.${core.spelling}`, ([text, pages]) => ({ words: frontCoded(text), pages: numbers(pages) })),
      /** The label of a page: its address, title and trail. */
      label: async (page) => {
        if (labels) return labels[page];
        const file = labelFiles[Math.floor(page / LABELS)];
        return (await keep(`labels.${file}`, decodeLabels))[page % LABELS];
      },
      /** The words of titles that begin with some letters: all of them, or those of one shard of a large guide. */
      titlesWith: async (letters) => {
        const end = `${letters}\uffff`;
        if (labels) return shardOfTitles(titleShard().filter(([word]) => word >= letters && word < end));
        const shard = await keep(`words.${words[shardOf(letters)]}`, decodeShard);
        return shardOfTitles(inTitles(shard, firstFrom(shard.words, letters), firstFrom(shard.words, end)));
      },
      /** The text of a page, by its label. */
      text: async ({ text }) => (await keep(`texts.${text.file}`, (pages) => pages))[text.place],
    };
  };

  return { open, firstFrom };
});
