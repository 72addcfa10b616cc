// A reader's own wins as a file that `content/wins/` takes, and such a file read again: also where somebody has changed it
// by hand. It is YAML, of which only what people write in such files is read: lists, maps, texts with and without quotes,
// and texts of several lines. Every value is a text.

(() => {
  /** A text in quotes: one of JSON is one of YAML, but for a few signs that YAML does not take as they are. */
  const quoted = (text) =>
    // A half of a pair is no letter.
    JSON.stringify(
      text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "�"),
    ).replace(
      /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );

  const written = (value, inside) => {
    if (Array.isArray(value)) return ` [${value.map(quoted).join(", ")}]`;
    if (typeof value === "string") return ` ${quoted(value)}`;
    return Object.entries(value)
      .map(([name, own]) => `\n${inside}${name}: ${["kind", "redacted"].includes(name) ? own : quoted(own)}`)
      .join("");
  };

  /**
   * The text of a file.
   * @param {Record<string, Record<string, any>>} wins by their ids
   */
  const write = (wins) => {
    const { KEYS } = globalThis.levelOneWins;
    const entries = Object.entries(wins).map(([id, win]) => {
      const keys = KEYS.filter((key) => Object.hasOwn(win, key));
      // Dates and words of the build need no quotes.
      const plain = (key) => ["date", "kind", "thanked_by", "visibility", "checked", "lesson", "reply"].includes(key);
      const lines = keys.map((key) => `  ${key}:${plain(key) ? ` ${win[key]}` : written(win[key], "    ")}`);
      return `- id: ${id}\n${lines.join("\n")}\n`;
    });
    return entries.join("\n");
  };

  class Fault extends Error {
    constructor(line, why) {
      super(why);
      this.line = line;
    }
  }

  const ESCAPES = { n: "\n", t: "\t", r: "\r", 0: "\0", b: "\b", f: "\f", e: "\x1b", _: "\u00a0", N: "\u0085" };

  /** A text in double quotes without them. */
  const unescaped = (text) =>
    text.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|(.))/gis, (_, two, four, eight, sign) => {
      const code = two ?? four ?? eight;
      if (code) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
      return ESCAPES[sign] ?? sign;
    });

  /** Lines of a text in quotes, or without any, as one: an empty one is a line end. */
  const folded = (lines) =>
    lines
      .map((line, place) =>
        place === 0 ? line.trimEnd() : place === lines.length - 1 ? line.trimStart() : line.trim(),
      )
      .join("\n")
      .replace(/\n+/g, (ends) => (ends.length === 1 ? " " : "\n".repeat(ends.length - 1)));

  class Reader {
    constructor(text) {
      this.lines = text.replace(/^\ufeff/, "").split(/\r\n?|\n/);
      this.at = 0;
    }

    read() {
      this.#skip();
      if (this.#line === "---") this.at++;
      if (!this.#skip()) return [];
      const start = this.at;
      const indent = this.#indent;
      const value = this.#isItem(indent) ? this.#list(indent) : [{ line: start + 1, value: this.#map(indent) }];
      if (this.#skip() && this.#line !== "...") this.#fail("indent");
      return value;
    }

    get #line() {
      return this.lines[this.at];
    }

    get #indent() {
      const [spaces] = /^[ \t]*/.exec(this.#line);
      if (spaces.includes("\t")) this.#fail("tab");
      return spaces.length;
    }

    #fail(why, line = this.at) {
      throw new Fault(Math.min(line, this.lines.length - 1) + 1, why);
    }

    /** Goes to the next line that says something, if there is one. */
    #skip() {
      while (this.at < this.lines.length && /^\s*(#.*)?$/.test(this.#line)) this.at++;
      return this.at < this.lines.length;
    }

    #isItem(indent) {
      return /^-(\s|$)/.test(this.#line.slice(indent));
    }

    #list(indent) {
      const items = [];
      while (this.#skip() && this.#indent === indent && this.#isItem(indent)) {
        const line = this.at + 1;
        // What stands behind the dash is a value like any other, further in.
        this.lines[this.at] = `${" ".repeat(indent)} ${this.#line.slice(indent + 1)}`;
        const isEmpty = this.#line.trim() === "";
        items.push({ line, value: isEmpty ? this.#below(indent) : this.#value(this.#indent) });
      }
      return items;
    }

    /** The value that begins at a place of this line. */
    #value(indent) {
      if (this.#isItem(indent)) return this.#list(indent).map(({ value }) => value);
      return this.#key(indent) ? this.#map(indent) : this.#scalar(this.#line.slice(indent), indent - 1);
    }

    #key(indent) {
      return /^(?:"([^"]*)"|'([^']*)'|([A-Za-z_][\w-]*))\s*:(?:\s+(.*))?$/.exec(this.#line.slice(indent));
    }

    #map(indent) {
      const map = {};
      while (this.#skip() && this.#indent === indent && !this.#isItem(indent)) {
        const found = this.#key(indent);
        if (!found) this.#fail("key");
        const name = found[1] ?? found[2] ?? found[3];
        if (Object.hasOwn(map, name)) this.#fail("twice");
        const rest = (found[4] ?? "").replace(/^#.*/, "").trim();
        if (rest === "") this.at++;
        Object.defineProperty(map, name, {
          value: rest === "" ? this.#below(indent) : this.#scalar(rest, indent),
          enumerable: true,
        });
      }
      if (this.at < this.lines.length && this.#skip() && this.#indent > indent) this.#fail("indent");
      return map;
    }

    /** The value in the lines below, further in than a place; none is an empty text. */
    #below(indent) {
      if (this.#line?.trim() === "") this.at++;
      if (!this.#skip()) return "";
      if (this.#indent > indent) return this.#value(this.#indent);
      if (this.#indent === indent && this.#isItem(indent)) return this.#list(indent).map(({ value }) => value);
      return "";
    }

    #scalar(rest, indent) {
      const start = this.at;
      const [first] = rest;
      if (/^[|>][+-]?\d?\s*(#.*)?$/.test(rest)) return this.#block(rest, indent);
      if (first === '"' || first === "'") return this.#inQuotes(rest, first);
      if (first === "[" || first === "{") return this.#flow(rest);
      if (/^[&*!%@`|>]/.test(rest)) this.#fail("quotes");
      const lines = [rest];
      this.at++;
      while (this.at < this.lines.length && (this.#line.trim() === "" || this.#indent > indent)) {
        if (this.#line.trim() === "" && !this.#isFurther(indent)) break;
        lines.push(this.#line.trim());
        this.at++;
      }
      const plain = lines.map((line) => line.replace(/(^|\s)#.*$/, ""));
      const colon = plain.findIndex((line) => /:(\s|$)/.test(line));
      if (colon >= 0) this.#fail("quotes", start + colon);
      return folded(plain).trim();
    }

    /** Whether the next line that says something is further in. */
    #isFurther(indent) {
      const next = this.lines.slice(this.at).find((line) => line.trim() !== "");
      return next !== undefined && /^ */.exec(next)[0].length > indent;
    }

    #block(head, indent) {
      this.at++;
      const lines = [];
      while (this.at < this.lines.length && (this.#line.trim() === "" || /^ */.exec(this.#line)[0].length > indent)) {
        lines.push(this.#line);
        this.at++;
      }
      const inside = Math.min(...lines.filter((line) => line.trim()).map((line) => /^ */.exec(line)[0].length));
      const own = lines.map((line) => line.slice(inside).trimEnd());
      const text = own.join("\n").trimEnd();
      return head[0] === "|" ? text : folded(text.split("\n"));
    }

    #inQuotes(rest, quote) {
      const start = this.at;
      const end = quote === '"' ? /^"((?:[^"\\]|\\.)*)"\s*(#.*)?$/s : /^'((?:[^']|'')*)'\s*(#.*)?$/s;
      let text = rest;
      for (this.at++; ; this.at++) {
        const found = end.exec(text);
        if (found) {
          // A line end behind a stroke joins two lines.
          const lines = found[1].replace(/\\\n\s*/g, "").split("\n");
          const whole = lines.length > 1 ? folded(lines) : lines[0];
          return quote === '"' ? unescaped(whole) : whole.replaceAll("''", "'");
        }
        if (this.at >= this.lines.length) this.#fail("open", start);
        text += `\n${this.#line}`;
      }
    }

    /** A list or a map between brackets, perhaps over several lines. */
    #flow(rest) {
      const start = this.at;
      let text = rest;
      for (this.at++; ; this.at++) {
        const flow = new Flow(text);
        const value = flow.value();
        if (value !== undefined && /^\s*(#.*)?$/.test(flow.rest)) return value;
        if (this.at >= this.lines.length || value !== undefined) this.#fail("brackets", start);
        text += ` ${this.#line.trim()}`;
      }
    }
  }

  class Flow {
    constructor(text) {
      this.rest = text;
    }

    #take(pattern) {
      const found = pattern.exec(this.rest);
      if (found) this.rest = this.rest.slice(found[0].length);
      return found;
    }

    /** A value; undefined where it does not end. */
    value() {
      if (this.#take(/^\s*\[/)) return this.#many("]", () => this.value());
      if (this.#take(/^\s*\{/)) {
        const pairs = this.#many("}", () => {
          const name = this.#text(/^[^:,{}[\]]+/);
          return name === undefined || !this.#take(/^\s*:/) ? undefined : [name, this.value()];
        });
        return pairs && Object.fromEntries(pairs);
      }
      return this.#text(/^[^,{}[\]]+/);
    }

    #many(end, one) {
      const all = [];
      const isEnd = () => this.#take(end === "]" ? /^\s*\]/ : /^\s*\}/);
      while (!isEnd()) {
        const value = one();
        if (value === undefined || (Array.isArray(value) && value.includes(undefined))) return undefined;
        all.push(value);
        if (!this.#take(/^\s*,/) && !/^\s*[\]}]/.test(this.rest)) return undefined;
      }
      return all;
    }

    #text(plain) {
      const double = this.#take(/^\s*"((?:[^"\\]|\\.)*)"/s);
      if (double) return unescaped(double[1]);
      const single = this.#take(/^\s*'((?:[^']|'')*)'/s);
      if (single) return single[1].replaceAll("''", "'");
      return this.#take(plain)?.[0].trim();
    }
  }

  /**
   * The wins of a file, by their ids; all of them, or what is wrong and where.
   * @param {string} text
   * @returns {{wins: Record<string, any>} | {fault: {line: number, why: string, key?: string}}}
   */
  const read = (text) => {
    const { KEYS, NEEDED, clean, idOf, isSound, merge, slug } = globalThis.levelOneWins;
    try {
      let wins = {};
      for (const { line, value } of new Reader(text).read()) {
        const wrong = (why, key) => ({ fault: { line, why, key } });
        if (value === null || typeof value !== "object" || Array.isArray(value)) return wrong("entry");
        const { id, ...win } = value;
        const missing = NEEDED.find((key) => !win[key]);
        if (missing) return wrong("missing", missing);
        for (const [key, own] of Object.entries(win)) {
          if (!KEYS.includes(key)) return wrong("unknown", key);
          if (own !== "" && !isSound(key, own)) return wrong("value", key);
        }
        wins = merge(wins, { [slug(id) ?? idOf(win)]: clean(win) });
      }
      return { wins };
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      return { fault: { line: fault.line, why: fault.message } };
    }
  };

  globalThis.levelOneWinsFile = { write, read };
})();
