// Added to every page while it is served by `level-one serve`: shows the new page after a change, and what is wrong.
(() => {
  const own = document.currentScript;
  let version = own.dataset.version;
  const place = `level-one-reload:${location.pathname}`;
  let overlay = null;
  let dismissed = "";

  const remember = () => {
    const open = [...document.querySelectorAll("details")].map((details) => details.open);
    try {
      sessionStorage.setItem(place, JSON.stringify({ x: scrollX, y: scrollY, open }));
    } catch {
      // Without storage the page begins at its top.
    }
  };

  const restore = () => {
    let kept;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch {
      return;
    }
    if (!kept) return;
    document.querySelectorAll("details").forEach((details, number) => {
      if (kept.open[number] !== undefined) details.open = kept.open[number];
    });
    scrollTo(kept.x, kept.y);
  };

  const reload = () => {
    remember();
    location.reload();
  };

  const restyle = (path) => {
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      if (!/assets\/style\.[^/]*\.css$/.test(old.href)) continue;
      const link = old.cloneNode();
      link.href = old.href.replace(/assets\/style\.[^/]*\.css$/, path);
      link.addEventListener("load", () => old.remove());
      old.after(link);
    }
  };

  const element = (name, text, properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...properties });

  const close = () => {
    overlay?.remove();
    overlay = null;
  };

  const openInEditor = (event, finding) => {
    event.preventDefault();
    fetch("/__level-one/open", { method: "POST", body: JSON.stringify({ file: finding.file }) });
  };

  const show = (message) => {
    const key = JSON.stringify(message);
    if (key === dismissed) return;
    close();
    overlay = document.createElement("div");
    const shadow = overlay.attachShadow({ mode: "open" });
    const styles = new CSSStyleSheet();
    styles.replaceSync(`
      :host { position: fixed; inset: 0; z-index: 2147483647; overflow: auto; background: #15181af2; color: #f4f1ea;
              font: 1rem/1.5 system-ui, sans-serif; }
      section { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
      h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #000; padding: 1rem; border-radius: .5rem;
            font: .875rem/1.5 ui-monospace, monospace; margin: .25rem 0 1.5rem; }
      a { color: #9fd3ff; }
      button { font: inherit; padding: .5rem 1rem; min-height: 2.75rem; border-radius: .5rem; border: 1px solid; background: none; color: inherit; }
      :focus-visible { outline: 3px solid #9fd3ff; outline-offset: 2px; }
    `);
    shadow.adoptedStyleSheets = [styles];
    const section = element("section", "", { role: "alertdialog", tabIndex: -1 });
    section.setAttribute("aria-labelledby", "title");
    section.append(element("h1", message.title, { id: "title" }), element("p", message.note));
    for (const finding of message.findings) {
      if (finding.file) {
        const where = finding.line ? `${finding.file}:${finding.line}:${finding.column}` : finding.file;
        const link = element("a", `Open ${where}`, { href: "/__level-one/open" });
        link.addEventListener("click", (event) => openInEditor(event, finding));
        section.append(link);
      }
      section.append(element("pre", finding.text));
    }
    const button = element("button", "Close (Escape)", { type: "button" });
    button.addEventListener("click", () => {
      dismissed = key;
      close();
    });
    section.append(button);
    shadow.append(section);
    document.body.append(overlay);
    section.focus();
  };

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !overlay) return;
    event.preventDefault();
    dismissed = JSON.stringify(current);
    close();
  });

  let current = null;
  const events = new EventSource("/__level-one/events");
  // Comes with every connection, the first one and those after a pause.
  events.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    if (state.version !== version) {
      if (state.style && state.version.split("-")[0] === version.split("-")[0] && state.before === version) {
        restyle(state.style);
        version = state.version;
      } else {
        events.close();
        reload();
        return;
      }
    }
    current = state.wrong;
    if (state.wrong) {
      show(state.wrong);
    } else {
      dismissed = "";
      close();
    }
  });
  addEventListener("pagehide", () => events.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  restore();
})();
