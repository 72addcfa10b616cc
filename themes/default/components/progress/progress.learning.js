// What the reader has read, in every list of lessons; the button that says so at the end of a lesson; and the way back to
// where somebody stopped. The place is kept when the page is left, and only for readers who have kept something before.

(() => {
  const { levelOneKept: kept, levelOneLearning: learning } = globalThis;
  const { dataset } = document.documentElement;
  const holder = document.querySelector("[data-progress]");
  if (!holder) return;
  const words = JSON.parse(holder.dataset.progress);
  const { slug, was } = learning.here;

  /** Up to so many lessons a bar has a piece for each. */
  const PIECES = 12;

  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const { fill } = globalThis.levelOne;
  const text = (value) => (typeof value === "string" ? value.slice(0, 500) : "");

  /** What the reader has done on this page and could not be kept. */
  let unkept = {};
  /** The records of all lessons, as this page knows them. */
  let lessons = {};
  const look = () => {
    lessons = { ...learning.all(), ...unkept };
  };

  /** The day on which a lesson was read, under whatever slug. */
  const readOn = (lesson, before = "") =>
    [lesson, ...before.split(" ")]
      .map((name) => lessons[name]?.done)
      .filter(Boolean)
      .sort()[0];
  const isRead = (link) => Boolean(readOn(link.dataset.lesson, link.dataset.was));
  const count = (module) =>
    Object.values(lessons).filter((one) => one.done && (!module || one.module === module)).length;

  // What stands in the page without script.
  const first = new Map();
  const say = (element, said) => {
    if (!first.has(element)) first.set(element, element.textContent);
    element.textContent = said ?? first.get(element);
  };

  const bar = (read, all) => {
    const pieces = document.createElement("span");
    pieces.className = "pieces";
    pieces.setAttribute("aria-hidden", "true");
    const sizes = all > PIECES ? [read, all - read] : new Array(all).fill(1);
    let full = read;
    for (const size of sizes.filter(Boolean)) {
      const piece = document.createElement("i");
      piece.style.flexGrow = size;
      piece.classList.toggle("full", full > 0);
      full -= size;
      pieces.append(piece);
    }
    return pieces;
  };

  const showLesson = (link) => {
    const end = link.querySelector("small, .end");
    link.toggleAttribute("data-read", isRead(link));
    say(end, link.matches("[aria-current]") ? words.now : undefined);
    if (!isRead(link)) return;
    // Where there is a ring, its word takes the place of the minutes.
    if (link.matches(".ring")) return say(end, words.read);
    const word = document.createElement("span");
    word.className = "ticked";
    word.textContent = words.read;
    end.append(" ", word);
  };

  /** How much is read of a module or of the guide, which give their number, or of the lessons that are listed here. */
  const showTotal = (total) => {
    const of = total.closest("[data-count]")?.dataset;
    const links = find("a[data-lesson]", total.closest("section, .side, main, .menu"));
    const all = of ? Number(of.count) : links.length;
    const n = of ? Math.min(count(of.module), all) : links.filter(isRead).length;
    const isLong = total.dataset.total === "long";
    const some = isLong ? words.some_lessons : words.some;
    const every = all === 1 ? words.read : isLong ? words.every_lesson : words.every;
    say(total, n > 0 ? fill(n < all ? some : every, { n, all }) : undefined);
    if (n > 0 && total.dataset.total === "bar") total.append(bar(n, all));
  };

  /** Shows where the reader stopped. A lesson without a section and without minutes is one that comes next. */
  const showLast = (box) => {
    const last = Object(kept.get("last"));
    const [lesson, title, section, heading] = [last.lesson, last.title, last.section, last.heading].map(text);
    const n = Number.isInteger(last.left) && last.left > 0 && last.left < 1000 ? last.left : 0;
    const isOpen = Boolean(lesson && title && !readOn(lesson));
    if (isOpen) dataset.last ??= "";
    else delete dataset.last;
    const [head, name, where, label] = find("h2, strong, p .small, a span", box);
    const isStopped = Boolean(heading || n);
    head.textContent = isStopped ? words.left_off : words.next;
    name.textContent = title;
    label.textContent = isStopped ? words.go_on : words.start;
    const left = fill(n === 1 ? words.left.one : words.left.other, { n });
    const said = [heading && fill(words.stopped, { heading }), n && left, !isStopped && words.next_help];
    where.textContent = said.filter(Boolean).join(" ");
    const part = section && `#${encodeURIComponent(section)}`;
    if (isOpen) label.parentElement.href = `lessons/${encodeURIComponent(lesson)}.html${part}`;
    box.firstElementChild.hidden = !isOpen;
  };

  const showMark = (box) => {
    const [mark, said, undo, end] = box.children;
    const on = readOn(slug, was);
    const [year, month, day] = (on ?? "").split("-").map(Number);
    const date = fill(box.dataset.date, { year, day, month: JSON.parse(box.dataset.months)[month - 1] });
    mark.hidden = Boolean(on);
    undo.hidden = !on;
    end.hidden = count() < box.dataset.count;
    said.textContent = [on && fill(words.on, { date }), unkept[slug] && words.refused].filter(Boolean).join(". ");
    said.classList.toggle("ticked", Boolean(on));
  };

  const show = () => {
    look();
    find("a[data-lesson]").forEach(showLesson);
    find("[data-total]").forEach(showTotal);
    find(".left-off").forEach(showLast);
    find(".mark-read").forEach(showMark);
  };

  const keepLast = (place) => kept.set("last", place && { ...place, read: count() > 0, at: Date.now() });

  /** What is to be read after this lesson: the next one, or else what is left of the module. */
  const next = () => {
    for (const link of find(".turn [rel=next], .side [data-lesson]")) {
      const lesson = link.dataset.lesson ?? decodeURIComponent(/[^/]*(?=\.html$)/.exec(link.pathname));
      if (lesson === slug || readOn(lesson, link.dataset.was)) continue;
      const small = link.querySelector("small");
      const title = [...small.parentElement.childNodes].filter((node) => node !== small);
      return { lesson, title: title.map((node) => node.textContent.trim()).join("") };
    }
    return undefined;
  };

  const mark = (done) => {
    const isKept = learning.changeHere((own) => {
      own.done = done;
    });
    unkept = isKept ? {} : { [slug]: { module: dataset.module, done } };
    look();
    if (isKept && done) keepLast(next());
    show();
    if (isKept) document.dispatchEvent(new CustomEvent("level-one:done"));
  };

  /** Keeps where the reader is, unless this is the first that would be kept, or the lesson is read. */
  const leave = (box) => {
    look();
    if (Object.keys(kept.all()).length === 0 || readOn(slug, was)) return;
    const section = document.querySelector(".toc [aria-current]");
    const { top } = box.parentElement.getBoundingClientRect();
    const part = (innerHeight / 2 - top) / (box.getBoundingClientRect().top - top);
    keepLast({
      lesson: slug,
      title: document.querySelector("h1").textContent.trim(),
      section: section && decodeURIComponent(section.hash.slice(1)),
      heading: section?.textContent.trim(),
      left: Math.max(1, Math.round(box.dataset.minutes * (1 - Math.max(0, part)))),
    });
  };

  for (const box of find(".mark-read")) {
    const [isReadNow, , undo] = box.children;
    isReadNow.addEventListener("click", () => {
      mark(learning.today());
      undo.focus();
    });
    undo.addEventListener("click", () => {
      mark();
      isReadNow.focus();
    });
    addEventListener("pagehide", () => leave(box));
    document.addEventListener("visibilitychange", () => document.hidden && leave(box));
    box.hidden = false;
  }

  show();
  // Whoever has begun with the plan goes on with it.
  for (const weeks of find(".weeks")) {
    const links = find("a[data-lesson]", weeks);
    const read = links.filter(isRead).length;
    weeks.open ||= read > 0 && read < links.length;
    delete dataset.last;
  }
  kept.watch(show);
})();
