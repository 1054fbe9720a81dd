import { experiment, type ExperimentContext } from '../frame/experiment';
import { atLeast, atMost, exactly } from '../frame/bound';
import { onCpu } from '../frame/on-cpu';
import { whole } from '../frame/options';
import { decide } from './decisions';
import { eventsOf, type World, worldOf } from './events';
import { exactnessOf } from './exactness';
import { learn, type Learned } from './learn';
import { misreadStarts } from './letters';
import { showLearning, showMemory, showRules, showWays } from './show';

const options = {
  length: whole({ says: 'steps over which states are compared', default: 50_000, min: 1000, max: 1e6 }),
  decisions: whole({ says: 'sequences to decide over', default: 100_000, quick: 2000, min: 10, max: 1e7 }),
  decisionLength: whole({
    says: 'bp of each of them',
    ...{ default: 10_000, quick: 1000, min: 500, max: 1e6 },
  }),
  longest: whole({
    says: 'bp of the longest sequences from which to learn; the shortest have 500',
    ...{ default: 50_000, quick: 500, min: 500, max: 1e6 },
  }),
  batches: whole({ says: 'batches of 64 sequences to learn from', default: 200, quick: 160, min: 20, max: 1e5 }),
};
/** What this experiment works with. */
export type Context = ExperimentContext<typeof options>;

/** Row 1: a leaky integrator knows how far away enhancers are, and what it knows can be learned. */
export const enhancerMemoryExperiment = experiment({
  name: 'enhancer-memory',
  question: 'Does one number that fades tell a promoter how far away its enhancers are?',
  rows: [1],
  biology: `An enhancer acts on promoters that are neither too near nor too far. The simplest machine that knows distances while it
    reads a sequence once is a leaky integrator: a number that fades by the same share at each base and grows by 1 where an enhancer
    begins. Just before the promoter it says how far back the enhancer was; between two bounds the promoter is active. Several
    enhancers add up, which is where this memory differs from a rule about the nearest one.`,
  equation: `h_t = r·h_(t−1) + x_t,   x_t = 1 where an enhancer begins, else 0
h_t = Σ r^(t−s),   over the enhancers that begin at s ≤ t
active where low ≤ h ≤ high,   low = r^(farthest + ½),   high = r^(nearest − ½)`,
  options,
  async run(context) {
    const { report, options: chosen } = context;
    report.data(
      'Simulated: a promoter, and one to three enhancers before it; a fifth of them stands at an end of the reach.',
    );
    await compareWays(context, worldOf(chosen.length));
    await compareDecisions(context, worldOf(chosen.decisionLength));
    for (const length of new Set([500, chosen.longest])) {
      const world = worldOf(length);
      reportLearned(context, world, await learn(context, world, chosen.batches));
    }
  },
});

async function compareWays(context: Context, world: World): Promise<void> {
  const { report, rng } = context;
  const events = eventsOf(world, rng.fork('states'), 4);
  context.phase(`computing ${world.length} steps in every way`);
  const [exact, single] = [
    await onCpu(context, () => exactnessOf(events, world, 'f64')),
    await exactnessOf(events, world, 'f32'),
  ];
  const number = (name: string, value: number, threshold = exactly(0)) =>
    report.number({ row: 1, name, value, threshold });
  number(`Loop of ${world.length} steps in f64 on the CPU, from Σ r^(t−s)`, exact.loop, atMost(1e-12));
  number(`Loop of ${world.length} steps in f32, from Σ r^(t−s)`, single.loop, atMost(1e-5));
  number('RNN with identity in f64, steps with other bits than the loop', exact.otherBits);
  number('RNN with identity in f32, steps with other bits than the loop', single.otherBits);
  number('linearScan in f32, from the loop', single.fromLoop, atMost(1e-5));
  number('linearScan in f32, from Σ r^(t−s)', single.parallel, atMost(1e-5));
  context.phase('reading letters');
  number(
    'Starts that filters for the motifs see where there are none, or miss',
    await misreadStarts(events, world.length, rng.fork('letters')),
  );
  showMemory(context, world, events[0]);
  showWays(context, { exact, single });
}

async function compareDecisions(context: Context, world: World): Promise<void> {
  const { report, options } = context;
  const name = (dtype: string) => `Decisions of ${options.decisions} that differ from those of Σ r^(t−s), ${dtype}`;
  const exact = await onCpu(context, () => decide(context, world, 'f64'));
  report.number({ row: 1, name: name('f64 on the CPU'), value: exact.differing, threshold: exactly(0) });
  const single = await decide(context, world, 'f32');
  report.number({ row: 1, name: name('f32'), value: single.differing });
  report.text(`The nearest that a state came to an end of the window was ${single.nearest.toExponential(1)} of it; in f32 states are
    wrong by ${single.error.toExponential(1)} of themselves at most, in f64 by ${exact.error.toExponential(1)}.`);
}

function reportLearned(context: Context, world: World, learned: Learned): void {
  const { report } = context;
  const { found, accuracy } = learned;
  const { memory, length } = world;
  const number = (name: string, value: number, threshold = atMost(0.05)) =>
    report.number({ row: 1, name: `${name}, learned from ${length} bp`, value, threshold });
  number('Error of r', Math.abs(found.r - memory.r), atMost(0.005));
  number('Error of the time constant −1/ln r, as a share', Math.abs(found.tauBp * -Math.log(memory.r) - 1));
  const low = Math.exp(-found.farthestBp / found.tauBp);
  const high = Math.exp(-found.nearestBp / found.tauBp);
  number('Error of the window’s low end, as a state', Math.abs(low - memory.low), atMost(0.02));
  number('Error of the window’s high end, as a state', Math.abs(high - memory.high), atMost(0.02));
  number('Share of promoters decided rightly', accuracy, atLeast(0.9));
  showLearning(context, world, learned);
  showRules(context, world, learned);
}
