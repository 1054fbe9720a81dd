/** The page of `trees`: does the work in the browser when asked for it. */
import { branchLengths, distances } from './join';

const matrix = distances();
Object.assign(globalThis, { turn: () => branchLengths(matrix) });
