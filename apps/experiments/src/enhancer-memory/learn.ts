import type { EnhancerEvent } from '@hairpin/bio';
import { compile, parameters, tensor, type Tensor } from '@hairpin/tensors';
import { Adam, binaryCrossEntropy, drawnBatches, fit, TrainStep } from '@hairpin/train';
import { beforePromoters, eventsOf, startsOf, type World } from './events';
import type { Context } from './experiment';
import { EnhancerGate, type Found } from './gate';

/** What was learned from labels, epoch by epoch, and the share of new promoters that it decides rightly. */
export interface Learned {
  readonly epochs: readonly Found[];
  readonly found: Found;
  readonly accuracy: number;
}

const batchSize = 64;
const epochOf = 20; // batches

/** Learns memory and window from promoters that are labelled active or not, through all steps of their sequences. */
export async function learn(context: Context, world: World, batches: number): Promise<Learned> {
  const rng = context.rng.fork(`learn ${world.length}`);
  context.phase(`learning from sequences of ${world.length} bp`);
  const gate = new EnhancerGate(world.length / 10);
  const weights = parameters(gate);
  const loss = ({ starts, before, y }: Examples) => binaryCrossEntropy(gate.forward(starts, before), y);
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const draw = (own: typeof rng, rows: number) => examplesOf(eventsOf(world, own, rows), world.length);
  const epochs = [await gate.found()];
  await fit({
    ...{ step, epochs: Math.ceil(batches / epochOf), signal: context.signal, onProgress: context.onProgress },
    loader: drawnBatches({ batches: epochOf, batchSize, rng: rng.fork('events'), draw }),
    learningRate: (done) => 0.1 * (1 - done) ** 2,
    onEpoch: async () => void epochs.push(await gate.found()),
  });
  step.dispose();
  const test = eventsOf(world, rng.fork('test'), 10 * batchSize);
  return { epochs, found: epochs.at(-1)!, accuracy: await accuracyOf(gate, test, world.length) };
}

/** starts: [rows, length, 1], before: [rows, 1], y: [rows] */
type Examples = Readonly<Record<'starts' | 'before' | 'y', Tensor>>;

const examplesOf = (events: readonly EnhancerEvent[], length: number): Examples => ({
  starts: startsOf(events, length),
  before: beforePromoters(events),
  y: tensor(Float32Array.from(events, ({ isActive }) => Number(isActive))),
});

async function accuracyOf(gate: EnhancerGate, events: readonly EnhancerEvent[], length: number): Promise<number> {
  const decide = compile(({ starts, before }: Examples) => gate.forward(starts, before));
  let right = 0;
  for (let at = 0; at < events.length; at += batchSize) {
    const some = events.slice(at, at + batchSize);
    using logits = await decide(examplesOf(some, length));
    const values = await logits.data();
    right += some.filter(({ isActive }, row) => values[row] > 0 === isActive).length;
  }
  decide.dispose();
  return right / events.length;
}
