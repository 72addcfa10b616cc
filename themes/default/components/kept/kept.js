// What the reader has chosen and done, in one entry of the browser's storage under the guide's name. Each component has a
// field of its own; the fields of others, and those that this version does not know, stay as they are. What is in a field
// may come from anywhere, so who asks for it looks at it first.

(() => {
  // Version 1 held less: its fields are the same here, and the first change writes the new number.
  const VERSION = 2;
  const KEY = `level-one:${document.documentElement.dataset.guide}`;

  /** @returns {Record<string, unknown>} everything that is kept; nothing if the storage is shut */
  const all = () => {
    let text;
    try {
      text = localStorage.getItem(KEY);
      if (!text) return {};
      const kept = JSON.parse(text);
      if (kept !== null && typeof kept === "object" && !Array.isArray(kept)) return kept;
    } catch {
      // Told apart below: shut, or broken.
    }
    // A text that cannot be read is still the reader's own. It goes along, into a copy too.
    return text ? { unreadable: text } : {};
  };

  globalThis.levelOneKept = {
    all,

    /** Where everything is kept. */
    KEY,

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
     * @returns {boolean} false where the browser keeps nothing, or a newer guide has kept something here
     */
    set(name, value) {
      return this.setAll({ [name]: value });
    },

    /**
     * Keeps several values at once, each in its field.
     * @param {Record<string, unknown>} fields
     * @returns {boolean} as `set`
     */
    setAll(fields) {
      try {
        const kept = all();
        // An older page, open since before the guide was renewed, would spoil what it does not understand.
        if (kept.version > VERSION) return false;
        if (Object.keys(fields).every((name) => fields[name] === undefined && !Object.hasOwn(kept, name))) return true;
        // A field that is undefined is not written.
        localStorage.setItem(KEY, JSON.stringify({ ...kept, ...fields, version: VERSION }));
        return true;
      } catch {
        return false;
      }
    },

    /**
     * Calls back when another page has kept something.
     * @param {() => void} changed
     * @param {AbortSignal} [signal]
     */
    watch(changed, signal) {
      const heard = ({ key }) => (key === KEY || key === null) && changed();
      addEventListener("storage", heard, { signal });
      // A page that the browser has put away hears nothing.
      addEventListener("pageshow", ({ persisted }) => persisted && changed(), { signal });
    },
  };
})();
