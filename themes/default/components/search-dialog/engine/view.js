// What was found, as it is shown: a list of hits that the arrow keys walk through while the caret stays in the box.

levelOneSearch("engine/view", ({ part }) => {
  /** The best answers of all kinds; the others stand by their kinds. */
  const BEST = 3;
  /** How many more are shown at a time. */
  const MORE = 7;
  /** How much of a query is repeated, in letters. */
  const MOST_SHOWN = 60;
  const ICONS = {
    lesson: "M12 6.5C10 5 7 4.5 3.5 4.5v13c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2v-13c-3.5 0-6.5.5-8.5 2v13",
    reply: "M3.5 6h17v12h-17zm0 .5 8.5 6.5 8.5-6.5",
    win: "m12 4 2.4 5.2 5.6.6-4.2 3.8 1.2 5.6-5-2.9-5 2.9 1.2-5.6L4 9.8l5.6-.6z",
    term: "M5 19 12 5l7 14M7.5 14h9",
    page: "M6.5 3.5h7l4 4v13h-11zm7 0v4h4",
  };

  const KINDS = Object.keys(ICONS);

  const element = (name, properties = {}, ...children) => {
    const { attributes = {}, ...rest } = properties;
    const made = Object.assign(document.createElement(name), rest);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const icon = (kind) => {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("class", "i");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", ICONS[kind] ?? ICONS.page);
    svg.append(path);
    return svg;
  };

  /** Opens the view of a search. */
  const open = ({ input, status, hits: place, filters, root, words, search, changed, load }) => {
    let options = [];
    let chosen = -1;
    let limit = MORE;
    let asked = "";
    const { fill, count: plural } = globalThis.levelOne;
    const desk = part("desk").open({ place, root, words, load });

    const say = (text) => {
      if (status.textContent !== text) status.textContent = text;
    };

    // Filters -----------------------------------------------------------------------------------------------------------

    /** A choice among some: its radio button, and the words beside it. */
    const radio = (group, value, label) => {
      const box = element("input", { type: "radio", name: `search.${group}`, value, checked: value === "" });
      const text = element("span", { textContent: label, dir: "auto" });
      return { box, text, label, chip: element("label", { className: "chip" }, box, text) };
    };
    /** Kinds as they are named everywhere: what is read first, then what is looked up. */
    const inOrder = (names) => [...names].sort((one, other) => KINDS.indexOf(one) - KINDS.indexOf(other));
    const chosenOf = (radios) => radios.find(({ box }) => box.checked)?.box.value || undefined;
    const kinds = [
      radio("kind", "", words.all),
      ...inOrder(search.kinds).map((name) => radio("kind", name, words.groups[name] ?? name)),
    ];
    const tags = [radio("tag", "", words.any_tag), ...search.tags.map((name) => radio("tag", name, name))];
    const chips = (radios) => radios.map(({ chip }) => chip);
    const topic = element("summary", { className: "chip" });
    const topics = element(
      "details",
      {},
      topic,
      element(
        "div",
        { className: "search-topics", attributes: { role: "group", "aria-label": words.tag } },
        ...chips(tags),
      ),
    );
    filters.replaceChildren(...chips(kinds), ...(search.tags.length > 0 ? [topics] : []));
    filters.addEventListener("change", () => {
      limit = MORE;
      changed();
    });

    const wanted = () => ({ kind: chosenOf(kinds), tag: chosenOf(tags) });

    const showFilters = (counts) => {
      for (const { box, text, label, chip } of kinds) {
        const count = counts[box.value || "all"] ?? 0;
        text.textContent = `${label} ${count}`;
        chip.hidden = count === 0 && !box.checked && box.value !== "";
      }
      const { tag } = wanted();
      topic.textContent = tag ? `${words.tag}: ${tag}` : words.any_tag;
    };

    // Hits --------------------------------------------------------------------------------------------------------------

    const mark = (piece) => (piece.found ? element("mark", { textContent: piece.text }) : piece.text);

    const hitRow = (hit) => {
      const id = `hit.${options.length + 1}`;
      const trail = [words.kinds[hit.kind] ?? hit.kind, hit.section ? hit.title : "", hit.trail].filter(Boolean);
      const option = element(
        "a",
        {
          id,
          className: "hit",
          href:
            root +
            hit.address.replace(/#.*/, "") +
            (hit.section ? `#${hit.section}` : (/#.*/.exec(hit.address)?.[0] ?? "")),
          tabIndex: -1,
          attributes: { role: "option", "aria-selected": "false" },
        },
        icon(hit.kind),
        element("strong", { dir: "auto", textContent: (hit.section && hit.heading) || hit.title }),
        element("span", { className: "small", dir: "auto", textContent: trail.join(" / ") }),
        element("span", { className: "excerpt", dir: "auto" }, ...hit.excerpt.map(mark)),
      );
      option.addEventListener("click", (event) => {
        const stays = event.ctrlKey || event.metaKey || event.shiftKey;
        if (!stays) input.closest("dialog").close();
      });
      options.push(option);
      return element("div", { className: "hit-row" }, option, ...(hit.copy ? replyButtons(hit, id) : []));
    };

    // Replies -----------------------------------------------------------------------------------------------------------

    /** What can be done with a reply without leaving the page. */
    const replyButtons = (hit, id) => {
      const button = (textContent) =>
        element("button", {
          type: "button",
          className: "button",
          textContent,
          attributes: { "aria-describedby": id },
        });
      const copy = button(words.copy);
      copy.addEventListener("click", async () => {
        const done = await globalThis.levelOne.copy(hit.copy);
        copy.textContent = done ? words.copied : words.copy;
        say(done ? words.copied : words.not_copied);
      });
      const fillIn = button(words.fill_in);
      fillIn.addEventListener("click", async () => {
        const before = status.textContent;
        say(words.loading);
        const isThere = await desk.open(hit, fillIn);
        // Somebody may have searched for something else by now.
        if (status.textContent === words.loading) say(isThere ? before : words.not_filled_in);
      });
      return [element("div", { className: "buttons" }, copy, fillIn)];
    };

    const choose = (number) => {
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = number;
      const option = options[chosen];
      if (!option) return input.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
    };

    const show = (query, found) => {
      const { hits, total, counts, empty } = found;
      desk.leave();
      options = [];
      const best = hits.slice(0, BEST);
      const others = Map.groupBy ? Map.groupBy(hits.slice(BEST), (hit) => hit.kind) : groupBy(hits.slice(BEST));
      const heading = (text) => element("h2", { textContent: text });
      const parts = best.length > 0 && others.size > 0 ? [heading(words.best)] : [];
      parts.push(...best.map(hitRow));
      for (const [name, group] of others) parts.push(heading(words.groups[name] ?? name), ...group.map(hitRow));
      if (total > hits.length) parts.push(moreButton());
      const owned = options.map((option) => option.id).join(" ");
      const list = { id: "site.hits", attributes: { role: "listbox", "aria-label": words.results } };
      if (owned) list.attributes["aria-owns"] = owned;
      place.replaceChildren(element("div", list), ...parts);
      place.scrollTop = 0;
      input.setAttribute("aria-expanded", String(hits.length > 0));
      choose(hits.length > 0 ? 0 : -1);
      showFilters(counts);
      const isFiltered = wanted().kind || wanted().tag;
      filters.hidden = empty || (!isFiltered && total < 2);
      say(empty ? "" : sentence(query, found));
    };

    const groupBy = (hits) => {
      const groups = new Map();
      for (const hit of hits) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
      return groups;
    };

    const sentence = (query, { total, counts, corrected, also }) => {
      const short = (text) => [...text.trim()].slice(0, MOST_SHOWN).join("");
      if (total === 0) return fill(counts.all > 0 ? words.none_here : words.none, { words: short(query) });
      const parts = [plural(words.count, total)];
      if (also.length > 0) parts.push(fill(words.also, { words: also.slice(0, 2).join(", ") }));
      const counted = `${parts.join(", ")}.`;
      return corrected ? `${fill(words.corrected, { words: short(corrected) })} ${counted}` : counted;
    };

    const moreButton = () => {
      const button = element("button", { type: "button", className: "button", textContent: words.more });
      button.addEventListener("click", () => {
        limit += MORE;
        input.focus();
        changed();
      });
      return button;
    };

    return {
      desk,

      /** Shows what is found for a query, unless it is no longer asked for. Says whether it was shown. */
      find: async (query, isAsked) => {
        if (query !== asked) limit = MORE;
        asked = query;
        const found = await search.find(query, { ...wanted(), limit });
        if (!isAsked()) return false;
        show(query, found);
        return true;
      },

      /** Chooses the next hit, or the one before. */
      move: (step) => {
        if (options.length === 0) return;
        choose((chosen + step + options.length) % options.length);
        options[chosen].scrollIntoView({ block: "nearest" });
      },

      /** Opens the chosen hit as a click would. */
      choose: ({ ctrlKey, metaKey, shiftKey }) => {
        const click = { bubbles: true, cancelable: true, view: window, ctrlKey, metaKey, shiftKey };
        options[chosen]?.dispatchEvent(new MouseEvent("click", click));
      },
    };
  };

  return { open };
});
