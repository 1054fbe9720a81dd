import { add, cast, type Model, mul, normal, type Rng, type Tensor } from '@hairpin/tensors';
import type { Attribution, AttributionOptions } from './attribution';
import { explain } from './explain';
import type { Point } from './method';
import type { ReferenceChoice } from './references';

const atInput: readonly Point[] = [{ reference: 0, alpha: 1, weight: 1 }];
const equally = (count: number, alpha: (i: number) => number): Point[] =>
  Array.from({ length: count }, (_, i) => ({ reference: i, alpha: alpha(i), weight: 1 / count }));

/** Gradients are not complete: their error is told and never raised. */
const ANY = Infinity;

/** The gradient of the explained number (Simonyan, Vedaldi & Zisserman 2014); contributions are the gradient itself. */
export const gradient = (model: Model, x: Tensor, options: AttributionOptions = {}): Promise<Attribution> =>
  explain(
    { name: 'gradient', references: 'zeros', points: () => atInput, times: 'nothing', tolerance: ANY },
    model,
    x,
    options,
  );

/** What the input is compared with. */
export interface InputTimesGradientOptions extends AttributionOptions {
  /** `zeros` unless said: x itself is then what the gradient is multiplied by. */
  readonly references?: ReferenceChoice;
}

/**
 * (x − reference) ⊙ gradient at x (Shrikumar et al. 2016); its error tells how far one straight step is from the change of the output.
 */
export function inputTimesGradient(
  model: Model,
  x: Tensor,
  { references = 'zeros', ...options }: InputTimesGradientOptions = {},
): Promise<Attribution> {
  const points = (count: number) => equally(count, () => 1);
  const method = { name: 'inputTimesGradient', references, points, times: 'difference', tolerance: ANY } as const;
  return explain(method, model, x, options);
}

/** How far and how often the input is shaken. */
export interface SmoothGradientOptions extends AttributionOptions {
  /** Draws for each example (50 unless said). */
  readonly samples?: number;
  /** Standard deviation of the noise (0.1 unless said). */
  readonly std?: number;
}

/** The mean gradient at x with normal noise (SmoothGrad, Smilkov et al. 2017); contributions are that mean. */
export function smoothGradient(
  model: Model,
  x: Tensor,
  { samples = 50, std = 0.1, ...options }: SmoothGradientOptions = {},
): Promise<Attribution> {
  const shaken = (own: Tensor, rng: Rng) => add(own, mul(cast(normal(rng, [samples, ...own.shape]), own.dtype), std));
  const points = (count: number) => equally(count, () => 0);
  const method = { name: 'smoothGradient', references: shaken, points, times: 'nothing', tolerance: ANY } as const;
  return explain(method, model, x, options);
}

/** Where expected gradients start from. */
export interface ExpectedGradientsOptions extends AttributionOptions {
  /** Drawn references; each is met at random points of its way to x. */
  readonly references: ReferenceChoice;
  /** Points on the way from each reference (1 unless said). */
  readonly pointsPerReference?: number;
}

/**
 * (x − reference) ⊙ gradient at a random point between the two, averaged over references (Erion et al. 2021): integrated gradients
 * in expectation, so that it is complete only up to the chance of its draws.
 */
export function expectedGradients(
  model: Model,
  x: Tensor,
  { references, pointsPerReference = 1, ...options }: ExpectedGradientsOptions,
): Promise<Attribution> {
  const points = (count: number, rng: Rng): Point[] =>
    Array.from({ length: count * pointsPerReference }, (_, i) => ({
      reference: i % count,
      alpha: rng.next(),
      weight: 1 / (count * pointsPerReference),
    }));
  return explain(
    { name: 'expectedGradients', references, points, times: 'difference', tolerance: ANY },
    model,
    x,
    options,
  );
}
