// A reply to fill in among the hits, in their place. It comes as the HTML of the desk on its own page.

levelOneSearch("engine/desk", () => {
  /** Opens the place for it. `load(address)` gives the desk of the reply on a page. */
  const open = ({ place, root, words, load }) => {
    const dialog = place.closest("dialog");
    /** What is shown, or about to be, and how to go back from it. */
    let shown;
    let back = () => {};

    const leave = () => {
      dialog.classList.remove("at-desk");
      shown?.remove();
      shown = undefined;
    };

    const wayBack = () => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button plain", textContent: words.back });
      button.addEventListener("click", () => back());
      return button;
    };

    dialog.addEventListener("cancel", (event) => {
      if (!dialog.classList.contains("at-desk")) return;
      event.preventDefault();
      back();
    });

    return {
      leave,

      /** Shows the desk of a hit that was asked for with a button. Says whether it could be loaded. */
      open: async ({ address }, button) => {
        leave();
        const made = document.createElement("div");
        made.className = "search-desk";
        shown = made;
        try {
          made.innerHTML = await load(address);
          if (shown !== made) return true;
          place.after(made);
          await globalThis.levelOne.load(made.firstElementChild.dataset.later);
        } catch {
          if (shown === made) leave();
          return false;
        }
        if (shown !== made) return true;
        const { scrollTop } = dialog;
        back = () => {
          leave();
          dialog.scrollTop = scrollTop;
          button.focus();
        };
        for (const link of made.querySelectorAll("a")) link.href = root + link.getAttribute("href");
        made.prepend(wayBack());
        dialog.classList.add("at-desk");
        dialog.scrollTop = 0;
        // What is the reader's own may be known already; it stands in a part to be opened.
        made.querySelector(".fill .fields:not(details .fields) :is(input, textarea), [name=copy]")?.focus();
        return true;
      },
    };
  };

  return { open };
});
