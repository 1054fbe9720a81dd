import { lyapunovSpectrum } from '@hairpin/interpret';
import { zeros } from '@hairpin/tensors';
import type { Context } from './experiment';
import { cellOf, lettersOf, reading, scaledRotation } from './nets';
import { watched } from './watched';

/** How far the exponents of ρ·Q are from ln ρ, at most. */
export async function rotationError(context: Context, rho: number): Promise<number> {
  const { hidden, shortSteps: steps } = context.options;
  context.phase(`exponents of ${rho} times a rotation`);
  const net = reading(scaledRotation(rho, hidden, context.rng.fork('rotation')), zeros([1, steps, 1]));
  const { exponents } = await lyapunovSpectrum(net, watched(context));
  return Math.max(...Array.from(exponents, (exponent) => Math.abs(exponent - Math.log(rho))));
}

/** The leading exponents of a GRU, with its directions made orthogonal after so many steps each time. */
export async function exponentsByInterval(context: Context, intervals: readonly number[]): Promise<Float64Array[]> {
  const { hidden, shortSteps: steps } = context.options;
  const xs = lettersOf(context.rng.fork('intervals'), 1, steps);
  const net = reading(cellOf('GRU', hidden, context.rng.fork('nets')), xs);
  context.phase('exponents by re-orthogonalisation interval');
  const found: Float64Array[] = [];
  for (const every of intervals)
    found.push((await lyapunovSpectrum(net, { count: 3, every, ...watched(context) })).exponents);
  return found;
}
