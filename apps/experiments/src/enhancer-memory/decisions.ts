import type { EnhancerEvent } from '@hairpin/bio';
import { compile, type DType, takeAlong, type Tensor } from '@hairpin/tensors';
import { beforePromoters, eventsOf, startsOf, type World } from './events';
import type { Context } from './experiment';
import { inParallel } from './ways';

/** What the recurrence decides otherwise than the sum of powers. */
export interface Decisions {
  readonly differing: number;
  /** How near a state came to an end of the window, as a share of it. */
  readonly nearest: number;
  /** The largest error of a state, as a share of it. */
  readonly error: number;
}

const lettersAtOnce = 2 ** 21;

/** Lets the recurrence read sequences on the default device and decide by the state just before each promoter. */
export async function decide(context: Context, world: World, dtype: DType): Promise<Decisions> {
  const { decisions: count } = context.options;
  const { length, memory } = world;
  context.phase(`deciding over ${count} sequences in ${dtype}`);
  const read = compile((x: Tensor, before: Tensor) =>
    takeAlong(inParallel(memory.r, x).reshape([x.shape[0], length]), before, 1),
  );
  const rng = context.rng.fork('decisions');
  const rows = Math.min(count, Math.floor(lettersAtOnce / length));
  const found = { differing: 0, nearest: Infinity, error: 0 };
  for (let done = 0; done < count; done += rows) {
    const events = eventsOf(world, rng.fork(done), rows).slice(0, count - done);
    using x = startsOf(events, length, dtype);
    using states = await read(x, beforePromoters(events));
    judge(events, await states.data(), memory, found);
    context.progress({ done: Math.min(count, done + rows), total: count });
  }
  read.dispose();
  return found;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function judge(
  events: readonly EnhancerEvent[],
  states: ArrayLike<number>,
  { low, high }: World['memory'],
  found: Mutable<Decisions>,
): void {
  events.forEach(({ state, isActive }, row) => {
    const decided = states[row] >= low && states[row] <= high;
    if (decided !== isActive) found.differing++;
    found.error = Math.max(found.error, Math.abs(states[row] / state - 1));
    for (const end of [low, high]) found.nearest = Math.min(found.nearest, Math.abs(state / end - 1));
  });
}
