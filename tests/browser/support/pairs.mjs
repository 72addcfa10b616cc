// A few rows of conditions instead of all combinations: most faults need one condition or two that meet, seldom three.

/**
 * Rows in which every value of a condition meets every value of every other: `{ width: [320, 390], script: [true, false] }`
 * gives `[{ width: 320, script: true }, …]`. The same conditions always give the same rows.
 */
export function allPairs(conditions) {
  const names = Object.keys(conditions);
  const unmet = new Map(pairsOf(names, conditions).map((pair) => [JSON.stringify(pair), pair]));
  const meetings = (row) =>
    pairsOf(names, row)
      .map((pair) => JSON.stringify(pair))
      .filter((key) => unmet.has(key));
  const rows = [];
  while (unmet.size > 0) {
    const [[[one, its], [other, that]]] = unmet.values();
    const row = { [one]: [its], [other]: [that] };
    for (const name of names.filter((name) => !(name in row))) {
      const gain = (value) => meetings({ ...row, [name]: [value] }).length;
      row[name] = [conditions[name].reduce((best, value) => (gain(value) > gain(best) ? value : best))];
    }
    for (const key of meetings(row)) unmet.delete(key);
    rows.push(Object.fromEntries(names.map((name) => [name, row[name][0]])));
  }
  return rows;
}

/** `[[name, value], [name, value]]` for every two values of different names that have any. */
function pairsOf(names, values) {
  return names.flatMap((one, place) =>
    names.slice(place + 1).flatMap((other) =>
      (values[one] ?? []).flatMap((its) =>
        (values[other] ?? []).map((that) => [
          [one, its],
          [other, that],
        ]),
      ),
    ),
  );
}
