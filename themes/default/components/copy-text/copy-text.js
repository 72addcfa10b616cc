/**
 * Copies a text. Pages opened from a folder have no clipboard of their own, and a browser may refuse.
 * @param {string} text
 * @returns {Promise<boolean>} whether that could be done
 */
globalThis.levelOneCopy = async (text) => {
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
};
