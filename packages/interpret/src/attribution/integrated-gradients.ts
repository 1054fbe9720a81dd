import type { Model, Tensor } from '@hairpin/tensors';
import type { Attribution, AttributionOptions } from './attribution';
import { explain } from './explain';
import { type Quadrature, quadrature } from './quadrature';
import type { ReferenceChoice } from './references';

/** How the integral is taken, and from where. */
export interface IntegratedGradientsOptions extends AttributionOptions {
  /** `zeros` unless said; contributions are averaged over several. */
  readonly references?: ReferenceChoice;
  /** Gradients on the way from each reference (50 unless said). */
  readonly steps?: number;
  /** `gaussLegendre` unless said. */
  readonly rule?: Quadrature;
}

/**
 * (x − reference) ⊙ the mean gradient on the straight way between the two (Sundararajan, Taly & Yan 2017, eq. 1). Complete but for the
 * error of the sum that stands for the integral, which `delta` tells; past `tolerance` (0.05 unless said) it is raised.
 */
export function integratedGradients(
  model: Model,
  x: Tensor,
  { references = 'zeros', steps = 50, rule = 'gaussLegendre', ...options }: IntegratedGradientsOptions = {},
): Promise<Attribution> {
  const nodes = quadrature(rule, steps);
  const points = (count: number) =>
    Array.from({ length: count }, (_, reference) =>
      nodes.map(({ alpha, weight }) => ({ reference, alpha, weight: weight / count })),
    ).flat();
  return explain(
    { name: 'integratedGradients', references, points, times: 'difference', tolerance: 0.05 },
    model,
    x,
    options,
  );
}
