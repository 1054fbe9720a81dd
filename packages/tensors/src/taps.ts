import { HairpinError } from './errors';
import { substitute, topological } from './graph';
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

/** A model cut in two at a tapped place. */
export interface Cut {
  /** The tapped value. */
  readonly at: Tensor;
  /** What the pending tensor would be, had the tapped value been another one of its shape. */
  readonly head: (value: Tensor) => Tensor;
}

/** Cuts what a pending tensor is made of at the tap of this name. Raises `HairpinError` where there is none, or more than one. */
export function cutAt(value: Tensor, name: string): Cut {
  const all = taps(value);
  const found = topological([value]).filter((node) => isTap(node) && nameOf(node) === name);
  if (found.length === 1)
    return { at: found[0], head: (other) => substitute([value], new Map([[found[0], other]]))[0] };
  const isInside = found.length === 0 && all.some((tapped) => tapped.name === name);
  const names = [...new Set(all.map((tapped) => tapped.name))].join(', ') || 'none';
  const why = isInside
    ? 'lies inside a loop; tap the output of the recurrent layer'
    : `occurs ${found.length} times; the taps here: ${names}`;
  throw new HairpinError(`cutAt: expected one tap named '${name}', which ${why}`);
}

function tapsInside(call: Call): Tapped[] {
  return call.program.nodes.flatMap((node, place) =>
    isTap(node) ? [{ name: nameOf(node), value: streamOf(call, { kind: 'value', node: place }) }] : [],
  );
}

const isTap = (node: Tensor): boolean => madeOf(node)?.op === tap.op;

const nameOf = (node: Tensor): string => (madeOf(node)!.attrs as { tap: string }).tap;
