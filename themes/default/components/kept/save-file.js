/**
 * Hands the reader a file.
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
globalThis.levelOneSave = (name, text, type) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // Some browsers look at it a little later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
