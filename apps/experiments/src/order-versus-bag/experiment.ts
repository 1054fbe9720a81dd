import { lineChart } from '@hairpin/interpret';
import { type Bound, atLeast, atMost } from '../frame/bound';
import { experiment, type ExperimentContext } from '../frame/experiment';
import { real, text, whole } from '../frame/options';
import { batches, learn, type Learned } from './learn';
import { showShift } from './shifted';
import { showSpacing } from './spacing-curve';
import { type Task, tasks } from './tasks';
import { type Kind, kinds } from './two-motif-net';

const options = {
  motifs: text({ says: 'two motifs of equal length', default: 'GATAAG GGAAGT', quick: 'GATA GGAA' }),
  length: whole({ says: 'letters of a sequence', default: 80, quick: 24, min: 20, max: 2000 }),
  filters: whole({ says: 'filters of each net', default: 16, quick: 12, min: 2, max: 512 }),
  hidden: whole({ says: 'units of the RNN', default: 32, quick: 12, min: 2, max: 512 }),
  steps: whole({ says: 'steps of training, each with 64 new sequences', default: 1000, quick: 100, min: 50, max: 1e6 }),
  spacingSteps: whole({ says: 'the same for the task of spacing', default: 2000, min: 50, max: 1e6 }),
  tests: whole({ says: 'sequences of the test', default: 4000, quick: 500, min: 250, max: 1e6 }),
  learningRate: real({ says: 'at the start; it falls to 0', default: 0.01, quick: 0.02, min: 1e-6, max: 1 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** What each kind of net should be able to tell apart, in a full and in a quick run. */
const bounds: Record<Kind, Record<Task, { threshold: Bound; quick: Bound }>> = {
  CNN: {
    presence: { threshold: atLeast(0.99), quick: atLeast(0.9) },
    order: { threshold: atMost(0.55), quick: atMost(0.65) },
    spacing: { threshold: atMost(0.55), quick: atMost(0.65) },
  },
  RNN: {
    presence: { threshold: atLeast(0.99), quick: atLeast(0.9) },
    order: { threshold: atLeast(0.99), quick: atLeast(0.8) },
    spacing: { threshold: atLeast(0.99), quick: atLeast(0.8) },
  },
};

/** Row 11: a net that reads knows the order of motifs, a bag of motifs does not. */
export const orderVersusBag = experiment({
  name: 'order-versus-bag',
  question: 'Does it matter in which order motifs stand, and can a net know it?',
  rows: [11],
  biology: `Factors that bind side by side often need each other in one order and at one distance. Filters with a global pool tell which motifs
    a sequence has, but not where: it is a bag of motifs to them. The same filters read from left to right by a recurrent net keep the
    order. Here both see pairs of sequences that differ in nothing else: the same motifs, exchanged or at another distance, never so
    near each other or the ends that one filter could see it.`,
  equation: `features_t = ReLU(w ⋆ x + b)_t
CNN: logit = v·max_t features_t + c        RNN: h_t = GRU(h_(t−1), features_t),   logit = v·h_T + c`,
  options,
  async run(context) {
    const { report, size } = context;
    report.data(
      'Simulated: two motifs in random letters. A positive has both, or the first on the left, or the second at one distance to its right; a negative none, or both exchanged, or the second at another distance. In lessons of distance half the negatives are exchanged, in the test none. Every batch is new.',
    );
    const learned = { CNN: new Map<Task, Learned>(), RNN: new Map<Task, Learned>() };
    const asked = size === 'quick' ? tasks.slice(0, 2) : tasks; // to count letters takes longer to learn
    for (const task of asked)
      for (const kind of kinds) {
        const found = await learn(context, kind, task);
        learned[kind].set(task, found);
        report.number({ row: 11, name: `${kind}, ${task}: AUROC`, value: found.auroc, ...bounds[kind][task] });
      }
    const netsFor = (task: Task) => ({ CNN: learned.CNN.get(task)!.net, RNN: learned.RNN.get(task)!.net });
    await showShift(context, netsFor('presence'));
    showLearning(context, learned);
    if (learned.RNN.has('spacing')) await showSpacing(context, netsFor('spacing'));
  },
});

function showLearning({ report }: Context, learned: Readonly<Record<Kind, ReadonlyMap<Task, Learned>>>): void {
  report.heading('How they learn');
  for (const kind of kinds) {
    const series = [...learned[kind]].map(([name, { history }]) => ({
      name,
      points: history.map(({ epoch, train }) => [epoch * batches, train] as const),
    }));
    const title = `Loss of the ${kind} while it learns`;
    const axes = { x: { name: 'step of training' }, y: { name: 'cross-entropy', domain: [0, 0.8] as const } };
    const description = `Cross-entropy of the ${kind} by step of training, one line for each task`;
    report.figure(
      lineChart({ series, ...axes, title, description }),
      `${kind}: cross-entropy on sequences never seen before. Who knows nothing is at ln 2 = 0.69.`,
    );
  }
}
