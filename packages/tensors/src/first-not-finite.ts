import { topological } from './graph';
import { sum } from './ops/broadcast';
import { cast, isFinite, logicalNot } from './ops/elementwise';
import { stack } from './ops/join';
import { madeOf } from './scan/program';
import { taps } from './taps';
import type { Shape } from './shape';
import type { Tensor } from './tensor';

/** Where numbers first went bad. */
export interface NotFinite {
  /** The op whose inputs are finite and whose result is not; `input` where it was given so. */
  readonly op: string;
  readonly shape: Shape;
  /** The first `tap` that saw it, inside loops too; none where no tapped value is affected. */
  readonly tap: string | undefined;
}

/** Values that are looked at in one go: each go computes the graph again. */
const atOnce = 32;

/**
 * Looks for the first NaN or infinity in what pending tensors are made of: everything that `roots` needs is computed again, value by
 * value. For the search after a failure, not for every step. Ask before the tensors are computed.
 */
export async function firstNotFinite(...roots: readonly Tensor[]): Promise<NotFinite | undefined> {
  const isFloat = ({ dtype, size }: Tensor) => (dtype === 'f32' || dtype === 'f64' || dtype === 'f16') && size > 0;
  const tapped = taps(...roots).filter(({ value }) => isFloat(value));
  const bad = await firstBad(topological(roots).filter(isFloat));
  if (!bad) return undefined;
  const seen = await firstBad(tapped.map(({ value }) => value));
  const tap = tapped.find(({ value }) => value === seen)?.name;
  return { op: madeOf(bad)?.op.name ?? 'input', shape: bad.shape, tap };
}

async function firstBad(values: readonly Tensor[]): Promise<Tensor | undefined> {
  for (let i = 0; i < values.length; i += atOnce) {
    const group = values.slice(i, i + atOnce);
    using counts = stack(group.map((value) => sum(cast(logicalNot(isFinite(value)), 'i32'))));
    const found = (await counts.data()).findIndex((count) => count > 0);
    if (found >= 0) return group[found];
  }
  return undefined;
}
