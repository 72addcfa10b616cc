// What is asked: queries that somebody wrote and judged, and queries made from the pages, whose answer is where they
// came from. Each is `{ query, category, held, accept: [{ page, sections }] }`, `sections` being left out where any will do.

import { readFileSync } from "node:fs";
import { Numbers } from "./random.mjs";

const SEED = 20261;
const COUNTS = { heading: 150, body: 150, "heading typo": 100, "heading form": 90 };

/** A word that says nothing on its own, or stands in headings of every manual. */
const STOP = new Set(
  `a about above after all also an and any are as at be been before being below between both but by can could did do does
  during each few for from further had has have having how i if in into is it its more most my no nor not of off on once
  only or other our out over own same should so some such than that the their them then there these they this those
  through to too under until up using very was we were what when where which while who why will with would you your
  description synopsis options examples example introduction overview configuration notes note`.split(/\s+/),
);

/** Every judged query: an answer is a page, or `page#section`, where `page#` is the top of the page. */
export function allJudged() {
  const file = JSON.parse(readFileSync(new URL("queries.json", import.meta.url), "utf8"));
  return Object.entries(file).flatMap(([category, halves]) =>
    ["tuned", "held"].flatMap((half) =>
      Object.entries(halves[half]).map(([query, answers]) => {
        return { query, category, held: half === "held", accept: accepted(answers) };
      }),
    ),
  );
}

function accepted(answers) {
  const pages = new Map();
  for (const answer of answers) {
    const [page, section] = answer.split("#");
    const sections = pages.get(page) ?? [];
    pages.set(page, section === undefined ? undefined : [...sections, section]);
  }
  return [...pages].map(([page, sections]) => ({ page, sections }));
}

/** The judged queries that can be answered by these pages; other packages may lack some. */
export function judged(pages) {
  const slugs = new Set(pages.map(({ slug }) => slug));
  return allJudged().filter(({ accept }) => accept.some(({ page }) => slugs.has(page)));
}

/** Queries made from the pages, the same ones each time. */
export function known(pages) {
  const numbers = new Numbers(SEED);
  const sections = pages.flatMap(({ slug, title, sections: all }) =>
    all.map((section) => ({ slug, title, ...section })),
  );
  const headings = fromHeadings(numbers, sections);
  const bodies = fromBodies(numbers, sections);
  const words = new Set(sections.flatMap(({ title, heading, text }) => wordsOf(`${title} ${heading} ${text}`)));
  const take = (category, list) =>
    list.slice(0, COUNTS[category]).map((each, at) => ({ ...each, category, held: at % 2 === 1 }));
  // Typos and other forms are made of headings that no plain query was made of.
  const [plain, rest] = [headings.slice(0, COUNTS.heading), headings.slice(COUNTS.heading)];
  const typos = rest.flatMap((each) => changed(each, (word) => typo(numbers, word, words)));
  const forms = rest.reverse().flatMap((each) => changed(each, (word) => otherForm(numbers, word, words)));
  return [
    ...take("heading", plain),
    ...take("body", bodies),
    ...take("heading typo", typos),
    ...take("heading form", forms),
  ];
}

/** Two or three telling words of a heading that no other heading has together. */
function fromHeadings(numbers, sections) {
  const bags = sections.map(({ title, heading }) => new Set(wordsOf(`${title} ${heading}`)));
  return numbers.shuffled(sections).flatMap((section) => {
    const telling = [...new Set(wordsOf(section.heading))].filter((word) => word.length > 2 && !STOP.has(word));
    if (telling.length < 2) return [];
    const from = numbers.below(Math.max(1, telling.length - 2));
    const words = telling.slice(from, from + 3);
    const alike = bags.filter((bag) => words.every((word) => bag.has(word))).length;
    return alike === 1 ? [answered(words.join(" "), section)] : [];
  });
}

/** Four or five words of a sentence in a row, three of them long, that stand in one section only. */
function fromBodies(numbers, sections) {
  const texts = sections.map(({ text }) => ` ${wordsOf(text).join(" ")} `);
  const found = [];
  for (const at of numbers.shuffled(sections.map((_, index) => index))) {
    if (found.length === COUNTS.body) break;
    const length = 4 + numbers.below(2);
    const sentence = numbers.pick(sections[at].text.split(/[.!?;:()"“”\n]+/));
    const words = wordsOf(sentence);
    if (words.length < 2 * length) continue;
    const from = numbers.below(words.length - length);
    const taken = words.slice(from, from + length);
    const long = taken.filter((word) => word.length > 4 && !/\d/.test(word));
    if (long.length < 3) continue;
    const phrase = ` ${taken.join(" ")} `;
    if (texts.filter((text) => text.includes(phrase)).length === 1) found.push(answered(taken.join(" "), sections[at]));
  }
  return found;
}

function answered(query, { slug, id }) {
  return { query, accept: [{ page: slug, sections: [id] }] };
}

/** The query with its longest word changed, where `change` finds a change. */
function changed(from, change) {
  const words = from.query.split(" ");
  const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
  const other = longest.length >= 5 && /^[a-z]+$/.test(longest) ? change(longest) : undefined;
  return other ? [{ ...from, query: words.map((word) => (word === longest ? other : word)).join(" ") }] : [];
}

/** One letter left out, doubled, exchanged for another, or two swapped; never the first, and never a word that exists. */
function typo(numbers, word, exists) {
  for (let tries = 0; tries < 8; tries++) {
    const at = 1 + numbers.below(word.length - 2);
    const letter = "abcdefghijklmnopqrstuvwxyz"[numbers.below(26)];
    const made = numbers.pick([
      word.slice(0, at) + word.slice(at + 1),
      word.slice(0, at) + word[at] + word.slice(at),
      word.slice(0, at) + letter + word.slice(at + 1),
      word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
    ]);
    if (made !== word && !exists.has(made)) return made;
  }
  return undefined;
}

/** Another form of the word that some page has: with or without s, ing, ed. */
function otherForm(numbers, word, exists) {
  const ending = /(?:[^s]s|ing|ed)$/.test(word) ? word.replace(/(s|ing|ed)$/, "") : word;
  const base = ending.replace(/ie$/, "y");
  const stems = new Set([base, `${base}e`, base.replace(/([^aeiou])\1$/, "$1"), base.replace(/e$/, "")]);
  const forms = [...stems].flatMap((stem) => [stem, `${stem}s`, `${stem}es`, `${stem}ing`, `${stem}ed`]);
  const known = forms.filter((form) => form !== word && form.length > 3 && exists.has(form));
  return known.length > 0 ? numbers.pick(known) : undefined;
}

function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
