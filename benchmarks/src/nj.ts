import { fileURLToPath } from 'node:url';
import type { DistanceMatrix } from '@hairpin/bio';
import { hasChromium, openInChromium } from '../../scripts/browser/chromium';
import { Absent, type Benchmark, type Case, type Contender } from './harness/benchmark';
import { branchLengths, distances } from './nj/join';
import { textbookBranchLengths } from './nj/textbook';

/** How long does the neighbour-joining tree of many taxa take? */
export const nj: Benchmark = {
  name: 'nj',
  question: 'How long does the neighbour-joining tree of many taxa take, from the distances to the tree?',
  notes: [
    'Distances are the path lengths of a random tree, each a tenth off at most. All run on one thread of the processor; in Chromium the matrix is in the page from the start, the branch lengths come back.',
    '`textbook` is the algorithm as it is printed, in JavaScript: it sums rows and copies the matrix in every step. The branch lengths of all agree.',
  ],
  cases: [
    taxaCase(500),
    { ...taxaCase(1000), bars: ['hairpin', 'hairpin in Chromium'].map((of) => ({ of, atMost: 10_000 })) },
  ],
};

function taxaCase(taxa: number): Case {
  return {
    name: `${taxa} taxa`,
    systems: [
      { name: 'hairpin', open: async () => inNode(taxa, branchLengths) },
      { name: 'hairpin in Chromium', open: () => inChromium(taxa) },
      ...(taxa <= 500 ? [{ name: 'textbook', open: async () => inNode(taxa, textbookBranchLengths) }] : []),
    ],
    rounds: 5,
    tolerance: 1e-9, // a thousand sums of f64 in different orders
  };
}

function inNode(taxa: number, join: (matrix: DistanceMatrix) => number[]): Contender {
  const matrix = distances(taxa);
  return { turn: async () => join(matrix), close: () => undefined };
}

async function inChromium(taxa: number): Promise<Contender> {
  if (!hasChromium) throw new Absent('no Chromium found');
  const { page, url, close } = await openInChromium(fileURLToPath(new URL('nj/page.ts', import.meta.url)));
  await page.goto(url);
  await page.waitForFunction('globalThis.turn !== undefined');
  await page.evaluate(`globalThis.prepare(${taxa})`);
  return { turn: () => page.evaluate('globalThis.turn()') as Promise<number[]>, close };
}
