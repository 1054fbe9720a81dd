import { fileURLToPath } from 'node:url';
import { hasChromium, openInChromium } from '../../scripts/browser/chromium';
import { cases } from './browser/cases';
import type { BenchPage } from './browser/page';
import type { Measured } from './harness/result';
import type { Survey, Surveyed } from './harness/survey';
import { asTable } from './harness/table';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** The entry of the page. */
export const pagePath = pathOf('browser/page.ts');

/** What the systems take from Node, and what the page has instead. */
export const replace = Object.fromEntries(
  ['systems/adapter', 'training/pytorch', 'systems/onnxruntime', 'systems/tfjs-gradients', 'harness/asleep'].map(
    (file) => [pathOf(`${file}.ts`), pathOf(`browser/stand-ins/${file.split('/')[1]}.ts`)],
  ),
);

/** How do the systems compare in a browser, on one page? */
export const browser: Survey = {
  name: 'browser',
  question: 'How long do a product, a training step and an inference take in a browser, all systems on the same page?',
  notes: [
    'Headless Chromium with SwiftShader, its software adapter; the work of the questions `matmul`, `lstm` and `bilstm-inference`, some of it smaller.',
    'onnxruntime-web runs in WebAssembly, since its WebGPU backend has no LSTM.',
    'A page waits for the GPU without polling, so there is no line `asleep`.',
  ],
  survey,
};

async function survey(): Promise<Surveyed> {
  if (!hasChromium) return none('there is no Chromium here (on Debian: apt install chromium)');
  const { page, url, close } = await openInChromium(pagePath, { replace });
  try {
    await page.goto(url);
    const adapter = await page.evaluate('benchPage.adapter()');
    const measured: Measured[] = [];
    for (const index of cases.keys()) measured.push((await page.evaluate(`benchPage.measure(${index})`)) as Measured);
    const results = measured.flatMap((part) => part.results);
    const missing = measured.flatMap((part) => part.missing);
    return {
      text: `${asTable({ results, missing })}\n\nIn the page: ${adapter as string}.`,
      results,
      missing,
      judged: [],
      notes: [],
    };
  } finally {
    await close();
  }
}

const none = (reason: string): Surveyed => ({
  text: `Not asked: ${reason}.`,
  results: [],
  missing: [],
  judged: [],
  notes: [],
});

/** The name under which the page is reached. */
declare global {
  var benchPage: BenchPage;
}
