import { fileURLToPath } from 'node:url';
import { hasChromium, openInChromium } from '../../scripts/browser/chromium';
import { Absent, type Benchmark, type Contender } from './harness/benchmark';
import { branchLengths, distances, taxa } from './trees/join';

/** How long does the neighbour-joining tree of many taxa take? */
export const trees: Benchmark = {
  name: 'trees',
  question: `How long does the neighbour-joining tree of ${taxa.toLocaleString('en')} taxa take, from the distances to the tree?`,
  notes: [
    'Distances are the path lengths of a random tree, each a tenth off at most. Both run on one thread of the processor; in Chromium the matrix is in the page from the start, the branch lengths come back.',
  ],
  cases: [
    {
      name: `${taxa} taxa`,
      systems: [
        { name: 'hairpin', open: async () => inNode() },
        { name: 'hairpin in Chromium', open: inChromium },
      ],
      tolerance: 1e-12,
      bars: ['hairpin', 'hairpin in Chromium'].map((of) => ({ of, atMost: 10_000 })),
    },
  ],
};

function inNode(): Contender {
  const matrix = distances();
  return { turn: async () => branchLengths(matrix), close: () => undefined };
}

async function inChromium(): Promise<Contender> {
  if (!hasChromium) throw new Absent('no Chromium found');
  const { page, url, close } = await openInChromium(fileURLToPath(new URL('trees/page.ts', import.meta.url)));
  await page.goto(url);
  await page.waitForFunction('globalThis.turn !== undefined');
  return { turn: () => page.evaluate('globalThis.turn()') as Promise<number[]>, close };
}
