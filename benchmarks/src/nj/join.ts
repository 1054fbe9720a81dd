import { type DistanceMatrix, distanceMatrix, neighborJoining, pathLengths, preorder, randomTree } from '@hairpin/bio';
import { Rng } from '@hairpin/tensors/random';

/** How many leaves the tree has. */
export const taxa = 1000;

/** The path lengths of a random tree, with noise. */
export function distances(): DistanceMatrix {
  const rng = new Rng(1);
  const { names, values } = pathLengths(randomTree({ rng, taxa }));
  return distanceMatrix(names, (i, j) => values[i * taxa + j] * (0.9 + 0.2 * rng.next()));
}

/** The branch lengths of the neighbour-joining tree in preorder: they tell two trees apart. */
export function branchLengths(matrix: DistanceMatrix): number[] {
  return preorder(neighborJoining(matrix)).map(({ length }) => length ?? 0);
}
