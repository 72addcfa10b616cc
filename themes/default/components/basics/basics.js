// What several components do: words with gaps, copying, and handing over a file.

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
   * Loads a script of the site that was not needed until now.
   * @param {string} address from the root of the site
   * @returns {Promise<void>}
   */
  load: (address) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.addEventListener("load", done);
      script.addEventListener("error", failed);
      script.src = document.documentElement.dataset.root + address;
      document.head.append(script);
    }),

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
