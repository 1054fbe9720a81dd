import { experiment, type ExperimentContext } from '../frame/experiment';
import { choice, real, whole } from '../frame/options';
import { oscillatorSet } from './brusselator';
import { peltSet } from './pelts';
import { reportOscillators, reportPelts, reportSolver, reportSpirals } from './report';

const options = {
  observations: whole({ says: 'points of a spiral', default: 50, quick: 16, min: 5, max: 1000 }),
  hidden: whole({ says: 'units of each net', default: 32, quick: 8, min: 2, max: 512 }),
  method: choice({
    says: 'how the equation is solved',
    default: 'midpoint',
    quick: 'euler',
    choices: ['euler', 'midpoint', 'rk4'],
  }),
  batch: whole({ says: 'series in a step of training', default: 64, quick: 8, min: 2, max: 1024 }),
  steps: whole({ says: 'steps of training on spirals', default: 2500, quick: 40, min: 40, max: 1e6 }),
  oscillatorSteps: whole({
    says: 'steps of training on oscillators, 0 for none',
    default: 1200,
    quick: 0,
    min: 0,
    max: 1e6,
  }),
  peltSteps: whole({ says: 'steps of training on pelts, 0 for none', default: 1000, quick: 0, min: 0, max: 1e6 }),
  learningRate: real({ says: 'from the beginning to the middle, falling to 0', default: 0.01, min: 1e-6, max: 1 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Row 19: an equation for the hidden state says what there is at any time. */
export const irregularTime = experiment({
  name: 'irregular-time',
  question: 'What happens between observations that were made at odd times?',
  rows: [19],
  biology: `Patients come when they come, sampling of cells destroys them, and a season has bad days: few time series are regular. A net
    that takes steps must be told how long each is, and has to learn what time does. An equation for the hidden state has time in it:
    it can be asked for any moment, seen or not. Spirals that turn either way are seen at random times; 30 to 70 % of the points are
    dropped and asked for.`,
  equation: `dh/dt = f_θ(h, t) between observations,   h ← GRU(h, x_k) at each,   on and back in time   (ODE-RNN)
h_k = GRU(h_(k−1), x_k, t_k − t_(k−1))   (GRU-Δt, to compare with)`,
  options,
  datasets: [oscillatorSet, peltSet],
  async run(context) {
    context.report.data(
      'Simulated: spirals of two to three turns, seen at random times with noise of 0.02. Every batch is new.',
    );
    context.phase('solving what has a known solution');
    await reportSolver(context);
    await reportSpirals(context);
    if (context.options.oscillatorSteps > 0) await reportOscillators(context);
    if (context.options.peltSteps > 0) await reportPelts(context);
  },
});
