// The reply desk: a reply is filled in, counted, copied, and nothing of it stays.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { violations } from "./support/axe.mjs";
import { launch } from "./support/browser.mjs";
import { keep, kept, visit } from "./support/frame.mjs";
import {
  clipboard,
  copied,
  field,
  filled,
  fillIn,
  PAGE,
  press,
  source,
  status,
  VALUES,
} from "./support/reply-desk.mjs";
import { desk, phone, places, until } from "./support/search-page.mjs";
import { smallTargets, tooWide } from "./support/seen.mjs";

const SMS = "replies/close-the-loop-sms.html";

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const onServer = (name, use, options) => test(name, () => visit(browser, places[0][1], use, options));
const length = (page) => page.locator(".copybar .length").textContent();

for (const [where, open] of places) {
  test(`a reply is filled in and copied byte for byte, ${where}`, () =>
    visit(
      browser,
      open,
      async ({ page, goto }) => {
        await goto(PAGE);
        await fillIn(page, VALUES);
        assert.equal(await copied(page, "Copy", /^Copied\./), filled(PAGE, VALUES));
        const subject = await page.locator(".message-subject .text").textContent();
        assert.equal(await copied(page, "Copy the subject", /subject is copied/), subject);
        assert.equal(await copied(page, "Copy both", /Subject and message/), `${subject}\n\n${filled(PAGE, VALUES)}`);
        const shown = await page.locator(".moves .text").allTextContents();
        assert.equal(shown.join("\n\n"), filled(PAGE, VALUES), "what is seen is what is sent");
      },
      where.includes("file") ? {} : clipboard,
    ));
}

onServer(
  "an open gap is marked, and copying refuses until it is filled in or left",
  async ({ page, goto }) => {
    await goto(PAGE);
    assert.match(await length(page), /^3 gaps left\. Email: \d+ of 1200 characters\. Subject: \d+ characters$/);
    assert.equal(await page.locator(".slot.open").count(), 3);
    await fillIn(page, { role_title: "engineer", my_name: "Robin" });
    assert.match(await length(page), /^One gap left\./);
    await page.locator(".you > summary").click();
    await press(page, "Copy");
    assert.match(await status(page).textContent(), /^One gap is still open: Company\./);
    assert.equal(await field(page, "company").evaluate((input) => input === document.activeElement), true);
    assert.equal(await field(page, "company").getAttribute("aria-invalid"), "true");
    const edge = await field(page, "company").evaluate((input) => getComputedStyle(input).borderTopWidth);
    assert.equal(edge, "2px", "it is seen without reading the line below it");
    assert.equal(await page.locator("small.heed").textContent(), "Fill this in before you copy.");
    const left = filled(PAGE, {
      first_name: "there",
      thanks_detail: "your time",
      role_title: "engineer",
      company: "[Company]",
      my_name: "Robin",
    });
    assert.equal(await copied(page, "Copy with the gaps left open", /^Copied\./), left);
    await press(page, "Copy");
    await field(page, "company").fill("Harbour Lane");
    assert.equal(await field(page, "company").getAttribute("aria-invalid"), "false");
    assert.equal(await page.locator("small.heed").count(), 0);
    assert.equal(await copied(page, "Copy", /^Copied\./), left.replace("[Company]", "Harbour Lane"));
    assert.equal(await page.getByRole("button", { name: "Copy with the gaps left open" }).isVisible(), false);
  },
  clipboard,
);

onServer(
  "a sentence is seen whole on a phone, and stays one line of the message",
  async ({ page, goto }) => {
    await goto(PAGE);
    const thanks = field(page, "thanks_detail");
    const height = () => thanks.evaluate((area) => area.clientHeight);
    const before = await height();
    await thanks.fill("your careful questions about the team, the shifts and the way in which decisions are made");
    assert.ok((await height()) > before);
    assert.equal(await thanks.evaluate((area) => area.scrollHeight > area.clientHeight + 1), false);
    await thanks.fill("your questions");
    await thanks.press("End");
    await thanks.press("Enter");
    await page.keyboard.type("and your time");
    assert.equal(await page.locator(".slot[data-gap=thanks_detail]").textContent(), "your questions and your time");
  },
  { viewport: phone },
);

onServer("a gap in the message leads to its field", async ({ page, goto }) => {
  await goto(PAGE);
  await page.locator(".slot[data-gap=company]").click();
  assert.equal(await field(page, "company").evaluate((input) => input === document.activeElement), true);
});

