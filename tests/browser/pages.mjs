// Opens pages in Chromium and says what it found as one JSON object: see test_citizen_page.py.
// Usage: node pages.mjs CHROMIUM PLAN; PLAN is
// {"pages": [{"name", "url"}], "rate": url, "folder", "whole", "scan": [url]}.
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, given] = process.argv.slice(2);
const plan = JSON.parse(given);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function opened(options, url) {
  const context = await browser.newContext({ locale: "ru-RU", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const noise = [];
  page.on("console", (message) => noise.push(message.text()));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin && !request.url().startsWith("data:")) noise.push(request.url());
  });
  await page.goto(url);
  return { context, page, noise };
}

async function refused(page) {
  await page.locator("input[name=mark][value='5']").check();
  await page.locator("summary").first().click();
  await page.locator("#objection").fill("Яма на месте");
  await Promise.all([page.waitForURL("**/s/*"), page.locator("button[value=mark]").click()]);
  await page.locator("#objection-error").waitFor();
}

async function judged({ name, url }) {
  const { context, page, noise } = await opened({ viewport: WIDE, bypassCSP: true }, url);
  if (name === "refused") await refused(page);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.addScriptTag({ path: axe });
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [WIDE, NARROW]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const asked = plan.whole || (colorScheme === "light") === (viewport === WIDE); // each colour and each width once
      const told = asked ? await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS) : { violations: [] };
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      if (plan.folder) await page.screenshot({ path: `${plan.folder}/${name}-${colorScheme}-${viewport.width}.png`, fullPage: true });
      found.push({
        colorScheme, width: viewport.width,
        violations: told.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`),
        sideways: width > viewport.width,
      });
    }
  }
  await context.close();
  return { found, noise: noise.filter((text) => !/status of 4(04|22) /.test(text)) };
}

// Scripts off, no mouse: by Tab, arrows, Space and Enter alone, from the top of the page to the end.
async function rated(url) {
  const { context, page, noise } = await opened({ viewport: NARROW, javaScriptEnabled: false }, url);
  const said = [];
  const focused = () => page.locator(":focus").evaluate((node) => ({
    name: node.name || node.tagName.toLowerCase(), value: node.value ?? "",
    ring: getComputedStyle(node).outlineStyle !== "none", seen: node.getBoundingClientRect().height >= 16,
  }));
  const reach = async (name) => {
    for (let step = 0; step < 30; step += 1) {
      await page.keyboard.press("Tab");
      const at = await focused();
      said.push(at);
      if (at.name === name) return;
    }
    throw new Error(`Tab never comes to ${name}`);
  };
  await reach("mark");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await reach("comment");
  await page.keyboard.type("Спасибо");
  await reach("summary");
  await reach("do");
  await page.keyboard.press("Enter");
  await page.waitForURL(/said=mark/);
  const status = await page.getByRole("status").textContent();
  const mark = await page.locator("input[name=mark]:checked").getAttribute("value");
  await context.close();
  return { said, status, mark, noise };
}

// A mail filter that runs scripts: opens, waits, looks at everything, follows what the page points at.
async function scanned(url) {
  const { context, page } = await opened({ viewport: WIDE }, url);
  for (let round = 0; round < (plan.whole ? 10 : 3); round += 1) {
    await page.goto(url, { waitUntil: round ? "load" : "networkidle" });
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  }
  for (const one of await page.locator("a, button, summary, label").all()) await one.dispatchEvent("mouseover");
  const pointed = await page.evaluate(() => [...document.links].map((one) => one.href).concat([...document.forms].map((one) => one.action)));
  for (const one of new Set(pointed)) await page.goto(one);
  const scripts = await page.evaluate(() => 6 * 7);
  await context.close();
  return scripts;
}

const told = { pages: {} };
if (plan.scan) {
  told.scanned = [];
  for (const url of plan.scan) told.scanned.push(await scanned(url));
}
for (const page of plan.pages) told.pages[page.name] = await judged(page);
if (plan.rate) told.rated = await rated(plan.rate);
console.log(JSON.stringify(told));
await browser.close();
