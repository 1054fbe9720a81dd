import { CircularSequence } from '../circular/circular-sequence';
import { simulateAlignment } from '../evolution/simulate-alignment';
import type { SimulateAlignmentOptions } from '../evolution/simulate-alignment';
import type { FastaRecord } from '../formats/fasta';
import { randomTree } from '../trees/random-tree';
import type { RandomTreeOptions } from '../trees/random-tree';
import type { Tree } from '../trees/tree';

/** Which species, and how their genomes evolve. */
export interface SimulateSpeciesOptions extends SimulateAlignmentOptions, RandomTreeOptions {
  /** Whether genomes are circles, each cut open at a random place, as the records of data banks are: false unless said. */
  readonly isCircular?: boolean;
}

/** Species whose tree is known. */
export interface SimulatedSpecies {
  readonly tree: Tree;
  /** The genome of each leaf, without gaps. */
  readonly genomes: readonly FastaRecord[];
  /** The leaves with gaps: the true alignment, of circles before they were cut open elsewhere. */
  readonly alignment: readonly FastaRecord[];
  /** By how many letters each genome was rotated; 0 for lines.   [species] */
  readonly rotations: Uint32Array;
}

/** A random tree and a genome for each of its leaves, evolved along it. */
export function simulateSpecies({ isCircular = false, ...options }: SimulateSpeciesOptions): SimulatedSpecies {
  const tree = randomTree(options);
  const { alignment, sequences } = simulateAlignment(tree, options);
  const rotations = Uint32Array.from(sequences, ({ sequence }) =>
    isCircular && sequence.length > 0 ? options.rng.integer(sequence.length) : 0,
  );
  const genomes = sequences.map((record, i) =>
    rotations[i] === 0
      ? record
      : { ...record, sequence: new CircularSequence(record.sequence).rotate(rotations[i]).letters },
  );
  return { tree, genomes, alignment, rotations };
}
