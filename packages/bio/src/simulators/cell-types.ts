import { normalFrom } from '../random-source';
import type { RandomSource } from '../random-source';

/** Which cells are followed. */
export interface SimulateCellTypesOptions {
  readonly rng: RandomSource;
  /** 6 unless said. */
  readonly types?: number;
  /** Series of each type, 20 unless said. */
  readonly count?: number;
  /** Steps, 10 unless said. */
  readonly length?: number;
  /** Numbers known of each type, such as its baseline expression: 4 unless said. */
  readonly features?: number;
  /** 0.05 unless said. */
  readonly noiseSd?: number;
}

/** Series of cells that differ in nothing but their start. */
export interface SimulatedCellTypes {
  /** [types, features] */
  readonly features: Float64Array;
  /** The state from which each type starts, a linear function of its features.   [types, 2] */
  readonly starts: Float64Array;
  /** The type of each series.   [series] */
  readonly types: Uint32Array;
  /** The state with noise, step by step, from one step after the start on.   [series, length, 2] */
  readonly values: Float64Array;
  readonly shape: readonly [series: number, length: number, states: 2];
}

const [SHRINK, TURN] = [0.9, 0.5]; // of the state, and in radians, at each step

/** All cells follow one law, a turn that shrinks, and get no input: whoever does not know the start cannot know the first steps. */
export function simulateCellTypes({ rng, ...options }: SimulateCellTypesOptions): SimulatedCellTypes {
  const { types = 6, count = 20, length = 10, features = 4, noiseSd = 0.05 } = options;
  const normals = (n: number) => Float64Array.from({ length: n }, () => normalFrom(rng));
  const known = normals(types * features);
  const weights = normals(2 * features).map((weight) => weight / Math.sqrt(features)); // starts are about 1 in size
  const starts = Float64Array.from({ length: types * 2 }, (_, i) => {
    const [type, state] = [i >> 1, i & 1];
    const own = known.subarray(type * features, (type + 1) * features);
    return own.reduce((sum, feature, k) => sum + feature * weights[state * features + k], 0);
  });
  const numbers = Uint32Array.from({ length: types * count }, (_, series) => Math.floor(series / count));
  const values = Float64Array.from(
    [...numbers].flatMap((type) =>
      Array.from({ length }, (_, t) => stateAfter(t + 1, starts[2 * type], starts[2 * type + 1])).flat(),
    ),
    (value) => value + noiseSd * normalFrom(rng),
  );
  return { features: known, starts, types: numbers, values, shape: [types * count, length, 2] };
}

function stateAfter(steps: number, x: number, y: number): [number, number] {
  const [size, angle] = [SHRINK ** steps, TURN * steps];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [size * (cos * x - sin * y), size * (sin * x + cos * y)];
}
