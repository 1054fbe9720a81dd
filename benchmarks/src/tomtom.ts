import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Motif, readJaspar, readMeme, toProbabilities, tomtom as compare } from '@hairpin/bio';
import { Rng } from '@hairpin/tensors/random';
import type { Benchmark, Case } from './harness/benchmark';

const data = process.env.HAIRPIN_DATA ?? '';
const jaspar = join(data, 'motifs_jaspar/JASPAR2022_vertebrates.pfm');
const cisbp = join(data, 'motifs_cisbp_human/Homo_sapiens.meme');

/** How long does it take to compare many motifs with a library? */
export const tomtom: Benchmark = {
  name: 'tomtom',
  question:
    'How long does it take to look many motifs up in a library, with p-values of complete scores on both strands?',
  notes: [
    'Euclidean distance, as Tomtom has it by default, on one thread of the processor. A turn makes the library ready and compares every query with all of it.',
    'Random motifs have 6 to 20 positions, clear and faint ones. JASPAR 2022 (vertebrates) and CIS-BP (human) are there where HAIRPIN_DATA names their folder.',
  ],
  cases: [
    randomCase(100, 500),
    randomCase(1000, 2000),
    ...(data !== '' && existsSync(jaspar) && existsSync(cisbp) ? [oneTurn('JASPAR × CIS-BP', realMotifs)] : []),
  ],
};

function randomCase(queries: number, targets: number): Case {
  return oneTurn(`${queries} × ${targets} random motifs`, () => [randomMotifs(queries, 1), randomMotifs(targets, 2)]);
}

function oneTurn(name: string, motifs: () => [queries: Motif[], targets: Motif[]]): Case {
  const open = async () => {
    const [given, library] = motifs();
    const turn = async () => compare(given, library).map((matches) => matches[0]?.pValue ?? 1);
    return { turn, close: () => undefined };
  };
  const bars = [{ of: 'hairpin', atMost: 60_000 }];
  return { name, systems: [{ name: 'hairpin', open }], rounds: 1, tolerance: 0, bars };
}

/** Motifs of 6 to 20 positions; a high power of uniform draws makes one letter stand out. */
function randomMotifs(count: number, seed: number): Motif[] {
  const rng = new Rng(seed);
  const row = () => [0, 1, 2, 3].map(() => rng.next() ** 4 + 0.01);
  return Array.from({ length: count }, (_, i) => {
    const probabilities = toProbabilities(Array.from({ length: 6 + rng.integer(15) }, row), { pseudocount: 0 });
    return { id: `m${i}`, name: '', sites: 20, probabilities };
  });
}

function realMotifs(): [Motif[], Motif[]] {
  return [readJaspar(readFileSync(jaspar, 'utf8')), [...readMeme(readFileSync(cisbp, 'utf8')).motifs]];
}
