import { lineChart, type Point } from '@hairpin/interpret';
import type { Context } from './experiment';
import type { GrowthByScale } from './growth';
import { type Kind, kinds } from './nets';
import type { Reach } from './reach';

/** How gradients fade with the distance. */
export function showReach({ report, options }: Context, reaches: Record<Kind, Reach>): void {
  const every = Math.ceil(options.steps / 500);
  const points = ({ logNorms }: Reach) =>
    Array.from(logNorms, (log, d): Point => [d, log / Math.LN10]).filter((_, d) => d % every === 0);
  report.heading('How far gradients reach');
  report.figure(
    lineChart({
      series: kinds.map((name) => ({ name, points: points(reaches[name]) })),
      ...{ x: { name: 'steps back from the end' }, y: { name: 'log₁₀ ‖∂L/∂h‖' }, legend: 'bottom-left' },
      ...{
        title: 'Size of the gradient',
        description: 'Logarithm of the norm of the gradient by distance from the end',
      },
    }),
    'Before they have learned, nets lose their gradient by a fixed share at each step. In f32 it would be 0 below −45.',
  );
  report.table(
    'Rates in nats per step, and what they mean',
    ['', 'slope', 'λ₁', 'standard error of λ₁', 'steps to a half'],
    kinds.map((kind) => {
      const { slope, spectrum } = reaches[kind];
      return [kind, slope, spectrum.exponents[0], spectrum.standardErrors[0], -Math.LN2 / slope];
    }),
  );
}

/** All exponents of each net. */
export function showSpectra({ report }: Context, reaches: Record<Kind, Reach>): void {
  report.heading('Which directions last');
  report.figure(
    lineChart({
      series: kinds.map((name) => ({
        name,
        points: Array.from(reaches[name].spectrum.exponents, (exponent, i): Point => [i + 1, exponent]),
      })),
      ...{ x: { name: 'exponent' }, y: { name: 'nats per step' }, legend: 'bottom-left' },
      ...{ title: 'Lyapunov spectra', description: 'Lyapunov exponents of each net from the largest' },
    }),
    'Every direction of the state fades at a rate of its own. An LSTM has twice as many, for its state is h and c.',
  );
}

/** Step size and weight scale over one axis. */
export function showGrowth({ report }: Context, { scales, series }: GrowthByScale): void {
  const line = (name: string, values: readonly number[], dash?: string) => ({
    ...{ name, points: values.map((value, i): Point => [scales[i], value]) },
    ...(dash !== undefined && { dash }),
  });
  report.figure(
    lineChart({
      series: [
        line('Euler, swings', series.solution),
        line('Euler, gradient', series.gradient, '5 4'),
        line('RK4, swings', series.rk4),
        line('implicit Euler', series.implicit),
        { ...line('RNN at rest, gradient', series.atRest, '1 3'), colour: 'currentColor' },
        { ...line('RNN that reads, gradient', series.reading), colour: 'currentColor' },
      ],
      ...{ x: { name: 'step size over the critical one, or weight scale' }, y: { name: 'growth per step (nats)' } },
      ...{ mark: { x: 1, name: 'critical' }, legend: 'top-left', height: 340 },
      ...{
        title: 'Too large a step',
        description: 'Growth per step by step size and weight scale over the critical value',
      },
    }),
    `The swings of a pendulum under Euler’s method, the gradient that goes back through its steps, and the gradient of an RNN whose
      weights are a scaled rotation all cross 0 at 1. RK4 and the implicit method stay below. What an RNN reads drives its units to
      the flat ends of tanh, so that its gradient grows later, if at all.`,
  );
}
