import { experiment, type ExperimentContext } from '../frame/experiment';
import { real, whole } from '../frame/options';
import { showLaws } from './laws';
import { foretellNext } from './next-cpg';
import { recoverDecays } from './recover';

const options = {
  inputs: whole({ says: 'random inputs for the bounds', default: 1e6, quick: 2e4, min: 1e4, max: 1e9 }),
  steps: whole({ says: 'steps of training on simulated series', default: 1000, quick: 200, min: 50, max: 1e6 }),
  length: whole({ says: 'steps of a simulated series', default: 200, quick: 100, min: 20, max: 10_000 }),
  chromosomeSteps: whole({ says: 'steps of training on a chromosome', default: 1000, quick: 50, min: 50, max: 1e6 }),
  learningRate: real({ says: 'at the start; it falls to 0', default: 0.05, quick: 0.15, min: 1e-6, max: 1 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Row 16: an LSTM that cannot leave 0 to 1, and learns how long methylation is remembered. */
export const methylationMemory = experiment({
  name: 'methylation-memory',
  question: 'Can an LSTM be held to what methylation is: an average between 0 and 1, each site by itself?',
  rows: [16],
  biology: `How much of a site is methylated lies between 0 and 1, and it changes slowly, as copies of the genome are made and marks come and
    go: it is a moving average of what happened to the site. The memory of an LSTM may have any size, and its units mix. Two changes
    make it a moving average: one gate both forgets and writes, and what is written lies between 0 and 1. A third, that each unit
    reaches its own gates only, keeps sites apart. These are properties of the equation, true of any weights.`,
  equation: `f = 1 − i,   i = σ(W_i·x + u_i⊙h + b_i),   g = σ(W_g·x + u_g⊙h + b_g)
c′ = f⊙c + i⊙g,   0 ≤ c ≤ 1,   ∂c′_k/∂c_j = 0 for k ≠ j`,
  options,
  datasets: ['methylation_chr21'],
  async run(context) {
    context.report.data(
      'Simulated: methylation of six sites that comes and goes, its moving average, and that with noise of standard deviation 0.05.',
    );
    await showLaws(context);
    await recoverDecays(context);
    await foretellNext(context);
  },
});
