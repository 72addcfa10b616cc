// What a test found wrong, gathered over all pages and told at once.

const MOST_LINES = 100;
const MOST_PAGES = 3;

/** Faults by what is wrong, so that one fault in the frame of every page is one line. */
export class Findings {
  #pages = new Map();

  add(page, fault) {
    if (!this.#pages.has(fault)) this.#pages.set(fault, new Set());
    this.#pages.get(fault).add(page);
  }

  /** Throws when there is any fault. */
  expectNone() {
    if (this.#pages.size === 0) return;
    const lines = [...this.#pages].map(([fault, pages]) => `${where([...pages])}: ${fault}`);
    const shown = lines.slice(0, MOST_LINES);
    if (lines.length > shown.length) shown.push(`… and ${lines.length - shown.length} more`);
    const error = new Error(`${lines.length} found\n  ${shown.join("\n  ")}`);
    // The faults say where they are; where this line stands helps nobody.
    error.stack = error.message;
    throw error;
  }
}

function where(pages) {
  const more = pages.length - MOST_PAGES;
  return pages.slice(0, MOST_PAGES).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
