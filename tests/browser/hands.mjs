// A browser that does as it is told: one JSON command a line comes in, one answer a line goes out.
// Usage: node hands.mjs CHROMIUM. A command is {"tab", "do", "with"}; an answer {"value"} or {"error"}.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { look } from "./look.mjs";

const executablePath = process.argv[2];
// Scroll bars are shown, for a page has to leave them their place.
const launched = () => chromium.launch({ executablePath, args: ["--no-sandbox"], ignoreDefaultArgs: ["--hide-scrollbars"] });
const people = new Map(), tabs = new Map();
const TIMEOUT = 20_000, BEGINS = 600;
let browser = await launched();

// What has the focus, as somebody would name it who listens: role and name.
const FOCUS = () => {
  const one = document.activeElement;
  if (!one || one === document.body) return "";
  const name = one.getAttribute("aria-label") || one.querySelector(":scope > h1, :scope > h2")?.textContent || one.labels?.[0]?.textContent || (one.tagName === "MAIN" ? "" : one.textContent) || one.id;
  return `${one.tagName.toLowerCase()} ${name.trim().replace(/\s+/g, " ").slice(0, 60)}`.trim();
};

// What can be pressed on a page, one of each kind: links alike but for their numbers are one.
const CONTROLS = () => {
  const kinds = new Map();
  for (const one of document.querySelectorAll("a[href], button, summary, select, input[type=checkbox], input[type=radio]")) {
    if (!one.checkVisibility()) continue;
    const where = one.hasAttribute("href") ? new URL(one.getAttribute("href"), location).pathname.replace(/%[0-9A-F]{2}|[0-9-]+/g, "0") : `${one.name ?? ""} ${one.form?.action ?? ""}`;
    const kind = `${one.tagName} ${where} ${one.name ? one.value : one.hasAttribute("href") ? "" : one.textContent}`.replace(/[0-9]+/g, "0");
    if (!kinds.has(kind)) { kinds.set(kind, one); one.dataset.nth = kinds.size - 1; }
  }
  return [...kinds.keys()];
};
// How a page stands: its headings, and whether it leads to a login anywhere within.
const STANDS = () => ({
  path: location.pathname, heads: [...document.querySelectorAll("h1")].map((one) => one.textContent), mains: document.querySelectorAll("main").length,
  logins: [...document.querySelectorAll("a, form")].filter((one) => /\/login/.test(one.href || one.getAttribute("action") || "")).length,
});

// Each person has a browser of his own: his tabs share its cookies.
async function own({ scripts, width }) {
  const made = await browser.newContext({ locale: "ru-RU", timezoneId: "Europe/Moscow", javaScriptEnabled: scripts, viewport: { width, height: 800 } });
  made.setDefaultTimeout(TIMEOUT);
  return made;
}

async function arrived(name, deed) {
  const { page } = tabs.get(name);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), deed(page)]);
}

// Whether it is done in time: a browser that is asked to close a tab may never answer.
const inTime = (done) => Promise.race([done.then(() => true), new Promise((late) => setTimeout(late, TIMEOUT, false))]);

// Read a page that may be just leaving for another one.
async function read(page, what) {
  for (;;) {
    try {
      return await page.evaluate(what);
    } catch (error) {
      if (!/context was destroyed|Cannot find context/.test(error.message)) throw error;
      await page.waitForLoadState("load");
    }
  }
}

