import { BASES } from '../base-numbers';
import type { FastaRecord } from '../formats/fasta';
import { drawIndex } from '../random-source';
import type { RandomSource } from '../random-source';
import { flatten } from '../trees/flat-tree';
import type { FlatTree } from '../trees/flat-tree';
import { taxaOf } from '../trees/tree';
import type { Tree } from '../trees/tree';
import { afterIndels, checkIndels, Columns } from './indels';
import type { Indels } from './indels';
import type { Rates } from './rate-categories';
import { transitionProbabilities } from './substitution-model';
import type { SubstitutionModel } from './substitution-model';

/** What evolves along a tree, and how. */
export interface SimulateAlignmentOptions {
  readonly rng: RandomSource;
  readonly model: SubstitutionModel;
  /** Letters at the root, drawn from the model's frequencies: 1 000 unless said. */
  readonly lengthBp?: number;
  /** The sequence at the root instead, of A, C, G and T. */
  readonly root?: string;
  /** Rates that sites may have, as `gammaRates` gives them; all 1 unless said. */
  readonly rates?: Rates;
  /** The share of sites that never change, 0 unless said; the others are faster, so that the mean rate stays 1. */
  readonly invariant?: number;
  /** None unless said. */
  readonly indels?: Indels;
}

/** Sequences with their whole history. */
export interface SimulatedAlignment {
  /** The leaves with '-' where they have no letter: the true alignment. Columns without a letter at any leaf are left out. */
  readonly alignment: readonly FastaRecord[];
  /** The leaves without gaps. */
  readonly sequences: readonly FastaRecord[];
  /** The row of every node, in preorder. */
  readonly rows: readonly string[];
  /** The sequence at the root, whole. */
  readonly root: string;
  /** The rate of each column; 0 where it is invariant. */
  readonly rates: Float64Array;
}

/**
 * Lets a sequence evolve along a tree whose branch lengths are substitutions per site. Inserted letters come from the model's
 * frequencies and have rates of their own.
 * @throws RangeError if a branch has no length or a negative one, if leaves have no names of their own, or if an option is out
 * of its range
 */
export function simulateAlignment(tree: Tree, options: SimulateAlignmentOptions): SimulatedAlignment {
  const flat = flatten(tree);
  checkTree(tree, flat);
  const history = new History(options);
  const sites: Sites[] = [history.root()];
  for (let i = 1; i < flat.nodes.length; i++) sites.push(history.evolve(sites[flat.parents[i]], flat.nodes[i].length!));
  return history.align(flat, sites);
}

/** A sequence of a node. */
interface Sites {
  readonly columns: readonly number[];
  /** A 0, C 1, G 2, T 3. */
  readonly bases: Uint8Array;
}

/** The columns made so far, and what they have in common. */
class History {
  readonly #options: SimulateAlignmentOptions;
  readonly #columns = new Columns();
  readonly #classes: number[] = [-1]; // by column, the index of its rate
  readonly #rates: Rates;
  readonly #shares: readonly number[]; // of the rates

  constructor(options: SimulateAlignmentOptions) {
    const { rates = [1], invariant = 0, indels } = options;
    if (!(invariant >= 0 && invariant < 1)) {
      throw new RangeError(
        `simulateAlignment: expected a share of invariant sites from 0 to below 1, got ${invariant}`,
      );
    }
    if (indels) checkIndels(indels);
    this.#options = options;
    this.#rates = [0, ...rates.map((rate) => rate / (1 - invariant))];
    this.#shares = [invariant, ...rates.map(() => (1 - invariant) / rates.length)];
  }

