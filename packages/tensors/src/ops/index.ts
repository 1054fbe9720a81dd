import { linearScan } from '../scan/linear';
import { argsort } from './argsort';
import { attention } from './attention';
import { broadcastTo, sum } from './broadcast';
import { contractGeneral } from './contract';
import { conv1d } from './conv';
import { cumsum } from './cumsum';
import * as elementwise from './elementwise';
import { scatterAdd, take } from './gather';
import { arange } from './generate';
import { concat } from './join';
import { flip, pad, permute, slice } from './movement';
import { normal, randomBits, uniform } from './random';
import { max, min } from './reduce';
import { reshape } from './reshape';
import { skew, windows } from './windows';

/** The records of a file's functions, by name: an op that is added to the file is in the registry. */
type Records<M> = {
  readonly [K in keyof M as M[K] extends { readonly op: unknown } ? K : never]: M[K] extends { readonly op: infer O }
    ? O
    : never;
};

function records<M extends object>(file: M): Records<M> {
  const found = Object.entries(file).flatMap(([name, value]) =>
    'op' in Object(value) ? [[name, (value as { op: unknown }).op]] : [],
  );
  return Object.fromEntries(found) as Records<M>;
}

/** Every op record by name: the registry that the contracts walk, a row of samples for each. */
export const ops = {
  ...records(elementwise),
  ...records({ reshape, broadcastTo, permute, slice, pad, flip, concat, windows, skew }),
  ...records({ sum, max, min, cumsum, linearScan, take, scatterAdd, argsort, conv1d, attention, arange, randomBits }),
  contract: contractGeneral.op,
  conv1dInputGradient: conv1d.inputGradient,
  conv1dWeightGradient: conv1d.weightGradient,
  segmentSum: scatterAdd.segments,
  uniformFromBits: uniform.op,
  normalFromBits: normal.op,
} as const;

/** The name of an op, as rules and error messages give it. */
export type OpName = keyof typeof ops;
