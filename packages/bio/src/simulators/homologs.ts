import { simulateAlignment } from '../evolution/simulate-alignment';
import type { SimulatedAlignment } from '../evolution/simulate-alignment';
import type { Indels } from '../evolution/indels';
import { jc69 } from '../evolution/substitution-model';
import type { SubstitutionModel } from '../evolution/substitution-model';
import type { FastaRecord } from '../formats/fasta';
import { integerFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { foldTree } from '../trees/tree';
import type { Tree } from '../trees/tree';

/** How alike two sequences are. */
export interface SimulatePairOptions {
  readonly rng: RandomSource;
  /** The expected share of equal letters where both have one, above ¼ and up to 1: 0.8 unless said. */
  readonly identity?: number;
  /** Of their ancestor, 200 unless said. */
  readonly lengthBp?: number;
  /** 0.05 insertions and as many deletions per substitution, of 2 letters on average, unless said. */
  readonly indels?: Indels;
}

/** Two homologous sequences; `alignment` is the true one. */
export function simulatePair({ rng, ...options }: SimulatePairOptions): SimulatedAlignment {
  const { identity = 0.8, lengthBp, indels = { insertionRate: 0.05, deletionRate: 0.05, meanLength: 2 } } = options;
  if (!(identity > 0.25 && identity <= 1)) {
    throw new RangeError(`simulatePair: expected an identity above 0.25 and up to 1, got ${identity}`);
  }
  const length = (-3 / 8) * Math.log(1 - (4 / 3) * (1 - identity)) + 0; // half of the distance (Jukes & Cantor 1969)
  const children = ['first', 'second'].map((name) => ({ name, length, children: [] }));
  return simulateAlignment({ name: '', children }, { rng, model: jc69(), lengthBp, indels });
}

/** How orthologs evolve. */
export interface SimulateOrthologsOptions {
  readonly rng: RandomSource;
  readonly tree: Tree;
  /** Stretches that are conserved and loose in turn, 20 unless said. */
  readonly stretches?: number;
  /** The least and most columns of a stretch, 10 to 40 unless said. */
  readonly stretch?: readonly [number, number];
  /** How fast conserved and loose columns evolve, 0.1 and 2 unless said. */
  readonly rates?: readonly [conserved: number, loose: number];
  /** `jc69()` unless said. */
  readonly model?: SubstitutionModel;
}

/** Genes of many species, with what is conserved in them. */
export interface SimulatedOrthologs {
  readonly alignment: readonly FastaRecord[];
  /** 1 for a column of a conserved stretch.   [columns] */
  readonly isConserved: Uint8Array;
}

/** Orthologs without gaps that evolve along a tree, slowly in some stretches, the first among them, and fast in the others. */
export function simulateOrthologs({ rng, tree, ...options }: SimulateOrthologsOptions): SimulatedOrthologs {
  const { stretches = 20, stretch: [least, most] = [10, 40], rates = [0.1, 2], model = jc69() } = options;
  const parts = Array.from({ length: stretches }, (_, i) => {
    const lengthBp = integerFrom(rng, least, most);
    return simulateAlignment(scaled(tree, rates[i % 2]), { rng, model, lengthBp }).alignment;
  });
  const alignment = (parts[0] ?? []).map((record, row) => ({
    ...record,
    sequence: parts.map((part) => part[row].sequence).join(''),
  }));
  const isConserved = parts.flatMap((part, i) => Array<number>(part[0].sequence.length).fill(1 - (i % 2)));
  return { alignment, isConserved: Uint8Array.from(isConserved) };
}

/** The tree with all branches so many times as long. */
function scaled(tree: Tree, factor: number): Tree {
  return foldTree(tree, (node, children: Tree[]) => ({
    ...node,
    children,
    ...(node.length !== undefined && { length: node.length * factor }),
  }));
}
