// Which documentation is read: Debian's packages with good running prose, and where in them the chapters lie.

const docs = "usr/share/doc";

/** Folders at the top of the manuals made with Sphinx that hold no prose. */
const notProse = /(^|\/)(genindex|search|index|contents|glossary|license|copyright|bugs|py-modindex)\.html$/;

/**
 * `short` begins every slug of a package; `root` is where its pages lie, `files` which of them are read. `titles` makes
 * slugs from titles, for packages whose files are only numbered, and `stem` shortens the names of others. `share` keeps
 * large references from crowding out the rest: the less, the later a page is taken.
 */
export const packages = [
  {
    name: "debian-handbook",
    short: "handbook",
    title: "Debian administrator's handbook",
    root: `${docs}/debian-handbook/html/en-US`,
    files: /^[^/]+\.html$/,
    stem: (stem) => stem.replace(/^sect\./, ""),
  },
  {
    name: "debian-reference-en",
    short: "reference",
    title: "Debian reference",
    root: "usr/share/debian-reference",
    files: /^ch\d+\.en\.html$/,
    titles: true,
  },
  {
    name: "developers-reference",
    short: "devref",
    title: "Debian developer's reference",
    root: "usr/share/developers-reference",
    files: /^[^/]+\.html$/,
  },
  {
    name: "debian-policy",
    short: "policy",
    share: 0.8,
    title: "Debian policy",
    root: `${docs}/debian-policy/policy.html`,
    files: /^(ch|ap)-[^/]+\.html$/,
    stem: (stem) => stem.replace(/^(ch|ap)-/, ""),
  },
  {
    name: "debian-faq",
    short: "faq",
    title: "Questions and answers on Debian",
    root: `${docs}/debian/FAQ`,
    files: /^[^/]+\.en\.html$/,
    stem: (stem) => stem.replace(/\.en$/, ""),
  },
  {
    name: "harden-doc",
    short: "securing",
    title: "Securing Debian",
    root: `${docs}/harden-doc/html/en-US`,
    files: /^(?!changelog|credits)[^/]+\.html$/,
    titles: true,
  },
  {
    name: "installation-guide-amd64",
    short: "install",
    title: "Installing Debian",
    root: `${docs}/installation-guide-amd64/en`,
    files: /^(ch|ap)[^/]+\.html$/,
    titles: true,
  },
  {
    name: "aptitude-doc-en",
    short: "aptitude",
    title: "Aptitude",
    root: `${docs}/aptitude/html/en`,
    files: /^ch[^/]+\.html$/,
    titles: true,
  },
  {
    name: "git-doc",
    short: "git",
    share: 0.35,
    title: "Git",
    root: `${docs}/git-doc`,
    files: /^(git|user-manual|My|ReviewingGuidelines|SubmittingPatches|howto\/)[^/]*\.html$/,
    stem: (stem) => stem.replace(/^howto\//, "howto-").replace(/^git-?(?=.)/, ""),
  },
  {
    name: "postgresql-doc-15",
    short: "pg",
    share: 0.3,
    title: "PostgreSQL",
    root: `${docs}/postgresql-doc-15/html`,
    files:
      /^(?!release|sql-(?!syntax)|catalog-|view-|infoschema|features|errcodes|ecpg-|plpgsql-errors|keywords|bookindex|biblio|legalnotice|acronyms|glossary|app-|pgupgrade|contrib-|docguide|sourcerepo|spi-|wait)[^/]+\.html$/,
  },
  {
    name: "python3.11-doc",
    short: "python",
    share: 0.6,
    title: "Python",
    root: `${docs}/python3.11/html`,
    files: /^(tutorial|howto|faq|using|reference|installing|extending)\/[^/]+\.html$/,
  },
  {
    name: "python-django-doc",
    short: "django",
    share: 0.6,
    title: "Django",
    root: `${docs}/python-django-doc/html`,
    files: /^(intro|topics|howto|faq|internals|misc)\/.+\.html$/,
  },
  {
    name: "apache2-doc",
    short: "apache",
    share: 0.6,
    title: "Apache's web server",
    root: `${docs}/apache2-doc/manual/en`,
    files: /^((howto|ssl|misc|rewrite|vhosts|platform|programs|developer)\/)?[^/]+\.html$/,
  },
  {
    name: "rust-doc",
    short: "rust",
    share: 0.9,
    title: "Rust",
    root: `${docs}/rust-doc/html/book`,
    files: /^(ch\d\d-|appendix-)[^/]+\.html$/,
    stem: (stem) => stem.replace(/^(ch|appendix-)(\d\d-)+/, ""),
  },
  {
    name: "borgbackup-doc",
    short: "borg",
    share: 0.8,
    title: "Borg",
    root: `${docs}/borgbackup/html`,
    files: /^(?!changes|authors|book|man_intro)((usage|deployment|internals)\/)?[^/]+\.html$/,
  },
  {
    name: "postfix-doc",
    short: "postfix",
    share: 0.4,
    title: "Postfix",
    root: `${docs}/postfix/html`,
    files: /^[A-Z0-9_]+_README\.html$/,
    stem: (stem) => stem.replace(/_README$/, ""),
  },
];

/** Is this file a chapter of the package? */
export function isChapter(wanted, path) {
  return wanted.files.test(path) && !notProse.test(path);
}
