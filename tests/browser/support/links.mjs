// What a page points at, and where that leads.

/**
 * Every address in a document, as written: `{ tag, attribute, rel, value }`.
 * Runs in the page, so it uses nothing from outside itself.
 */
export function addressesIn(document) {
  const found = [];
  const add = (element, attribute, value) => {
    found.push({ tag: element.localName, attribute, rel: element.getAttribute("rel") ?? "", value: value.trim() });
  };
  const attributes = ["href", "xlink:href", "src", "action", "formaction", "poster", "data"];
  for (const element of document.querySelectorAll("*")) {
    for (const attribute of attributes) {
      if (attribute === "data" && element.localName !== "object") continue;
      const value = element.getAttribute(attribute);
      if (value !== null) add(element, attribute, value);
    }
    for (const attribute of ["srcset", "imagesrcset"]) {
      const value = element.getAttribute(attribute);
      if (value === null) continue;
      for (const candidate of value.split(/,\s+/)) add(element, attribute, candidate.trim().split(/\s+/)[0]);
    }
  }
  return found;
}

/** An address that names its own scheme (`https:`, `mailto:`), in lower case; otherwise undefined. */
export function schemeOf(value) {
  return /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1].toLowerCase();
}

/** What is wrong with an address as written, wherever the site may lie; undefined when nothing is. */
export function faultOf({ tag, attribute, rel, value }) {
  const written = `<${tag} ${attribute}="${value}">`;
  const scheme = schemeOf(value);
  if (scheme) {
    const link = attribute === "href" && (tag === "a" || tag === "area");
    if (link && ["http", "https", "mailto", "tel"].includes(scheme)) return undefined;
    if (tag === "link" && rel === "canonical" && ["http", "https"].includes(scheme)) return undefined;
    return `${written} may not have the scheme ${scheme}`;
  }
  if (/^[/\\]/.test(value)) return `${written} starts at the host, not at the page`;
  if (value === "") return `${written} is empty`;
  const path = value.replace(/[?#].*$/s, "");
  if (/(^|\/)\.{0,2}$/.test(path) && path !== "") return `${written} does not end in a file name`;
  return undefined;
}

/** The site's path and the fragment that `url` leads to below `base`; undefined outside of it. */
export function placeOf(url, base) {
  const { origin, protocol, pathname, hash } = new URL(url);
  const root = new URL(base);
  if (origin !== root.origin || protocol !== root.protocol || !pathname.startsWith(root.pathname)) return undefined;
  return { path: decode(pathname.slice(root.pathname.length)), fragment: decode(hash.slice(1)) };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
