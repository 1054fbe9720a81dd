import { decayRate, gradientReach, lineChart } from '@hairpin/interpret';
import { tensor } from '@hairpin/tensors';
import { simulateAdding } from '@hairpin/bio';
import { above, atLeast, atMost } from '../frame/bound';
import { experiment, type ExperimentContext } from '../frame/experiment';
import { real, whole } from '../frame/options';
import { type Kind, kinds } from './adder';
import { learn, type Learned } from './learn';

const options = {
  length: whole({ says: 'steps of a sequence', default: 200, quick: 16, min: 10, max: 5000 }),
  hidden: whole({ says: 'units of each net', default: 64, quick: 16, min: 1, max: 512 }),
  budget: whole({ says: 'steps of training at most', default: 5000, quick: 300, min: 100, max: 1e6 }),
  short: whole({ says: 'steps that a net without gates can span', default: 10, quick: 4, min: 4, max: 50 }),
  learningRate: real({
    says: 'half of it, falling to 0, for the net without gates',
    default: 0.01,
    quick: 0.02,
    min: 1e-6,
    max: 1,
  }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Row 14: gated nets add two numbers that stand far apart, a net without gates does not. */
export const addingProblem = experiment({
  name: 'adding-problem',
  question: 'Can a recurrent net add two numbers that stand a hundred steps apart?',
  rows: [14],
  biology: `Regulation acts at a distance: what stands far upstream decides what happens here. The adding problem is its purest
    form. Each step brings a number and a mark; two steps are marked, one in each half, and at the end the sum of their numbers is
    asked for. Who always says 1 has a mean squared error of 1/6. A net without gates passes the gradient back through the same
    matrix at each step, so that it shrinks or grows as a power of the distance; a gate that stays open passes it on unchanged.`,
  equation: `y = x_i + x_j,   i in the first half, j in the second
∂h_T/∂h_t = ∏ ∂h_s/∂h_(s−1) ≈ γ^(T−t)`,
  options,
  async run(context) {
    const { report, options: chosen } = context;
    report.data('Simulated: numbers drawn evenly from 0 to 1, two of them marked. Every batch is new.');
    const learned: Record<string, Learned> = {};
    for (const kind of kinds) learned[kind] = await learn(context, kind, chosen.length);
    const short = await learn(context, 'RNN', chosen.short);
    for (const kind of ['LSTM', 'GRU'])
      report.number({
        ...{ row: 14, name: `${kind}, mean squared error at ${chosen.length} steps`, value: learned[kind].mse },
        ...{ threshold: atMost(1e-3), quick: atMost(0.05) },
      });
    report.number({
      ...{ row: 14, name: `RNN, mean squared error at ${chosen.length} steps`, value: learned.RNN.mse },
      ...{ threshold: atLeast(0.15), quick: above(Math.max(learned.LSTM.mse, learned.GRU.mse)) },
    });
    const name = `RNN, mean squared error at ${chosen.short} steps`;
    report.number({ row: 14, name, value: short.mse, threshold: atMost(1e-2), quick: atMost(0.1) });
    showCurves(context, learned);
    await showDecay(context, learned);
  },
});

function showCurves({ report }: Context, learned: Record<string, Learned>): void {
  report.heading('How they learn');
  report.figure(
    lineChart({
      series: Object.entries(learned).map(([name, { points }]) => ({ name, points })),
      ...{ x: { name: 'step of training' }, y: { name: 'mean squared error', scale: 'log' }, legend: 'bottom-left' },
      ...{
        title: 'Error on test sequences',
        description: 'Mean squared error by step of training, one line for each net',
      },
    }),
    'Mean squared error on 1 000 test sequences. Who always answers 1 stays at 1/6; below 0.001 training ends.',
  );
}

/** How much of a gradient is left after 499 steps, by what each net has learned and by two factors that textbooks use. */
async function showDecay(context: Context, learned: Record<string, Learned>): Promise<void> {
  const { report } = context;
  context.phase('measuring how far gradients reach');
  const rows = [0.9, 0.99].map((factor) => [`a factor of ${factor}`, factor, factor ** 499]);
  for (const kind of kinds) {
    const factor = await decayFactor(context, kind, learned[kind]);
    rows.push([`${kind}, as it has learned`, factor, factor ** 499]);
  }
  report.heading('How far gradients reach');
  report.table('What is left of a gradient', ['', 'of each step', 'after 499 steps'], rows);
  report.text(
    `0.90 and 0.99 differ by a tenth; after 499 steps what is left of them differs by a factor of ${(0.99 ** 499 / 0.9 ** 499).toExponential(1)}.`,
  );
}

/** By what ‖∂L/∂h_t‖ changes from a step to the one before, on average over a test sequence. */
async function decayFactor({ rng, options: { length } }: Context, kind: Kind, { net }: Learned): Promise<number> {
  const { values, shape } = simulateAdding({ rng: rng.fork('decay'), count: 1, length });
  const cell = net.net.layers[0].forward!;
  const xs = tensor(values, { shape });
  const { states } = await gradientReach({ step: (state, x) => cell.step(state, x), init: cell.init(1, xs), xs });
  return Math.exp(decayRate(states.values).slope);
}
