import { simulateMotifStreams } from '@hairpin/bio';
import { tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, binaryCrossEntropy, drawnBatches, type EpochRecord, fit, TrainStep } from '@hairpin/train';
import type { Context } from './experiment';
import { lettersOf, MotifNet } from './motif-net';

/** A net that has learned, and its loss by epoch. */
export interface Learned {
  readonly net: MotifNet;
  readonly history: readonly EpochRecord[];
}

const batches = 100;

/** Trains a net to say after each letter whether the motif was read. It sees short sequences among the long ones. */
export async function learn(context: Context): Promise<Learned> {
  const { options, onProgress, signal } = context;
  const { motif, hidden, epochs, learningRate, longest } = options;
  const rng = context.rng.fork('learn');
  const net = new MotifNet({ hidden, rng: rng.fork('weights') });
  const weights = net.parameters();
  const loss = ({ x, y }: Examples) => binaryCrossEntropy(net.forward(x), y);
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const lengths = [10, 5, 2, 1].map((part) => Math.max(motif.length, Math.floor(longest / part)));
  const draw = (from: Rng, rows: number) => examples(motif, from, { rows, length: from.choice(lengths) });
  const loader = drawnBatches({ batches, batchSize: 32, rng: rng.fork('examples'), draw });
  const rate = (done: number) => learningRate * (1 - done);
  const { history } = await fit({ step, loader, epochs, learningRate: rate, onProgress, signal });
  step.dispose();
  return { net, history };
}

/** x: [rows, length, 4], y: [rows, length] */
type Examples = Readonly<Record<'x' | 'y', Tensor>>;

function examples(motif: string, rng: Rng, { rows, length }: { rows: number; length: number }): Examples {
  const { sequences, states } = simulateMotifStreams({ rng, motif, count: rows, length });
  const wasRead = Float32Array.from({ length: rows * length }, (_, i) =>
    Number(states[Math.floor(i / length)][i % length] === motif.length),
  );
  return { x: lettersOf(sequences), y: tensor(wasRead, { shape: [rows, length] }) };
}
