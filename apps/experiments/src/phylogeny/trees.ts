import {
  bootstrapSupport,
  type DistanceMatrix,
  distanceMatrix,
  euclideanDistance,
  foldTree,
  kmerFrequencies,
  mantelTest,
  mashDistance,
  mashSketch,
  neighborJoining,
  pathLengths,
  robinsonFoulds,
  type Tree,
} from '@hairpin/bio';
import type { Rng } from '@hairpin/tensors/random';
import { distancesOf, meansByContext, type Whitening } from './distances';
import type { Genome } from './genomes';
import type { States } from './states';

/** The neighbour-joining tree of distances, beside a reference. */
export interface Recovered {
  /** Splits of the reference that the tree has. */
  readonly splits: number;
  /** Splits of the reference. */
  readonly of: number;
  /** Robinson and Foulds' distance over the splits of both. */
  readonly normalized: number;
}

/** How much of a reference the tree of some distances has. */
export function recovered(distances: DistanceMatrix, reference: Tree): Recovered {
  const { shared, splits, normalized } = robinsonFoulds(neighborJoining(distances), reference);
  return { splits: shared, of: splits[1], normalized };
}

/** Whether distances go with the number of branches between two species in a tree. */
export const mantel = (distances: DistanceMatrix, reference: Tree, rng: Rng) =>
  mantelTest(distances, pathLengths(withUnitLengths(reference)), { rng, permutations: 9999, alternative: 'greater' });

const withUnitLengths = (tree: Tree): Tree =>
  foldTree<Tree>(tree, (node, children) => ({ ...node, children, length: 1 }));

/** Splits of the reference in the tree when its tips are named at random, on average. */
export function recoveredByChance(distances: DistanceMatrix, reference: Tree, rng: Rng): number {
  const shuffles = 100;
  const splits = Array.from({ length: shuffles }, () => {
    return recovered({ ...distances, names: rng.shuffle(distances.names) }, reference).splits;
  });
  return splits.reduce((sum, count) => sum + count, 0) / shuffles;
}

/** What needs no net: distances of k-mer spectra, of k-mer sets, and of GC content. */
export function baselines(genomes: readonly Genome[]): [name: string, distances: DistanceMatrix][] {
  const names = genomes.map(({ name }) => name);
  const spectra = (k: number) => {
    const all = genomes.map(({ sequence }) => kmerFrequencies(sequence, k));
    return distanceMatrix(names, (i, j) => euclideanDistance(all[i], all[j]));
  };
  const sketches = genomes.map(({ sequence }) => mashSketch(sequence, { k: 12, isCircular: true }));
  const [gc] = [genomes.map(({ sequence }) => sequence.replace(/[^GC]/g, '').length / sequence.length)];
  return [
    ['k-mers, k = 3', spectra(3)],
    ['k-mers, k = 5', spectra(5)],
    ['Mash, k = 12', distanceMatrix(names, (i, j) => Math.min(1, mashDistance(sketches[i], sketches[j])))],
    ['GC content', distanceMatrix(names, (i, j) => Math.abs(gc[i] - gc[j]))],
  ];
}

/** The tree with the share of bootstrap samples of each genome's pieces that have each of its splits. */
export function supported(
  tree: Tree,
  names: readonly string[],
  { genomes }: States,
  whitening: Whitening,
  { replicates, rng }: { readonly replicates: number; readonly rng: Rng },
): Tree {
  const trees = Array.from({ length: replicates }, () => {
    const drawn = genomes.map(({ pieces }) => {
      const used = pieces.filter(({ counts }) => counts.some((count) => count > 0));
      return used.map(() => used[rng.integer(used.length)]);
    });
    return neighborJoining(distancesOf(names, meansByContext(drawn, whitening)));
  });
  return bootstrapSupport(tree, trees);
}
