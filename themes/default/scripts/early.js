// Light or dark as the reader has chosen, before anything is painted. The switch itself is components/theme-switch. And
// that the reader has stopped somewhere, and whether after a lesson that was read, so that there is room for the way back:
// components/progress shows it.
(() => {
  const html = document.documentElement;
  try {
    const { theme, last } = JSON.parse(localStorage.getItem(`level-one:${html.dataset.guide}`));
    if (last) html.dataset.last = last.read ? "read" : "";
    if (theme !== "light" && theme !== "dark") return;
    html.dataset.theme = theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.media = meta.media.includes(theme) ? "all" : "not all";
    }
  } catch {
    // Nothing is kept, or nothing that can be read: the device decides.
  }
})();
