// Added to every page while it is served by `level-one serve`: shows the new page after a change, and what is wrong.
(() => {
  const { version: firstVersion } = document.currentScript.dataset;
  const place = `level-one-reload:${location.pathname}`;
  const STYLESHEET = /assets\/style\.[^/]*\.css$/;
  // The server gives a sign every 15 seconds; without one for so long, the connection is taken to be dead.
  const SILENCE = 40_000;

  let version = firstVersion;
  let wrong = null;
  let dismissed = null;
  let overlay = null;

  // The place on the page -------------------------------------------------------------------------------------------

  const reload = () => {
    const open = [...document.querySelectorAll("details")].map((details) => details.open);
    try {
      sessionStorage.setItem(place, JSON.stringify({ x: scrollX, y: scrollY, open }));
    } catch {
      // Without storage the page begins at its top.
    }
    location.reload();
  };

  const restore = () => {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch {
      // As above.
    }
    if (!kept) return;
    document.querySelectorAll("details").forEach((details, number) => {
      if (kept.open[number] !== undefined) details.open = kept.open[number];
    });
    scrollTo(kept.x, kept.y);
  };

  const restyle = (path) => {
    const all = [...document.querySelectorAll('link[rel="stylesheet"]')];
    const old = all.filter((link) => STYLESHEET.test(link.href));
    if (old.length === 0) return reload();
    const link = old[0].cloneNode();
    link.href = old[0].href.replace(STYLESHEET, path);
    // The old styles stay until the new ones are there, so that nothing flickers.
    link.addEventListener("load", () => old.forEach((gone) => void gone.remove()));
    link.addEventListener("error", reload);
    old.at(-1).after(link);
  };

  // What is wrong, over the page --------------------------------------------------------------------------------------

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const hide = () => {
    overlay?.remove();
    overlay = null;
  };

  const finding = ({ file, line, column, text }) => {
    const parts = [element("pre", { tabIndex: 0 }, text)];
    if (file) {
      const where = line ? `${file}:${line}:${column}` : file;
      const link = element("a", { href: "/__level-one/open" }, `Open ${where} in your editor`);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        fetch(link.href, { method: "POST", body: JSON.stringify({ file }) });
      });
      parts.unshift(link);
    }
    return element("li", {}, ...parts);
  };

  const show = () => {
    const message = JSON.stringify(wrong);
    if (message === dismissed || message === overlay?.dataset.message) return;
    hide();
    const styles = new CSSStyleSheet();
    styles.replaceSync(`
      dialog { box-sizing: border-box; inline-size: 100%; block-size: 100%; max-inline-size: none; max-block-size: none;
               margin: 0; padding: 2rem max(1rem, 50% - 30rem); border: 0; overflow: auto; background: #15181af2;
               color: #f4f1ea; font: 1rem/1.5 system-ui, sans-serif; text-align: start; }
      div { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between; }
      h1 { font-size: 1.25rem; margin: 0; }
      ul { list-style: none; margin: 1.5rem 0 0; padding: 0; }
      li { margin-block-end: 1.5rem; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #000; padding: 1rem; border-radius: .5rem;
            font: .875rem/1.5 ui-monospace, monospace; margin: .25rem 0 0; direction: ltr; }
      a { color: #9fd3ff; display: inline-block; padding-block: .625rem; overflow-wrap: anywhere; }
      button { font: inherit; padding: .5rem 1rem; min-block-size: 2.75rem; border-radius: .5rem;
               border: 1px solid currentColor; background: none; color: inherit; cursor: pointer; }
      :focus-visible { outline: 3px solid #9fd3ff; outline-offset: 2px; }
    `);
    const button = element("button", { type: "button" }, "Close (Escape)");
    const title = element("h1", { id: "title" }, wrong.title);
    const list = element("ul", {}, ...wrong.findings.map(finding));
    const dialog = element("dialog", {}, element("div", {}, title, button), element("p", {}, wrong.note), list);
    dialog.setAttribute("aria-labelledby", "title");
    button.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dismissed = message;
      hide();
    });
    overlay = element("level-one-overlay", {});
    overlay.dataset.message = message;
    const shadow = overlay.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [styles];
    shadow.append(dialog);
    document.body.append(overlay);
    dialog.showModal();
  };

  // The server --------------------------------------------------------------------------------------------------------

  // Comes with every connection, the first one and those after a pause, and with every change.
  const take = (state) => {
    if (state.version !== version) {
      if (!state.style || state.before !== version) return reload();
      restyle(state.style);
      version = state.version;
    }
    wrong = state.wrong;
    if (wrong) return show();
    dismissed = null;
    hide();
  };

  let events = null;
  let heard = 0;

  const rest = () => {
    events?.close();
    events = null;
  };

  const listen = () => {
    rest();
    heard = Date.now();
    events = new EventSource("/__level-one/events");
    events.addEventListener("alive", () => {
      heard = Date.now();
    });
    events.addEventListener("state", (event) => {
      heard = Date.now();
      take(JSON.parse(event.data));
    });
  };

  // After a laptop has slept a connection may be dead without a sign, or given up by the browser.
  setInterval(() => {
    if (events && (events.readyState === EventSource.CLOSED || Date.now() - heard > SILENCE)) listen();
  }, 1000);

  // Browsers allow six connections to a server, for all tabs together. So of those that are hidden only the one that was
  // seen last keeps its own, and the others catch up when they are seen again.
  let turn = 0;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      if (!events) listen();
      return;
    }
    const own = ++turn;
    const forEver = () => new Promise(() => {});
    const kept = navigator.locks?.request("level-one-reload", { steal: true }, forEver) ?? Promise.reject();
    kept.catch(() => {
      if (document.hidden && own === turn) rest();
    });
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => {
    if (event.persisted) listen();
  });

  restore();
  if (!document.hidden) listen();
})();