for (const [tool, form] of Object.entries({
  Greenhouse: "Hi {{CANDIDATE_FIRST_NAME}},|the {{JOB_NAME}} role at {{COMPANY}}.|{{MY_FIRST_NAME}}",
  Lever: "Hi {{Candidate first name}},|the {{Newest job posting}} role at {{Company}}.|{{Your first name}}",
  Gem: "Hi #{{first_name|there}},|the [Role] role at [Company].|[Your name]",
  Teamtailor: "Hi {first-name there},|the {job-title} role at [Company].|[Your name]",
  Ashby: "Hi [First name],|the [Role] role at [Company].|[Your name]",
  Recruitee: "Hi [candidate.first],|the [Role] role at [Company].|[email_sender.first]",
  Gmail: "Hi @firstname,|the [Role] role at [Company].|[Your name]",
  "Text Blaze":
    "Hi {formtext: name=first_name; default=there},|the {formtext: name=role_title} role at {formtext: name=company}.|{formtext: name=my_name}",
})) {
  onServer(
    `gaps become placeholders of ${tool}`,
    async ({ page, goto }) => {
      await goto(PAGE);
      await field(page, "thanks_detail").fill("your questions");
      await page.getByRole("combobox", { name: "Copy for" }).selectOption(tool);
      const text = await copied(page, "Copy", new RegExp(`^Copied for ${tool}\\.`));
      for (const part of form.split("|")) assert.ok(text.includes(part), `${part} in ${text}`);
      assert.ok(text.includes("for your questions."), "what is filled in stays");
      assert.doesNotMatch(text, /\{\{ /);
      const warns = /pick each again/.test(await status(page).textContent());
      assert.equal(warns, ["Ashby", "Recruitee"].includes(tool), "it warns where tokens are picked by hand");
    },
    clipboard,
  );
}

onServer("a text message is counted as telephones do, once it is filled in", async ({ page, goto }) => {
  await goto(SMS);
  const names = await page
    .locator("reply-desk .field > [data-gap]")
    .evaluateAll((all) => all.map((one) => one.dataset.gap));
  await fillIn(page, Object.fromEntries(names.map((name) => [name, "x"])));
  assert.match(await length(page), /^Text message: \d+ of 160 characters$/);
  await field(page, names[0]).fill("€".repeat(80));
  assert.match(await length(page), /of 160 characters, 2 messages\. That is too long here/);
  await field(page, names[0]).fill("It’s");
  assert.match(await length(page), /of 70 characters.*“’” takes more room/);
});

onServer(
  "nothing that is typed about a candidate stays",
  async ({ page, goto }) => {
    await goto(PAGE);
    const [title, address] = [await page.title(), page.url()];
    await fillIn(page, { first_name: "Quentin", thanks_detail: "zebras", role_title: "lighthouse keeper" });
    await press(page, "Copy");
    await copied(page, "Copy with the gaps left open", /^Copied/);
    assert.equal(await page.title(), title);
    assert.equal(page.url(), address);
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    );
    assert.doesNotMatch(stored, /Quentin|zebras|lighthouse/);
    await goto("replies/index.html");
    await page.goBack();
    await page.locator("reply-desk:defined").waitFor();
    const values = await page.locator("input, textarea").evaluateAll((all) => all.map((one) => one.value).join());
    assert.doesNotMatch(values + (await page.content()), /Quentin|zebras|lighthouse keeper/);
    assert.equal(await kept(page), null);
  },
  clipboard,
);

onServer("it is cleared when the page is put away, and on request", async ({ page, goto }) => {
  await goto(PAGE);
  await field(page, "first_name").fill("Quentin");
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  assert.doesNotMatch(await page.content(), /Quentin/);
  assert.equal(await field(page, "first_name").inputValue(), "");
  await fillIn(page, { first_name: "Quentin", my_name: "Robin" });
  await press(page, "Clear it now");
  assert.equal(await field(page, "first_name").inputValue(), "");
  assert.equal(await field(page, "my_name").inputValue(), "Robin", "the reader is no candidate");
});

onServer("the reader's own name is remembered only when asked to", async ({ page, goto }) => {
  await goto(PAGE);
  await fillIn(page, { my_name: "Robin", first_name: "Alex" });
  assert.equal(await kept(page), null);
  await page.getByLabel("Remember my name and company").check();
  await field(page, "company").fill("Harbour Lane");
  assert.deepEqual(JSON.parse(await kept(page)).you, { my_name: "Robin", company: "Harbour Lane" });
  await goto(SMS);
  assert.equal(await page.locator(".you > summary").textContent(), "You: Robin at Harbour Lane ");
  await goto(PAGE);
  await page.locator(".you > summary").click();
  assert.equal(await field(page, "my_name").inputValue(), "Robin");
  await page.getByLabel("Remember my name and company").uncheck();
  assert.equal(JSON.parse(await kept(page)).you, undefined);
  for (const you of [null, 5, [], { my_name: {} }, "Robin"]) {
    await keep(page, { version: 2, you });
    await goto(PAGE);
    assert.equal(await field(page, "my_name").inputValue(), "");
  }
});

onServer("it opens in a mail program, unless it is too long for a link", async ({ page, goto }) => {
  await goto(PAGE);
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Page.enable");
  const asked = [];
  protocol.on("Page.frameRequestedNavigation", ({ url }) => asked.push(url));
  await fillIn(page, VALUES);
  await press(page, "Open in my mail program");
  await until(
    () => asked.length === 1,
    3000,
    () => "nothing was opened",
  );
  const [head, query] = asked[0].split("?");
  assert.equal(head, "mailto:");
  const { subject, body } = Object.fromEntries(query.split("&").map((pair) => pair.split("=").map(decodeURIComponent)));
  assert.equal(subject, await page.locator(".message-subject .text").textContent());
  assert.equal(body, filled(PAGE, VALUES).replaceAll("\n", "\r\n"));
  await field(page, "thanks_detail").fill("x".repeat(2000));
  await press(page, "Open in my mail program");
  assert.match(await status(page).textContent(), /too long for a mail link/);
  assert.equal(asked.length, 1);
});

onServer(
  "a phone can share it",
  async ({ page, goto }) => {
    await page.addInitScript(() => {
      navigator.share = async (what) => {
        window.shared = what;
      };
    });
    await goto(PAGE);
    await fillIn(page, VALUES);
    await press(page, "Share");
    assert.deepEqual(await page.evaluate(() => window.shared), { text: filled(PAGE, VALUES) });
  },
  { viewport: phone, hasTouch: true, isMobile: true },
);

onServer("what cannot be copied is shown to be selected", async ({ page, goto }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = () => false;
  });
  await goto(PAGE);
  await fillIn(page, VALUES);
  await press(page, "Copy");
  await until(
    async () => /does not let us copy/.test(await status(page).textContent()),
    2000,
    () => "nothing is said",
  );
  assert.equal(await page.evaluate(() => getSelection().toString()), filled(PAGE, VALUES));
});

