import type { Point } from '@hairpin/interpret';
import { type Tensor, tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, crossEntropy, drawnBatches, fit, TrainStep } from '@hairpin/train';
import type { Context } from './experiment';
import { copyCircle, type Reader, type Strand, strandsOf } from './reader';
import type { Genome } from './genomes';

const WARM_UP = 0.05; // share of the steps over which the learning rate rises

/** letters: [batch, length + 1]; the last is only foretold */
type Windows = Readonly<Record<'letters', Tensor>>;

/** A step that learns the next letter, for any genomes. */
export function nextLetterStep(reader: Reader): TrainStep<Windows> {
  const weights = reader.parameters();
  const loss = ({ letters }: Windows) => {
    const [batch, length] = [letters.shape[0], letters.shape[1] - 1];
    const logits = reader.forward(letters.slice([0, 0], [batch, length]));
    return crossEntropy(logits, letters.slice([0, 1], [batch, length + 1]), { ignoreIndex: -1 });
  };
  return new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
}

/** Learns from random windows of either strand, wherever a circle is cut. Gives bits per letter by step of training. */
export async function learn(context: Context, step: TrainStep<Windows>, genomes: readonly Genome[]): Promise<Point[]> {
  const { options, signal, onProgress, rng } = context;
  const batches = Math.min(50, Math.ceil(options.steps / 5)); // at least five points of a curve
  const { history, stopped } = await fit({
    ...{ step, signal, onProgress, epochs: Math.ceil(options.steps / batches) },
    loader: drawnBatches({
      ...{ batches, batchSize: options.batch, rng: rng.fork(`windows of ${genomes.length}`) },
      draw: drawFrom(genomes.flatMap(strandsOf), options.window),
    }),
    learningRate: (done) => options.learningRate * Math.min(1, done / WARM_UP) * (0.05 + 0.475 * (1 + Math.cos(Math.PI * done))), // prettier-ignore
  });
  if (stopped === 'aborted') throw signal.reason;
  return history.map(({ epoch, train }): Point => [epoch * batches, train / Math.LN2]);
}

const drawFrom =
  (strands: readonly Strand[], window: number) =>
  (rng: Rng, rows: number): Windows => {
    const letters = new Int32Array(rows * (window + 1));
    for (let row = 0; row < rows; row++) {
      const strand = strands[rng.integer(strands.length)];
      copyCircle(strand, rng.integer(strand.length), window + 1, letters, row * (window + 1));
    }
    return { letters: tensor(letters, { shape: [rows, window + 1] }) };
  };
