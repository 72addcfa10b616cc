// How good the answers are, and how they are told.

/** Pages in the order of their first hit, each with the section of that hit. */
function pagesOf(hits) {
  const pages = new Map();
  for (const { address, section } of hits) {
    const page = address.replace(/^.*\//, "").replace(/\.html$/, "");
    if (!pages.has(page)) pages.set(page, section);
  }
  return [...pages].map(([page, section]) => ({ page, section }));
}

/** What one query came to: the place of the first accepted page, and whether the first hit is the right section too. */
export function judge(query, hits) {
  const found = pagesOf(hits);
  const accepted = new Map(query.accept.map(({ page, sections }) => [page, sections]));
  const place = found.findIndex(({ page }) => accepted.has(page)) + 1;
  const narrow = query.accept.some(({ sections }) => sections);
  const [first] = found;
  const wanted = place === 1 ? accepted.get(first.page) : undefined;
  const section = narrow ? place === 1 && (!wanted || wanted.includes(first.section)) : undefined;
  return { query, place, section, first, empty: found.length === 0 };
}

/** The figures of one category. */
export function figures(results) {
  const narrow = results.filter(({ section }) => section !== undefined);
  return {
    queries: results.length,
    first: share(results, ({ place }) => place === 1),
    third: share(results, ({ place }) => place >= 1 && place <= 3),
    mrr: results.reduce((sum, { place }) => sum + (place ? 1 / place : 0), 0) / results.length,
    section: share(narrow, ({ section }) => section),
    empty: results.filter(({ empty }) => empty).length,
  };
}

function share(list, test) {
  return list.filter(test).length / list.length;
}

/** Lines of a table: one for each category, one for all judged and one for all made queries. */
export function table(results) {
  const lines = [
    "| queries | number | @1 | @3 | MRR | section | none |",
    "| --- | --: | --: | --: | --: | --: | --: |",
  ];
  const add = (name, list) => list.length > 0 && lines.push(line(name, figures(list)));
  for (const [made, all] of [
    [false, "judged"],
    [true, "made"],
  ]) {
    const group = results.filter(({ query }) => Boolean(query.made) === made);
    for (const category of new Set(group.map(({ query }) => query.category))) {
      add(
        category,
        group.filter(({ query }) => query.category === category),
      );
    }
    add(`**${all}**`, group);
  }
  return lines.join("\n");
}

function line(name, { queries, first, third, mrr, section, empty }) {
  const part = (value) => (Number.isNaN(value) ? "" : value.toFixed(2).replace(/^0/, ""));
  return `| ${name} | ${queries} | ${part(first)} | ${part(third)} | ${part(mrr)} | ${part(section)} | ${empty} |`;
}

/** Queries whose first hit was not right, with what came first. */
export function misses(results) {
  const wrong = results.filter(({ place, section }) => place !== 1 || section === false);
  return wrong.map(({ query, place, first }) => {
    const wanted = query.accept
      .map(({ page, sections }) => (sections ? `${page}#${sections.join(",")}` : page))
      .join(" or ");
    const came = first ? `${first.page}#${first.section}` : "nothing";
    return `${query.category}: “${query.query}” at ${place || "no place"}; came ${came}; wanted ${wanted}`;
  });
}

/** The value that `part` of the list does not exceed. */
export function quantile(list, part) {
  const order = [...list].sort((a, b) => a - b);
  return order[Math.min(order.length - 1, Math.ceil(order.length * part) - 1)];
}
