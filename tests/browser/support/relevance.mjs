// How well the search answers judged queries: `tests/relevance/queries.json`.

/** What the answers to some judged queries are worth, by category and for all. */
export async function judge(search, queries) {
  const rows = [];
  for (const query of queries) {
    const { hits } = await search.find(query.query, { kind: query.kind });
    const expected = new Set(query.expect);
    const place = hits.findIndex((hit) => expected.has(hit.address)) + 1;
    const first = hits[0];
    rows.push({
      ...query,
      place,
      answered: hits.length > 0,
      inSection: query.section && place === 1 && query.section.includes(first.section),
      got: hits.slice(0, 3).map((hit) => hit.address + (hit.section ? `#${hit.section}` : "")),
    });
  }
  return rows;
}

/** The figures of some judged rows. */
export function figures(rows) {
  const part = (of, is) => (of.length === 0 ? 1 : of.filter(is).length / of.length);
  const withSection = rows.filter((row) => row.section);
  return {
    count: rows.length,
    first: part(rows, (row) => row.place === 1),
    three: part(rows, (row) => row.place > 0 && row.place <= 3),
    reciprocal: rows.reduce((sum, row) => sum + (row.place ? 1 / row.place : 0), 0) / rows.length,
    section: part(withSection, (row) => row.inSection),
    unanswered: rows.filter((row) => !row.answered).length,
  };
}

/** A table of figures by category. */
export function table(rows) {
  const categories = [...new Set(rows.map((row) => row.category))];
  const line = (name, { count, first, three, reciprocal, section, unanswered }) =>
    [
      name.padEnd(10),
      String(count).padStart(4),
      ...[first, three, reciprocal, section].map((n) => n.toFixed(2)),
      unanswered,
    ].join("  ");
  return ["category    all   @1    @3   MRR   section  without answer"]
    .concat(categories.map((name) => line(name, figures(rows.filter((row) => row.category === name)))))
    .concat(line("all", figures(rows)))
    .join("\n");
}
