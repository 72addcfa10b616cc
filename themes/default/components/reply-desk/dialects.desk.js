// A placeholder as another tool writes it.

/**
 * @param {{token: string, fallback: string | null, again: string | null, names: Record<string, string>,
 *   only_names: boolean}} dialect see `src/dialect.rs`
 * @param {{name: string, label: string, fallback: string}} gap
 * @param {boolean} isAgain whether it stood before in the same text
 * @returns {{text: string, isByHand: boolean}} `isByHand`: the tool has no placeholder of its own for it
 */
globalThis.levelOneToken = (dialect, { name, label, fallback }, isAgain = false) => {
  const own = Object.hasOwn(dialect.names, name) ? dialect.names[name] : name;
  if (dialect.only_names && !Object.hasOwn(dialect.names, name)) return { text: `[${label}]`, isByHand: true };
  // What would end the placeholder, or a part of it, cannot stand in it.
  const fits = fallback && dialect.fallback && !/[{}[\]|;<>\n]/.test(fallback);
  const form = isAgain && dialect.again ? dialect.again : fits ? dialect.fallback : dialect.token;
  const values = { name: own, label, fallback };
  return { text: form.replace(/\[(name|label|fallback)\]/g, (_, part) => values[part]), isByHand: false };
};
