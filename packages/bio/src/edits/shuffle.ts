import type { RandomSource } from '../random-source';

/**
 * A random sequence with exactly the dinucleotides of the given one, and so its letters and its two ends. Every such
 * sequence is as likely as every other. Characters are taken as they are: `a` and `A` are two letters.
 *
 * A sequence is a path that uses each edge of its dinucleotide graph once; such a path is the order in which each
 * letter's edges are used, and an order is one of a path exactly if the last edges form a tree towards the end letter
 * (Altschul & Erickson 1985). The tree is drawn by Wilson's algorithm, the order of the other edges by Fisher–Yates.
 */
export function dinucleotideShuffle(sequence: string, rng: RandomSource): string {
  if (sequence.length < 4) return sequence; // both ends stay, and of three letters the middle one as well
  const { letters, path } = indexed(sequence);
  const edges = edgesOf(path, letters.length);
  const end = path[path.length - 1];
  const lastEdge = randomTree(edges, end, rng);
  for (let from = 0; from < letters.length; from++) orderEdges(edges, from, lastEdge[from], rng);
  return walk(edges, path[0], letters);
}

/** The edges that leave each letter, in the order of their use: `targets` from `starts[letter]` to `starts[letter + 1]`. */
interface Edges {
  readonly starts: Uint32Array;
  readonly targets: Uint16Array;
}

/** The distinct letters, and the sequence as numbers of letters. */
function indexed(sequence: string): { letters: string[]; path: Uint16Array } {
  const numbers = new Map<string, number>();
  const path = Uint16Array.from({ length: sequence.length }, (_, i) => {
    const letter = sequence[i];
    if (!numbers.has(letter)) numbers.set(letter, numbers.size);
    return numbers.get(letter)!;
  });
  return { letters: [...numbers.keys()], path };
}

function edgesOf(path: Uint16Array, letters: number): Edges {
  const starts = new Uint32Array(letters + 1);
  for (let i = 0; i + 1 < path.length; i++) starts[path[i] + 1]++;
  for (let letter = 0; letter < letters; letter++) starts[letter + 1] += starts[letter];
  const next = starts.slice();
  const targets = new Uint16Array(path.length - 1);
  for (let i = 0; i + 1 < path.length; i++) targets[next[path[i]]++] = path[i + 1];
  return { starts, targets };
}

/**
 * The last edge of each letter but `root`: a spanning tree towards `root`, each in proportion to the number of ways to
 * choose its edges (Wilson 1996: walk at random until the tree is met, keeping the last exit from each letter).
 */
function randomTree({ starts, targets }: Edges, root: number, rng: RandomSource): Int32Array {
  const letters = starts.length - 1;
  const lastEdge = new Int32Array(letters).fill(-1);
  const inTree = new Uint8Array(letters);
  inTree[root] = 1;
  for (let letter = 0; letter < letters; letter++) {
    for (let at = letter; !inTree[at]; at = targets[lastEdge[at]]) {
      lastEdge[at] = starts[at] + rng.integer(starts[at + 1] - starts[at]);
    }
    for (let at = letter; !inTree[at]; at = targets[lastEdge[at]]) inTree[at] = 1;
  }
  return lastEdge;
}

/** Puts `last` (−1: none) behind the other edges of a letter and those in random order. */
function orderEdges({ starts, targets }: Edges, from: number, last: number, rng: RandomSource): void {
  let end = starts[from + 1];
  if (last >= 0) swap(targets, last, --end);
  for (let i = end - 1; i > starts[from]; i--) swap(targets, i, starts[from] + rng.integer(i - starts[from] + 1));
}

function swap(array: Uint16Array, i: number, j: number): void {
  [array[i], array[j]] = [array[j], array[i]];
}

/** Reads off the path: each time a letter is reached, leave it by its next edge. */
function walk({ starts, targets }: Edges, first: number, letters: string[]): string {
  const next = starts.slice();
  let sequence = letters[first];
  for (let at = first, step = 0; step < targets.length; step++) {
    at = targets[next[at]++];
    sequence += letters[at];
  }
  return sequence;
}
