import { atMost } from '../frame/bound';
import type { Context } from './experiment';
import { type Kind, kinds } from './nets';
import type { Reach } from './reach';
import { showSpectra } from './show';
import { exponentsByInterval, rotationError } from './spectra';

/** Row 9: whether exponents are what is known of them. */
export async function reportSpectra(context: Context, reaches: Record<Kind, Reach>): Promise<void> {
  const { report } = context;
  for (const rho of [0.9, 1.1])
    report.number({
      ...{
        row: 9,
        name: `${rho} times a rotation, exponents from ln ${rho}`,
        value: await rotationError(context, rho),
      },
      threshold: atMost(1e-4),
    });
  const intervals = [1, 2, 4];
  const [often, ...seldom] = await exponentsByInterval(context, intervals);
  const apart = Math.max(...seldom.flatMap((own) => Array.from(own, (exponent, i) => Math.abs(exponent - often[i]))));
  const name = `Exponents of a GRU, re-orthogonalised every ${intervals.join(', ')} steps, largest difference`;
  report.number({ row: 9, name, value: apart, threshold: atMost(1e-4) });
  for (const kind of kinds) {
    const { exponents, meanLogDeterminant = NaN } = reaches[kind].spectrum;
    const sum = exponents.reduce((total, exponent) => total + exponent, 0);
    const value = Math.abs(sum - meanLogDeterminant);
    report.number({
      row: 9,
      name: `${kind}, sum of all exponents from mean ln |det J|`,
      value,
      threshold: atMost(1e-4),
    });
  }
  showSpectra(context, reaches);
}
