// Text as Markdown that says the same, whatever signs are in it.

(() => {
  /** Signs that mean something anywhere in a line. */
  const inside = (text) => text.replace(/[\\`*_[\]<>&|~$]/g, "\\$&");

  globalThis.levelOneMarkdown = {
    /** A text in one line, also for a heading. */
    line: (text) => inside(text.replace(/\s+/g, " ").trim()).replace(/#|^[+=:-]/g, "\\$&"),

    /** A text with its lines and paragraphs. */
    paragraphs(text) {
      const rows = text.split(/\r\n?|\n/).map((row) => {
        const words = inside(row.trim())
          .replace(/^[#+=:-]/, "\\$&")
          .replace(/^(\d+)([.)])/, "$1\\$2");
        // Space before a line is dropped, or makes it code.
        return "&nbsp;".repeat(row.trimEnd().search(/\S|$/)) + words;
      });
      // A line that another one follows is ended by a sign of its own.
      return rows
        .map((row, at) => (row && rows[at + 1] ? `${row}\\` : row))
        .join("\n")
        .replace(/^\n+|\n+$/g, "");
    },
  };
})();
