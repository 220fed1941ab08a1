// Looks at pages of the board in Chromium and says what it found as one JSON object.
// Usage: node board.mjs CHROMIUM PLAN; PLAN is {"login": url, "pages": [{"name", "url"}], "folder", "whole"}.
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, given] = process.argv.slice(2);
const plan = JSON.parse(given);
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SIZES = [{ width: 1280, height: 900 }, { width: 320, height: 640 }];
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

const context = await browser.newContext({ locale: "ru-RU", bypassCSP: true });
const page = await context.newPage();
page.setDefaultTimeout(20_000);
const noise = [];
page.on("console", (message) => noise.push(message.text()));
page.on("request", (request) => {
  if (new URL(request.url()).origin !== new URL(plan.login).origin && !request.url().startsWith("data:")) noise.push(request.url());
});
await page.goto(plan.login);
const found = {};
for (const { name, url } of plan.pages) {
  await page.goto(url);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await page.addScriptTag({ path: axe });
  found[name] = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of SIZES) {
      const asked = plan.whole || (colorScheme === "light") === (viewport === SIZES[0]); // each colour and each width once
      if (!asked && !plan.folder) continue;
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const told = asked ? await page.evaluate((tags) => axe.run({ runOnly: tags }), TAGS) : { violations: [] };
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      if (plan.folder) await page.screenshot({ path: `${plan.folder}/${name}-${colorScheme}-${viewport.width}.png`, fullPage: true });
      for (const one of told.violations) found[name].push(`${colorScheme} ${viewport.width} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
      if (width > viewport.width) found[name].push(`${colorScheme} ${viewport.width} sideways: ${width}`);
    }
  }
}
await browser.close();
console.log(JSON.stringify({ found, noise }));
