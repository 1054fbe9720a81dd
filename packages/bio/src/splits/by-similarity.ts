import { dna } from '../alphabet';
import type { Alphabet } from '../alphabet';
import { reverseComplement } from '../edits/reverse-complement';
import { drawGroups } from './by-group';
import type { Parts, ShareOptions } from './by-group';
import { KmerSets } from './kmer-sets';
import type { SimilarityOptions } from './kmer-sets';

/** How much of what is held out can be known from what is kept. */
export interface Leakage {
  /** The similarity of each held-out sequence to the most similar kept one: 0 to 1. */
  readonly nearest: Float64Array;
  /** Held-out sequences that are kept ones too, on either strand; case does not matter. */
  readonly duplicates: number;
}

/**
 * Clusters of sequences that are alike: two whose similarity reaches `threshold` are in one cluster, and so are those that
 * are joined by a chain of such pairs (single linkage, so that no pair across clusters reaches it). Numbers of clusters, in
 * the order of their first sequences.   [sequences]
 */
export function clusterBySimilarity(
  sequences: readonly string[],
  { threshold, ...options }: SimilarityOptions & { readonly threshold: number },
): Uint32Array {
  if (!(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`clusterBySimilarity: expected a threshold above 0 and at most 1, got ${threshold}`);
  }
  const sets = new KmerSets(sequences, options);
  const parent = Uint32Array.from(sequences, (_, i) => i);
  sequences.forEach((_, number) => {
    sets.eachNeighbor(number, number, (other, similarity) => {
      if (similarity >= threshold) join(parent, number, other);
    });
  });
  joinDuplicates(parent, sequences, options.alphabet);
  return numbered(parent);
}

/** Sequences too short for a word are alike if they are the same. */
function joinDuplicates(parent: Uint32Array, sequences: readonly string[], alphabet?: Alphabet): void {
  const first = new Map<string, number>();
  sequences.forEach((sequence, i) => {
    const letters = canonical(sequence, alphabet);
    if (first.has(letters)) join(parent, first.get(letters)!, i);
    else first.set(letters, i);
  });
}

/**
 * Holds out whole clusters of similar sequences, drawn at random, as many as fit into a share of the records, and says what
 * similarity is left between the parts.
 * @throws RangeError if no cluster fits, or nothing would be kept
 */
export function splitBySimilarity<T extends { readonly sequence: string }>(
  records: readonly T[],
  options: ShareOptions & SimilarityOptions & { readonly threshold: number },
): Parts<T> & { readonly clusters: number; readonly leakage: Leakage } {
  const clusters = clusterBySimilarity(
    records.map(({ sequence }) => sequence),
    options,
  );
  const drawn = drawGroups('splitBySimilarity', [...clusters], options);
  const kept = records.filter((_, i) => !drawn.has(clusters[i]));
  const heldOut = records.filter((_, i) => drawn.has(clusters[i]));
  return { kept, heldOut, clusters: new Set(clusters).size, leakage: leakageOf({ kept, heldOut }, options) };
}

/** What similarity there is between the parts of a split, however it was made. */
export function leakageOf(
  { kept, heldOut }: Parts<{ readonly sequence: string }>,
  options: SimilarityOptions = {},
): Leakage {
  const sequences = [...kept, ...heldOut].map(({ sequence }) => sequence);
  const sets = new KmerSets(sequences, options);
  const nearest = Float64Array.from(heldOut, (_, i) => {
    let highest = 0;
    sets.eachNeighbor(kept.length + i, kept.length, (_, similarity) => {
      highest = Math.max(highest, similarity);
    });
    return highest;
  });
  const known = new Set(kept.map(({ sequence }) => canonical(sequence, options.alphabet)));
  const duplicates = heldOut.filter(({ sequence }) => known.has(canonical(sequence, options.alphabet))).length;
  return { nearest, duplicates };
}

/** The same letters for both strands. */
function canonical(sequence: string, alphabet: Alphabet = dna): string {
  const letters = sequence.toUpperCase();
  if (!alphabet.complements.some(Boolean)) return letters;
  const other = reverseComplement(letters, alphabet);
  return letters < other ? letters : other;
}

function rootOf(parent: Uint32Array, at: number): number {
  while (parent[at] !== at) at = parent[at] = parent[parent[at]]; // halves the way for those who come later
  return at;
}

function join(parent: Uint32Array, a: number, b: number): void {
  const [one, two] = [rootOf(parent, a), rootOf(parent, b)];
  parent[Math.max(one, two)] = Math.min(one, two);
}

function numbered(parent: Uint32Array): Uint32Array {
  const numbers = new Map<number, number>();
  return parent.map((_, i) => {
    const root = rootOf(parent, i);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root)!;
  });
}
