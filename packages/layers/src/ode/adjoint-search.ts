import {
  add,
  concat,
  equal,
  type Parameter,
  realize,
  slice,
  split,
  type Tensor,
  where,
  zerosLike,
} from '@hairpin/tensors';
import {
  addAll,
  alongGrid,
  type ByName,
  type Gradients,
  mapValues,
  observation,
  type Observed,
  withAdjoint,
} from './adjoint';
import type { Field } from './dynamics';
import type { Mesh } from './replay';
import { type AdaptiveSteps, begin, search, walkOn } from './search';
import { dormandPrince } from './tableau';

/** [y, a] where a stretch from one observation back to the one before starts and ends, and the steps between. */
interface Stretch {
  readonly from: Tensor;
  readonly to: Tensor;
  readonly mesh: Mesh;
}

/** The gradient on its way back: what has come of it so far, and the cotangent of the state at observation i. */
class WayBack {
  private parameterGradients: ByName<Tensor>;
  private a: Tensor;

  constructor(
    private readonly f: Field,
    private readonly parameters: ByName<Parameter>,
    private readonly observed: Observed,
  ) {
    this.parameterGradients = mapValues(parameters, (p) => zerosLike(p.read()));
    this.a = observation(observed.dy, observed.dy.shape[1] - 1);
  }

  /** Where the stretch before observation i begins, and its two times. */
  start(i: number): { readonly z: Tensor; readonly times: Tensor } {
    const { y, times } = this.observed;
    const at = (k: number) => slice(times, [0, k], [undefined, k + 1]);
    return { z: concat([observation(y, i), this.a], 1), times: concat([at(i), at(i - 1)], 1) };
  }

  /** Takes up the stretch before observation i. */
  take(i: number, { from, to, mesh }: Stretch): void {
    const found = alongGrid(dormandPrince, this.f, this.parameters, from, mesh);
    this.parameterGradients = addAll(this.parameterGradients, found);
    this.a = add(observation(this.observed.dy, i - 1), split(to, 2, 1)[1]);
  }

  get gradients(): Gradients {
    return { y0: this.a, parameters: this.parameterGradients };
  }
}

/** The gradient by Dormand–Prince, a search for each stretch between observations. */
export async function adjointSearch(
  f: Field,
  parameters: ByName<Parameter>,
  observed: Observed,
  { chunk, ...options }: AdaptiveSteps & { readonly chunk: number },
): Promise<Gradients> {
  const [g, way] = [withAdjoint(f), new WayBack(f, parameters, observed)];
  for (let i = observed.y.shape[1] - 1; i > 0; i--) {
    const { z, times } = way.start(i);
    await realize(z, times); // so that all stretches are one plan
    const { walker, mesh } = await search(g, begin(g, z, times, options), times, chunk);
    way.take(i, { from: z, to: walker.y, mesh });
    await realize(way.gradients.y0, ...Object.values(way.gradients.parameters));
  }
  return way.gradients;
}

/** The same with a bound on the steps of each stretch; NaN where they do not do. */
export function adjointBounded(
  f: Field,
  parameters: ByName<Parameter>,
  observed: Observed,
  options: AdaptiveSteps & { readonly maxSteps: number },
): Gradients {
  const [g, way] = [withAdjoint(f), new WayBack(f, parameters, observed)];
  for (let i = observed.y.shape[1] - 1; i > 0; i--) {
    const { z, times } = way.start(i);
    const { walker, course } = begin(g, z, times, options);
    const [last, { t, h }] = walkOn(g, walker, course, options.maxSteps);
    way.take(i, { from: z, to: where(equal(last.t, course.end), last.y, NaN), mesh: { t, h } });
  }
  return way.gradients;
}
