// What several components do: words with gaps, copying, and handing over a file.

(() => {
  let loaded = Promise.resolve();

  globalThis.levelOne = {
    /**
     * Puts values where a text names them in braces.
     * @param {string} text
     * @param {Record<string, unknown>} values
     */
    fill: (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap),

    /**
     * The form of a text for a number, with the number and other values in it.
     * @param {{one: string, other: string}} forms
     * @param {number} n
     */
    count: (forms, n, values = {}) => globalThis.levelOne.fill(n === 1 ? forms.one : forms.other, { n, ...values }),

    /**
     * Copies a text. Pages opened from a folder have no clipboard of their own, and a browser may refuse.
     * @param {string} text
     * @returns {Promise<boolean>} whether that could be done
     */
    copy: async (text) => {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        const before = document.activeElement;
        const area = document.createElement("textarea");
        area.value = text;
        area.readOnly = true;
        area.className = "vh";
        before.after(area);
        area.select();
        const done = document.execCommand("copy");
        area.remove();
        before.focus();
        return done;
      }
    },

    /**
     * Loads a script or a style.
     * @param {string} at its address
     * @returns {Promise<HTMLElement>} what stands for it in the page, unless it could not be loaded
     */
    part: (at) =>
      new Promise((done, failed) => {
        const isStyle = at.endsWith(".css");
        const part = document.createElement(isStyle ? "link" : "script");
        part.addEventListener("load", () => done(part));
        part.addEventListener("error", () => {
          part.remove();
          failed(new Error(at));
        });
        Object.assign(part, isStyle ? { rel: "stylesheet", href: at } : { src: at });
        document.head.append(part);
      }),

    /**
     * Loads parts of the site that were not needed until now, in their order, and behind what is being loaded; those that
     * the page has are left alone. What could not be loaded is tried again the next time.
     * @param {string} addresses from the root of the site, a list in JSON
     * @returns {Promise<void>}
     */
    load: (addresses) => {
      const all = async () => {
        for (const address of JSON.parse(addresses)) {
          const isThere = document.querySelector(`[src$="${address}"], [href$="${address}"]`);
          if (!isThere) await globalThis.levelOne.part(document.documentElement.dataset.root + address);
        }
      };
      loaded = loaded.then(all, all);
      return loaded;
    },

    /**
     * Hands the reader a file.
     * @param {string} name
     * @param {string} text
     * @param {string} type
     */
    save: (name, text, type) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([text], { type }));
      link.download = name;
      link.click();
      // Some browsers look at it a little later.
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  };
})();
