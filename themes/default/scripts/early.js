// Light or dark as the reader has chosen, before anything is painted. The switch itself is components/theme-switch.
(() => {
  const html = document.documentElement;
  try {
    const { theme } = JSON.parse(localStorage.getItem(`level-one:${html.dataset.guide}`));
    if (theme !== "light" && theme !== "dark") return;
    html.dataset.theme = theme;
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.media = meta.media.includes(theme) ? "all" : "not all";
    }
  } catch {
    // Nothing is kept, or nothing that can be read: the device decides.
  }
})();
