import { assertAgree } from './agree';
import { Absent, type Bar, type Case, type Contender, type System } from './benchmark';
import { interleave } from './interleave';
import { judge } from './judge';
import { patiently } from './patience';
import type { Measured, Missing, Result } from './result';
import { median, quantile } from './statistics';

/** A system that has shown its numbers. */
interface Ready {
  readonly system: System;
  readonly contender: Contender;
  readonly numbers: ArrayLike<number>;
  readonly first: number;
}

/** Opens all systems, compares their numbers, then times them in turn. Throws if ours is absent or two disagree. */
export async function measure(work: Case, rounds = work.rounds ?? 7): Promise<Measured> {
  const opened: (Ready | Missing)[] = [];
  try {
    for (const system of work.systems) opened.push(await open(work, system)); // one by one: no first use beside another
    return await time(work, assertComparable(work, opened.filter(isReady)), opened.filter(isMissing), rounds);
  } finally {
    for (const { contender } of opened.filter(isReady)) await contender.close();
  }
}

const isReady = (entry: Ready | Missing): entry is Ready => 'contender' in entry;
const isMissing = (entry: Ready | Missing): entry is Missing => !isReady(entry);

async function open(work: Case, system: System): Promise<Ready | Missing> {
  try {
    return await begin(work, system, await system.open());
  } catch (error) {
    if (!(error instanceof Absent)) throw error;
    return asMissing(work, system, error);
  }
}

/** The turns whose numbers are compared, the first of them timed. */
async function begin({ compare = 1, patience }: Case, system: System, contender: Contender): Promise<Ready> {
  const start = performance.now();
  try {
    const turned = Array.from(await patiently(contender.turn(), patience));
    const first = performance.now() - start;
    const numbers = compare > 0 ? turned : [];
    for (let i = 1; i < compare; i++) numbers.push(...Array.from(await patiently(contender.turn(), patience)));
    return { system, contender, numbers, first };
  } catch (error) {
    await contender.close();
    throw error;
  }
}

const asMissing = (work: Case, { name, isRequired = false }: System, { message }: Error): Missing =>
  ({ case: work.name, system: name, reason: message, isRequired }); // prettier-ignore

function assertComparable(work: Case, ready: readonly Ready[]): readonly Ready[] {
  const [ours, ...peers] = ready;
  if (ours?.system !== work.systems[0]) throw new Error(`${work.name}: ${work.systems[0].name} is absent`);
  for (const { system, numbers } of peers)
    assertAgree(`${work.name}, ${system.name}`, ours.numbers, numbers, work.tolerance);
  return ready;
}

async function time(work: Case, ready: readonly Ready[], absent: Missing[], rounds: number): Promise<Measured> {
  const turns = ready.map(({ system, contender }) => [
    system.name,
    () => patiently(repeat(work, contender), work.patience),
  ]);
  const times = await interleave(Object.fromEntries(turns) as Record<string, () => Promise<void>>, { rounds });
  const ours = times[ready[0].system.name];
  if (ours instanceof Error) throw new Error(`${work.name}, ${ready[0].system.name}: ${ours.message}`);
  const results = ready.flatMap((entry) => {
    const list = times[entry.system.name];
    return list instanceof Error ? [] : [asResult(work, entry, list, median(ours))];
  });
  const failed = ready.flatMap(({ system }) => {
    const error = times[system.name];
    return error instanceof Error ? [asMissing(work, system, error)] : [];
  });
  const judged = barsOf(work).map((bar) => judge(bar, work.name, results));
  const notes = ready.flatMap(({ contender }) => contender.note ?? []);
  return { results, missing: [...absent, ...failed], judged, notes };
}

/** What a case asks; and where it asks nothing of TensorFlow.js, that ours is not slower. */
function barsOf({ bars = [], systems }: Case): readonly Bar[] {
  const [ours, peer] = [systems[0].name, 'tfjs-webgpu'];
  const isAsked = bars.some(({ of, over }) => of === peer && over === ours);
  if (isAsked || !systems.some(({ name }) => name === peer)) return bars;
  return [...bars, { of: peer, over: ours, atLeast: 1 }];
}

async function repeat({ repeats = 1 }: Case, contender: Contender): Promise<void> {
  for (let i = 0; i < repeats; i++) await contender.turn();
}

function asResult(work: Case, { system, first }: Ready, times: readonly number[], ours: number): Result {
  const { repeats = 1 } = work;
  const flop = system.flop ?? work.flop;
  const middle = median(times) / repeats;
  return {
    case: work.name,
    system: system.name,
    median: middle,
    unit: 'ms',
    ratio: (middle * repeats) / ours,
    quartiles: [quantile(times, 0.25) / repeats, quantile(times, 0.75) / repeats],
    first,
    ...(flop !== undefined && { gflops: flop / middle / 1e6 }),
    ...(work.bytes !== undefined && { gigabytesPerSecond: work.bytes / middle / 1e6 }),
  };
}
