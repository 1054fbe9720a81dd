/** The page of `nj`: does the work in the browser when asked for it. */
import type { DistanceMatrix } from '@hairpin/bio';
import { branchLengths, distances } from './join';

let matrix: DistanceMatrix;
const prepare = (taxa: number) => void (matrix = distances(taxa));
Object.assign(globalThis, { prepare, turn: () => branchLengths(matrix) });
