import { type DistanceMatrix, distanceMatrix, neighborJoining, pathLengths, preorder, randomTree } from '@hairpin/bio';
import { Rng } from '@hairpin/tensors/random';

/** The path lengths of a random tree, with noise. */
export function distances(taxa: number): DistanceMatrix {
  const rng = new Rng(1);
  const { names, values } = pathLengths(randomTree({ rng, taxa }));
  return distanceMatrix(names, (i, j) => values[i * taxa + j] * (0.9 + 0.2 * rng.next()));
}

/** The branch lengths of the neighbour-joining tree in order of size: they tell two trees apart. */
export function branchLengths(matrix: DistanceMatrix): number[] {
  const lengths = preorder(neighborJoining(matrix)).flatMap(({ length }) => length ?? []);
  return lengths.sort((a, b) => a - b);
}
