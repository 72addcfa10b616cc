// The reply desk as a reader uses it: gaps are filled in, and a text is pasted elsewhere.

import { readFileSync } from "node:fs";
import { until } from "./search-page.mjs";

/** Required: role, company, name; with a fallback: first name and thanks. */
export const PAGE = "replies/no-reason-email.html";

export const source = (page) => {
  const name = page.slice("replies/".length, -".html".length);
  const text = readFileSync(new URL(`../../../content/replies/${name}.md`, import.meta.url), "utf8");
  return text.replace(/^---\n.*?\n---\n/s, "").trim();
};

/** A reply with its gaps filled, by the source of it. */
export const filled = (page, values) =>
  source(page).replace(/\{\{ (\w+)(?:\|[^}]*)? \}\}/g, (gap, name) => values[name] ?? gap);

export const VALUES = {
  first_name: "Zoë",
  thanks_detail: "your questions",
  role_title: "data engineer",
  company: "Harbour & Lane",
  my_name: "Robin",
};

export const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

export const field = (page, name) => page.locator(`reply-desk [data-gap=${name}]:not(.slot)`);
export const status = (page) => page.locator(".send [role=status]");
export const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

export async function fillIn(page, values) {
  await page.locator(".you > summary").click();
  for (const [name, value] of Object.entries(values)) await field(page, name).fill(value);
}

/** What a reader would paste, into a page that knows nothing of it. */
export async function pasted(page) {
  const other = await page.context().newPage();
  await other.goto("about:blank");
  await other.evaluate(() => document.body.append(document.createElement("textarea")));
  await other.locator("textarea").focus();
  await other.keyboard.press("Control+V");
  const text = await other.locator("textarea").inputValue();
  await other.close();
  return text;
}

/** Presses a button, and gives what it has copied once the page says so. */
export async function copied(page, button, said) {
  await page.evaluate(() => {
    document.querySelector(".send [role=status]").textContent = "";
  });
  await press(page, button);
  await until(
    async () => said.test(await status(page).textContent()),
    3000,
    async () => `it says “${await status(page).textContent()}”`,
  );
  return pasted(page);
}
