// What the reader has chosen, in one entry of the browser's storage under the guide's name. Each component has a field of
// its own; the fields of others, and those that this version does not know, stay as they are. What is in a field may come
// from anywhere, so who asks for it looks at it first.

(() => {
  const VERSION = 1;
  const KEY = `level-one:${document.documentElement.dataset.guide}`;

  /** @returns {Record<string, unknown>} everything that is kept; nothing if it cannot be read */
  const all = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      return kept !== null && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
    } catch {
      return {};
    }
  };

  globalThis.levelOneKept = {
    /**
     * What is kept in a field.
     * @param {string} name
     * @returns {unknown} undefined where nothing is
     */
    get(name) {
      const kept = all();
      return Object.hasOwn(kept, name) ? kept[name] : undefined;
    },

    /**
     * Keeps a value in a field; `undefined` removes the field.
     * @param {string} name
     * @param {unknown} value
     * @returns {boolean} false where the browser keeps nothing
     */
    set(name, value) {
      try {
        const kept = all();
        if (value === undefined && !Object.hasOwn(kept, name)) return true;
        // A field that is undefined is not written.
        localStorage.setItem(KEY, JSON.stringify({ version: VERSION, ...kept, [name]: value }));
        return true;
      } catch {
        return false;
      }
    },

    /**
     * Calls back when another page has kept something.
     * @param {() => void} changed
     * @param {AbortSignal} signal
     */
    watch(changed, signal) {
      const heard = ({ key }) => (key === KEY || key === null) && changed();
      addEventListener("storage", heard, { signal });
      // A page that the browser has put away hears nothing.
      addEventListener("pageshow", ({ persisted }) => persisted && changed(), { signal });
    },
  };
})();
