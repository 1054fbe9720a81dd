import { experiment, type ExperimentContext } from '../frame/experiment';
import { whole } from '../frame/options';
import { reportSpectra } from './exponents';
import { growthByScale } from './growth';
import { type Kind, kinds } from './nets';
import { followGradient, type Reach } from './reach';
import { reportCriticalStep, reportGrowth } from './stability';
import { reportReach, reportWholeGradient } from './vanishing';

const options = {
  steps: whole({ says: 'steps of a sequence', default: 50_000, quick: 1000, min: 500, max: 1e6 }),
  hidden: whole({ says: 'units of the nets that are looked into', default: 16, quick: 4, min: 3, max: 128 }),
  units: whole({
    says: 'units of the LSTM that is trained through all steps',
    default: 64,
    quick: 8,
    min: 1,
    max: 512,
  }),
  batch: whole({ says: 'sequences that it reads at once', default: 8, quick: 2, min: 1, max: 256 }),
  shortSteps: whole({ says: 'steps where more say nothing new', default: 2000, quick: 500, min: 250, max: 1e6 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Rows 8 to 10: how far gradients reach, which number decides it, and what that has to do with Euler's method. */
export const gradientReachExperiment = experiment({
  name: 'gradient-reach',
  question: 'How far back does a gradient reach, and what decides whether it vanishes or explodes?',
  rows: [8, 9, 10],
  biology: `An enhancer may stand 50 000 letters before the gene that it turns on. A recurrent net learns of it by a gradient that goes
    back through as many steps, each of which multiplies it by a matrix. What the product does in the long run is told by one number,
    the largest Lyapunov exponent: below 0 the gradient vanishes, above it explodes. It is the same instability that makes Euler’s
    method throw a damped pendulum out of its rest when its steps are too large.`,
  equation: `∂L/∂h_t = J_(t+1)ᵀ · … · J_Tᵀ · ∂L/∂h_T,   J_t = ∂h_t/∂h_(t−1)
ln ‖∂L/∂h_t‖ ≈ λ₁·(T − t)
Q_t·R_t = J_t·Q_(t−1),   λ_i = mean ln |R_ii|,   Σ λ_i = mean ln |det J|
Euler: y′ = (1 + hA)·y grows where h > h* = −2·Re λ / |λ|²`,
  options,
  async run(context) {
    context.report.data('Simulated: random letters for nets with random weights; a pendulum by its equation.');
    const reaches = {} as Record<Kind, Reach>;
    for (const kind of kinds) reaches[kind] = await followGradient(context, kind);
    reportReach(context, reaches);
    await reportWholeGradient(context);
    await reportSpectra(context, reaches);
    await reportCriticalStep(context);
    await reportGrowth(context, await growthByScale(context));
  },
});
