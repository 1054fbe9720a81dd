import { gammaCdf, gammaQuantile } from './gamma-distribution';

/** Rates that sites may have, each as likely, with mean 1. */
export type Rates = readonly number[];

/**
 * Rates of sites that follow a gamma distribution of mean 1 and the given shape, in so many equal parts, each with the mean of
 * its part (Yang 1994, eq. 10). A small shape makes few sites fast and many slow.
 */
export function gammaRates(shape: number, categories = 4): Rates {
  if (!(shape > 0 && shape < Infinity)) throw new RangeError(`gammaRates: expected a shape above 0, got ${shape}`);
  if (!(Number.isInteger(categories) && categories >= 1)) {
    throw new RangeError(`gammaRates: expected at least 1 category, got ${categories}`);
  }
  // The mean up to a cut is the share of a gamma distribution whose shape is one more.
  const below = Array.from({ length: categories + 1 }, (_, i) =>
    i === categories ? 1 : gammaCdf(shape + 1, gammaQuantile(shape, i / categories)),
  );
  return Array.from({ length: categories }, (_, i) => (below[i + 1] - below[i]) * categories);
}
