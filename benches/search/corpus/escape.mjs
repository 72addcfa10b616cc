// Text so that Markdown leaves it alone.

/** Escapes whatever could mean something anywhere in a line. */
export function escapeText(text) {
  return text.replace(/[\\`*_{}[\]<>&~|$#^]/g, "\\$&");
}

/** Escapes what would mean something at the start of a block: bullets, numbers of a list, lines below a heading. */
export function startOfBlock(text) {
  return text.replace(/^([-+=:!])/, "\\$1").replace(/^(\d+)([.)])/, "$1\\$2");
}

/** Code within a line. A bar would end a cell of a table, so it is written as the text around it is. */
export function code(text) {
  const inside = text.replace(/\s+/g, " ").trim();
  if (!inside) return "";
  if (inside.includes("|")) return escapeText(inside);
  const fence = "`".repeat(longestRun(inside) + 1);
  const space = inside.startsWith("`") || inside.endsWith("`") ? " " : "";
  return fence + space + inside + space + fence;
}

/** A block of code. */
export function fenced(text) {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

/** A text in double quotes for front matter. */
export function quoted(text) {
  return JSON.stringify(text);
}

function longestRun(text) {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
