import type { EnhancerEvent } from '@hairpin/bio';
import { lineChart, type Point } from '@hairpin/interpret';
import { eventsOf, type World } from './events';
import type { Exactness } from './exactness';
import type { Context } from './experiment';
import type { Learned } from './learn';
import { byFormula } from './ways';

/** A state over time, its window, and where it is read. */
export function showMemory({ report }: Context, { length, memory }: World, event: EnhancerEvent): void {
  const states = byFormula([event], length, memory.r);
  const ends = [memory.high, memory.low].flatMap((level): Point[] => [[0, level], [length, level], [NaN, NaN]]); // prettier-ignore
  const every = Math.ceil(length / 1000);
  const points = Array.from(states, (h, t): Point => [t, h]).filter((_, t) => t % every === 0);
  report.heading('A memory that fades');
  report.figure(
    lineChart({
      series: [
        { name: 'state', points },
        { name: 'ends of the window', points: ends, dash: '4 3' },
      ],
      ...{ x: { name: 'position (bp)' }, y: { name: 'state h' }, mark: { x: event.promoter, name: 'promoter' } },
      ...{ title: 'State of the integrator', description: 'The state by position, the window, and the promoter' },
    }),
    `${event.enhancers.length} enhancers, each of which adds 1 to what is left. The promoter is ${event.isActive ? '' : 'not '}active.`,
  );
}

/** How far the ways to compute it are apart. */
export function showWays({ report }: Context, { exact, single }: { exact: Exactness; single: Exactness }): void {
  report.table(
    'Largest difference from the sum of powers, as a share of the largest state',
    ['', 'f64, CPU', 'f32'],
    [
      ['loop', exact.loop, single.loop],
      ['RNN with identity', exact.net, single.net],
      ['linearScan, parallel over time', exact.parallel, single.parallel],
    ],
  );
}

/** How memory and window were found. */
export function showLearning({ report }: Context, { length, memory, reach }: World, { epochs }: Learned): void {
  const tau = -1 / Math.log(memory.r);
  const points = (share: (found: Learned['found']) => number) =>
    epochs.map((found, i): Point => [20 * i, share(found)]);
  report.heading(`What labels teach, ${length} bp`);
  report.figure(
    lineChart({
      series: [
        { name: 'time constant', points: points(({ tauBp }) => tauBp / tau) },
        { name: 'nearest', points: points(({ nearestBp }) => nearestBp / reach.nearestBp) },
        { name: 'farthest', points: points(({ farthestBp }) => farthestBp / reach.farthestBp) },
      ],
      ...{ x: { name: 'batches' }, y: { name: 'learned over true', scale: 'log' } },
      ...{ title: 'Memory and window', description: 'What was learned over what is true, by batches' },
    }),
    'Time constant of the memory and ends of the window, each over its true value: at 1 they are found.',
  );
}

/** What rules without a memory get right. */
export function showRules({ report, rng }: Context, world: World, { accuracy }: Learned): void {
  const events = eventsOf(world, rng.fork('rules'), 5000);
  const { nearestBp, farthestBp } = world.reach;
  const distances = ({ enhancers, promoter }: EnhancerEvent) => enhancers.map((at) => promoter - 1 - at);
  const isInReach = (bp: number) => bp >= nearestBp && bp <= farthestBp;
  const share = (rule: (event: EnhancerEvent) => boolean) =>
    events.filter((event) => rule(event) === event.isActive).length / events.length;
  const active = share(() => true);
  report.table(
    'Promoters decided rightly, as a share',
    ['', 'share'],
    [
      ['the more frequent answer', Math.max(active, 1 - active)],
      ['some enhancer is within reach', share((event) => distances(event).some(isInReach))],
      ['the nearest enhancer is within reach', share((event) => isInReach(Math.min(...distances(event))))],
      ['the memory that was learned', accuracy],
    ],
  );
}
