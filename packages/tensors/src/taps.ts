import { topological } from './graph';
import { tap } from './ops/elementwise';
import { type Call, streamOf } from './scan/op';
import { loopsIn } from './scan/describe';
import { madeOf } from './scan/program';
import type { Tensor } from './tensor';

/** A tapped place: its name, and its value; inside a loop, the values of all steps `[batch, length, …]`. */
export interface Tapped {
  readonly name: string;
  readonly value: Tensor;
}

/** Every `tap` that pending tensors are made of, those inside loops at every step. Ask before the tensors are computed. */
export function taps(...roots: readonly Tensor[]): Tapped[] {
  const order = topological(roots);
  const outside = order.filter(isTap).map((node) => ({ name: nameOf(node), value: node }));
  return [...outside, ...loopsIn(roots).flatMap(({ call }) => tapsInside(call))];
}

function tapsInside(call: Call): Tapped[] {
  return call.program.nodes.flatMap((node, place) =>
    isTap(node) ? [{ name: nameOf(node), value: streamOf(call, { kind: 'value', node: place }) }] : [],
  );
}

const isTap = (node: Tensor): boolean => madeOf(node)?.op === tap.op;

const nameOf = (node: Tensor): string => (madeOf(node)!.attrs as { tap: string }).tap;
