// What goes wrong in a page beside what a test looks at.

const LOADING = /Failed to load resource|Refused to execute script|net::ERR_/;

/**
 * Tells `fault` of every error, violation of the policy and request that fails or leaves the site, from now on. `missing`
 * says that some files are not there on purpose.
 */
export async function watch(page, base, fault, missing = false) {
  const tell = (text) => fault(text.replaceAll(base, ""));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error" || (missing && LOADING.test(text))) return;
    tell(`console: ${text.slice(0, 200)} (${message.location().url})`);
  });
  page.on("pageerror", (error) => tell(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    tell(`a script says ${dialog.message()}`);
    dialog.dismiss();
  });
  // From the context, so that what a service worker asks for counts too.
  const context = page.context();
  context.on("request", (request) => {
    // Chromium asks for this one on its own, and a service worker hands it on.
    if (request.url() === new URL("/favicon.ico", base).href) return;
    // A reader's own program opens this, and nothing is sent.
    if (request.url().startsWith("mailto:")) return;
    if (!request.url().startsWith(base)) tell(`request leaves the site: ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400 && !missing) tell(`answer ${response.status()}: ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    // What a page was still fetching ahead when the test went on to the next one is not a fault.
    const reason = request.failure().errorText;
    if (reason !== "net::ERR_ABORTED" && !missing) tell(`request failed (${reason}): ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
      console.error(`content security policy: ${effectiveDirective} ${blockedURI} ${sample}`);
    });
  });
}