onServer("what each part does can be hidden", async ({ page, goto }) => {
  await goto(PAGE);
  const move = page.locator(".move").first();
  await press(page, "Hide what each part does");
  assert.equal(await move.isVisible(), false);
  await press(page, "Show what each part does");
  assert.equal(await move.isVisible(), true);
});

onServer("at the end of the path the same desk stands", async ({ page, goto }) => {
  await goto("path.html");
  const step = await page.locator(".step:has(reply-desk)").first().getAttribute("id");
  await goto(`path.html#${step}`);
  const one = page.locator(`[id="${step}"] reply-desk`);
  // Its script is loaded when an end is reached: what is typed before counts too.
  await one.locator(".field > [data-gap]").first().fill("Alex");
  await until(
    async () => /Alex/.test(await one.locator(".moves").textContent()),
    5000,
    () => "the message does not have it",
  );
});

onServer(
  "without script the message stands with its gaps as a list, and can be selected",
  async ({ page, goto }) => {
    await goto(PAGE);
    assert.equal(await page.locator("reply-desk .field > [data-gap]").first().isVisible(), false);
    assert.equal(await page.locator(".send").isVisible(), false);
    assert.equal(await page.getByText("Fill in the gaps").first().isVisible(), true);
    await page.getByText("The text alone, to select and copy").click();
    assert.equal(await page.locator(".plain-text").textContent(), source(PAGE));
  },
  { javaScriptEnabled: false },
);

for (const [name, viewport] of [
  ["a phone", phone],
  ["a desk", desk],
]) {
  onServer(
    `axe finds nothing on ${name}, light and dark: empty, refused, filled in, for a tool`,
    async ({ page, goto }) => {
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await goto(PAGE);
        const states = [
          () => {},
          () => press(page, "Copy"),
          () => fillIn(page, VALUES),
          async () => {
            await page.getByRole("combobox", { name: "Copy for" }).selectOption("Ashby");
            await press(page, "Copy");
          },
        ];
        for (const reach of states) {
          await reach();
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(await page.evaluate(tooWide), []);
          assert.deepEqual(
            await page.evaluate(smallTargets, [
              "reply-desk",
              "button, input:not([type=checkbox]), textarea, .pick, select, summary",
            ]),
            [],
          );
        }
      }
    },
    { viewport },
  );
}
