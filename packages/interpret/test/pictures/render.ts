/** Renders every picture of the gallery to a folder of PNGs, light and dark, to be looked at: `npx tsx render.ts <folder> [name …]`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../../../../scripts/setup/bootstrap.mjs';
import { gallery } from './gallery';

const [folder, ...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1800, height: 1200 } });
for (const [name, draw] of Object.entries(gallery)) {
  if (names.length && !names.some((part) => name.includes(part))) continue;
  const svg = draw();
  writeFileSync(join(folder, `${name}.svg`), svg);
  for (const [scheme, paper, ink] of [
    ['light', '#fbfaf6', '#23221e'],
    ['dark', '#17181b', '#e4e0d6'],
  ] as const) {
    // prettier-ignore
    await page.setContent(`<body style="margin:0;background:${paper};color:${ink}">${svg}`);
    await page.locator('svg').screenshot({ path: join(folder, `${name}-${scheme}.png`) });
  }
  console.log(`${name}: ${Math.round(svg.length / 1000)} kB`);
}
await browser.close();
