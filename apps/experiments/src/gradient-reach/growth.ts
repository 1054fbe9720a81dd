import { criticalEulerStep, pendulumEigenvalue } from '@hairpin/bio';
import type { Context } from './experiment';
import { backwardStep, forwardStep, growthOf, zeroOf } from './pendulum';
import { gradientOfMaps, gradientOfScales } from './scales';

/** Growth per step, in nats, by step size over the critical one, and by weight scale. */
export interface GrowthByScale {
  readonly scales: readonly number[];
  /** ln |1 + hλ|, by which Euler's swings grow. */
  readonly theory: readonly number[];
  readonly series: Readonly<Record<Series, readonly number[]>>;
  /** The scale of weights from which on the gradient of a net at rest grows. */
  readonly criticalScale: number;
}

type Series = 'solution' | 'gradient' | 'rk4' | 'implicit' | 'atRest' | 'reading';

const pendulum = { frequency: 1, damping: 0.5 };
const scales = [0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** Lets a pendulum swing at many step sizes, and a gradient go back through it and through nets of many weight scales. */
export async function growthByScale(context: Context): Promise<GrowthByScale> {
  context.phase('growth by step size');
  const stepSizes = scales.map((scale) => scale * criticalEulerStep(pendulum));
  const swings = { pendulum, steps: 140 }; // at twice the critical step swings grow by e^77, which f32 still holds
  const solution = await growthOf({ method: 'euler', ...swings }, stepSizes);
  const rk4 = await growthOf({ method: 'rk4', ...swings }, stepSizes);
  const maps = [forwardStep, backwardStep].flatMap((step) => stepSizes.map((h) => step(pendulum, h)));
  const back = await gradientOfMaps(context, maps);
  context.phase('growth by weight scale');
  const nets = await gradientOfScales(context, scales);
  const [gradient, implicit] = [back.slice(0, scales.length), back.slice(scales.length)];
  const { re, im } = pendulumEigenvalue(pendulum);
  return {
    ...{ scales, theory: stepSizes.map((h) => Math.log(Math.hypot(1 + h * re, h * im))) },
    series: { solution, gradient, rk4, implicit, ...nets },
    criticalScale: zeroOf(scales, nets.atRest),
  };
}
