export { erfinvCoefficients, inverseNormalCdf, normalFromBits } from './random/inverse-normal';
export { Rng } from './random/rng';
export type { RngState } from './random/rng';
export { drawBits, threefry2x32, uniformFromBits } from './random/threefry';
export type { Word2 } from './random/threefry';
