import { experiment, type ExperimentContext } from '../frame/experiment';
import { real, whole } from '../frame/options';
import { dataset, readCircles } from './circles';
import { studyLaps } from './laps';
import { learnBothWays, reportFilters, reportGenes, reportLaps, reportTurning } from './report';

const options = {
  units: whole({ says: 'units of the nets with random weights', default: 64, quick: 32, min: 2, max: 512 }),
  hidden: whole({ says: 'units of each direction of the reader', default: 16, quick: 6, min: 1, max: 256 }),
  filters: whole({ says: 'filters of the reader', default: 16, quick: 6, min: 1, max: 256 }),
  codons: whole({ says: 'most codons of a gene to learn from', default: 60, quick: 12, min: 6, max: 600 }),
  steps: whole({ says: 'steps of training', default: 200, quick: 6, min: 1, max: 1e5 }),
  batch: whole({ says: 'circles in a step of training', default: 16, quick: 2, min: 1, max: 256 }),
  learningRate: real({ says: 'at the beginning, falling to 0', default: 0.01, min: 1e-6, max: 1 }),
  turns: whole({ says: 'other origins from which each circle is read', default: 3, quick: 1, min: 1, max: 100 }),
  longest: whole({
    says: 'letters of the longest circle that is read',
    default: 1e6,
    quick: 6000,
    min: 1000,
    max: 1e7,
  }),
  rotations: whole({ says: 'rotations in which genes are looked for', default: 10_000, quick: 40, min: 1, max: 1e6 }),
  origins: whole({ says: 'random origins for gene calls', default: 100, quick: 3, min: 1, max: 1000 }),
  exponentSteps: whole({ says: 'letters read to measure λ₁', default: 2000, quick: 100, min: 50, max: 1e6 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Row 40: a net reads a circle to the same end from wherever it begins. */
export const circularGenome = experiment({
  name: 'circular-genome',
  question: 'Does it matter where a circular genome is cut open?',
  rows: [40],
  biology: `Plasmids, bacterial chromosomes, mitochondria and many phages are circles; a file of letters has to begin somewhere. A net
    that begins there with an empty memory reads its first letters without their past, and a gene across the origin falls in two. If
    the last state of a lap is the first of the next, and laps go on until it no longer changes, the answer turns with the circle.
    Two laps are enough for a net that forgets a lap: a difference shrinks by exp(λ₁T) in T letters, with λ₁ the largest Lyapunov
    exponent. A net that does not forget never settles, and says so.`,
  equation: `h_t = φ(h_(t−1), x_t),   h_0 = h_T   (the circle is closed)
‖Δ after lap k + 1‖ ≈ exp(λ₁T) · ‖Δ after lap k‖
f(rot x) = rot f(x)`,
  options,
  datasets: [dataset],
  async run(context) {
    const { report, data, rng, options: chosen, phase } = context;
    const all = await readCircles(data, rng.fork('circles'));
    const circles = all.filter(({ sequence }) => sequence.length <= chosen.longest);
    const isReal = !all[0].name.startsWith('simulated');
    if (!isReal) context.note(`The set ${dataset} is not here: the circles are simulated genomes of prokaryotes.`);
    const lengths = circles.map(({ name, sequence }) => `${name} (${sequence.length} bp)`).join(', ');
    report.data(`${isReal ? `Genomes of ${dataset}` : 'Simulated genomes'}: ${lengths}.`);
    report.data('Simulated: the circles of three genes that the reader learns from, and circles of random letters.');
    phase('going round circles with random nets');
    reportLaps(context, await studyLaps(context));
    const reader = await learnBothWays(context);
    await reportTurning(context, reader, circles);
    await reportFilters(context, circles);
    await reportGenes(context, reader, circles[0]);
  },
});
