// node shoot.mjs [filter | --readme]: builds the sample and takes pictures of its pages; README.md says more.
import { chromium } from 'playwright-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browser as how, build, here, pages, site } from './sample.mjs';

const pictures = join(here, 'out');
const readme = process.argv[2] === '--readme';
const usual = '^(home|run|activity|channel)-(1280|360)-(light|dark)';
const wanted = new RegExp(readme ? '^home-1280-light' : (process.argv[2] ?? usual));
const highest = readme ? 1400 : 2600;

build();
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch(how);
for (const width of [1280, 360]) {
  for (const colorScheme of ['light', 'dark', 'print']) {
    const print = colorScheme === 'print';
    const look = print ? { colorScheme: 'light' } : { colorScheme };
    const context = await browser.newContext({ viewport: { width, height: 900 }, ...look });
    const page = await context.newPage();
    for (const [name, folder] of Object.entries(pages)) {
      const picture = `${name}-${width}-${colorScheme}`;
      if (!wanted.test(picture) || (print && width < 1280)) continue;
      await page.goto(pathToFileURL(join(site, ...(folder.endsWith('.html') ? [folder] : [folder, 'index.html']))).href);
      if (print) {
        await page.pdf({ path: join(pictures, `${name}.pdf`), format: 'A4' });
        continue;
      }
      const [wide, high] = await page.evaluate(() => {
        const whole = document.documentElement;
        return [whole.scrollWidth, whole.scrollHeight];
      });
      if (wide > width) console.error(`${picture}: ${wide} pixels wide`);
      const clip = { x: 0, y: 0, width, height: Math.min(high, highest) };
      const path = readme ? join(here, '../../docs/picture.png') : join(pictures, `${picture}.png`);
      await page.screenshot({ path, fullPage: true, clip });
    }
    await context.close();
  }
}
await browser.close();