  root(): Sites {
    const { root, lengthBp = 1000 } = this.#options;
    const bases = root === undefined ? this.#draw(lengthBp) : basesOf(root);
    const columns: number[] = [];
    for (let i = 0; i < bases.length; i++) columns.push(this.#columns.insertAfter(columns[i - 1] ?? 0));
    this.#classify();
    return { columns, bases };
  }

  /** The sequence at the end of a branch. */
  evolve({ columns, bases }: Sites, length: number): Sites {
    const { rng, model, indels } = this.#options;
    const known = this.#columns.count;
    const after = indels ? afterIndels(columns, length, indels, this.#columns, rng) : columns;
    this.#classify();
    const chances = this.#rates.map((rate) => rowsOf(transitionProbabilities(model, rate * length)));
    const next = new Uint8Array(after.length);
    for (let i = 0, old = 0; i < after.length; i++) {
      const column = after[i];
      if (column > known) {
        next[i] = drawIndex(rng, model.frequencies); // in equilibrium at its birth, it is so at the end of the branch
        continue;
      }
      while (columns[old] !== column) old++;
      next[i] = drawIndex(rng, chances[this.#classes[column]][bases[old]]);
    }
    return { columns: after, bases: next };
  }

  align({ nodes }: FlatTree, sites: readonly Sites[]): SimulatedAlignment {
    const isLeaf = nodes.map(({ children }) => children.length === 0);
    const isKept = new Uint8Array(this.#columns.count + 1);
    sites.forEach(({ columns }, i) => isLeaf[i] && columns.forEach((column) => (isKept[column] = 1)));
    const kept = this.#columns.inOrder().filter((column) => isKept[column]);
    const places = new Int32Array(this.#columns.count + 1).fill(-1);
    kept.forEach((column, place) => (places[column] = place));
    const rows = sites.map((own) => rowOf(own, places, kept.length));
    const leaves = nodes.flatMap(({ name }, i) =>
      isLeaf[i] ? [{ id: name, description: '', sequence: rows[i] }] : [],
    );
    return {
      alignment: leaves,
      sequences: leaves.map((leaf) => ({ ...leaf, sequence: leaf.sequence.replaceAll('-', '') })),
      rows,
      root: lettersOf(sites[0].bases),
      rates: Float64Array.from(kept, (column) => this.#rates[this.#classes[column]]),
    };
  }

  /** Gives each new column its rate. */
  #classify(): void {
    while (this.#classes.length <= this.#columns.count) this.#classes.push(drawIndex(this.#options.rng, this.#shares));
  }

  #draw(lengthBp: number): Uint8Array {
    if (!(Number.isInteger(lengthBp) && lengthBp >= 0)) {
      throw new RangeError(`simulateAlignment: expected a whole length of at least 0, got ${lengthBp}`);
    }
    const { rng, model } = this.#options;
    return Uint8Array.from({ length: lengthBp }, () => drawIndex(rng, model.frequencies));
  }
}

function checkTree(tree: Tree, { nodes }: FlatTree): void {
  taxaOf(tree);
  nodes.forEach(({ name, length }, i) => {
    if (i === 0 || (length !== undefined && length >= 0 && length < Infinity)) return;
    const which = name === '' ? 'a branch' : `the branch above ${name}`;
    throw new RangeError(`simulateAlignment: expected lengths of at least 0, but ${which} has ${length ?? 'none'}`);
  });
}

function basesOf(letters: string): Uint8Array {
  const bases = Uint8Array.from({ length: letters.length }, (_, i) => BASES[letters.charCodeAt(i)]);
  const wrong = bases.findIndex((base) => base > 3);
  if (wrong < 0) return bases;
  throw new RangeError(
    `simulateAlignment: ${JSON.stringify(letters[wrong])} at position ${wrong + 1} of the root is not A, C, G or T`,
  );
}

/** The rows of a 4 × 4 matrix. */
const rowsOf = (matrix: Float64Array) => [0, 1, 2, 3].map((x) => Array.from(matrix.subarray(4 * x, 4 * x + 4)));

const ascii = new TextDecoder();

const lettersOf = (bases: Uint8Array) => ascii.decode(bases.map((base) => 'ACGT'.charCodeAt(base)));

function rowOf({ columns, bases }: Sites, places: Int32Array, width: number): string {
  const row = new Uint8Array(width).fill('-'.charCodeAt(0));
  columns.forEach((column, i) => {
    if (places[column] >= 0) row[places[column]] = 'ACGT'.charCodeAt(bases[i]);
  });
  return ascii.decode(row);
}
