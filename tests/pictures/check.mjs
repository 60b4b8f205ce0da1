// node check.mjs: builds the sample; html-validate reads every page, axe looks at one of each sort.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FileSystemConfigLoader, HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';
import { browser as how, build, pages, site } from './sample.mjs';

const rules = {
  extends: ['html-validate:standard'],
  rules: { 'no-inline-style': 'error', 'void-style': 'off' },
};
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let findings = 0;
function tell(text) {
  findings += 1;
  console.log(text);
}

build();
const files = readdirSync(site, { recursive: true }).filter((file) => file.endsWith('.html'));
const validator = new HtmlValidate(new FileSystemConfigLoader({ root: true, ...rules }));
for (const file of files) {
  const report = await validator.validateFile(join(site, file));
  for (const { messages } of report.results) {
    for (const { line, ruleId, message } of messages) tell(`${file}:${line}: ${ruleId}: ${message}`);
  }
}

let looks = 0;
const browser = await chromium.launch(how);
for (const width of [1280, 320]) {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    for (const [name, folder] of Object.entries(pages)) {
      looks += 1;
      await page.goto(pathToFileURL(join(site, folder, 'index.html')).href);
      await page.evaluate(axe);
      const { violations } = await page.evaluate((values) => axe.run({ runOnly: values }), tags);
      for (const { id, nodes } of violations) {
        tell(`${name} ${width} ${colorScheme}: ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 140)}`);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) tell(`${name} ${width}: ${wide} pixels wide`);
    }
    await context.close();
  }
}
await browser.close();
console.log(`${files.length} pages read, ${looks} looked at: ${findings} findings`);
process.exit(findings ? 1 : 0);