const deeds = {
  async open(name, { person, ...asked }) {
    if (!people.has(person)) people.set(person, await own(asked));
    const page = await people.get(person).newPage();
    const tab = { page, noise: [], origin: null };
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) tab.noise.push(message.text()); });
    page.on("pageerror", (error) => tab.noise.push(String(error)));
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (tab.allowed && protocol !== "data:" && !tab.allowed.includes(origin)) tab.noise.push(request.url());
    });
    page.on("dialog", (dialog) => dialog.accept());
    tabs.set(name, tab);
  },
  async goto(name, { url, allowed }) {
    const tab = tabs.get(name);
    tab.allowed ??= [new URL(url).origin, ...allowed];
    return (await tab.page.goto(url)).status();
  },
  // What leads to another page is done when that page is there.
  follow: (name, { what }) => arrived(name, (page) => page.locator(what).first().click()),
  enter: (name, { key }) => arrived(name, (page) => page.keyboard.press(key)),
  click: (name, { what }) => tabs.get(name).page.locator(what).first().click(),
  fill: (name, { what, text }) => tabs.get(name).page.locator(what).first().fill(text),
  type: (name, { what, text }) => tabs.get(name).page.locator(what).first().pressSequentially(text),
  choose: (name, { what, value }) => tabs.get(name).page.locator(what).first().selectOption(value),
  put: (name, { what, file }) => tabs.get(name).page.locator(what).first().setInputFiles(file),
  focused: (name, { what }) => tabs.get(name).page.locator(what).first().focus(),
  write: (name, { text }) => tabs.get(name).page.keyboard.insertText(text),
  press: (name, { key }) => tabs.get(name).page.keyboard.press(key),
  scroll: (name, { to }) => tabs.get(name).page.evaluate((y) => scrollTo(0, y), to),
  size: (name, size) => tabs.get(name).page.setViewportSize(size),
  within: (name, { what }) => tabs.get(name).page.locator(what).first().evaluate((one) => { const { top, bottom } = one.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }),
  editor: (name, { what }) => tabs.get(name).page.locator(what).first().evaluate((one) => one.CodeMirror.getValue()),
  reach: (name, { what }) => tabs.get(name).page.locator(what).first().scrollIntoViewIfNeeded(),
  sideways: (name) => tabs.get(name).page.evaluate(() => document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth),
  scrolled: (name) => tabs.get(name).page.evaluate(() => Math.round(scrollY)),
  back: (name) => tabs.get(name).page.goBack().then(() => null),
  reload: (name) => tabs.get(name).page.reload().then((answer) => answer.status()),
  appears: (name, { what }) => tabs.get(name).page.locator(what).first().waitFor({ state: "visible" }),
  count: (name, { what }) => tabs.get(name).page.locator(what).count(),
  texts: (name, { what }) => tabs.get(name).page.locator(what).allInnerTexts(),
  value: (name, { what }) => tabs.get(name).page.locator(what).first().inputValue(),
  checked: (name, { what }) => tabs.get(name).page.locator(what).evaluateAll((all) => all.map((one) => one.checked)),
  attribute: (name, { what, called }) => tabs.get(name).page.locator(what).first().getAttribute(called),
  address: (name) => tabs.get(name).page.url(),
  title: (name) => tabs.get(name).page.title(),
  fills: (name, { what }) => tabs.get(name).page.locator(what).evaluateAll((all) => all.map((one) => getComputedStyle(one).fill)),
  focus: (name) => tabs.get(name).page.evaluate(FOCUS),
  tree: (name, { what }) => tabs.get(name).page.locator(what).first().ariaSnapshot(),
  print: (name) => tabs.get(name).page.emulateMedia({ media: "print" }),
  paper: (name, { path }) => tabs.get(name).page.pdf({ path, format: "A4", preferCSSPageSize: true }).then(() => null),
  screen: (name) => tabs.get(name).page.emulateMedia({ media: null }),
  shows: (name, { what }) => tabs.get(name).page.locator(what).first().isVisible(),
  picture: (name, { path }) => tabs.get(name).page.screenshot({ path, fullPage: true }),
  cookies: (name) => tabs.get(name).page.context().cookies(),
  controls: (name) => tabs.get(name).page.evaluate(CONTROLS),
  async pressed(name, { nth }) {
    const { page } = tabs.get(name), one = page.locator(`[data-nth="${nth}"]`);
    const begun = page.waitForRequest((asked) => asked.isNavigationRequest(), { timeout: BEGINS }).catch(() => null);
    const led = page.waitForNavigation({ waitUntil: "load" }).catch(() => null);
    if (await one.evaluate((found) => found.tagName === "SELECT")) await one.selectOption({ index: (await one.locator("option").count()) - 1 });
    else await one.evaluate((found) => found.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })));
    if (await begun) await led;
    return read(page, STANDS);
  },
  // The page's own clock stands still until it is turned.
  stop: (name) => tabs.get(name).page.clock.install(),
  turn: (name, { seconds }) => tabs.get(name).page.clock.runFor(seconds * 1000),
  look: (name, { pages, links }) => look(tabs.get(name).page, pages, links),
  // A browser that is killed asks nobody and says nothing; a cut network gives nothing to its tabs.
  async kill(name, { person }) { await people.get(person).close(); people.delete(person); },
  offline: (name, { cut }) => tabs.get(name).page.context().setOffline(cut),
  async forget() {
    const closed = Promise.all([...people.values()].map((one) => one.close()));
    people.clear(); tabs.clear();
    if (await inTime(closed)) return;
    await inTime(browser.close());
    browser = await launched();
  },
  async noise(name) {
    const tab = tabs.get(name), heard = tab.noise;
    tab.noise = [];
    return heard;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  let answer;
  try {
    answer = { value: (await deeds[asked.do](asked.tab, asked.with)) ?? null };
  } catch (error) {
    answer = { error: `${asked.do} ${JSON.stringify(asked.with)}: ${error.message}` };
  }
  console.log(JSON.stringify(answer));
}
await browser.close();
