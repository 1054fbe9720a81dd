import { compile, tensor, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Adam, binaryCrossEntropy, drawnBatches, fit, TrainStep } from '@hairpin/train';
import { type Circle, cutAtGene, encode, simulatedCircle, turn } from './circles';
import type { Context } from './experiment';
import { GeneReader } from './gene-reader';

/** Where training circles are cut: where a gene begins, as in many records, or anywhere. */
export type Cut = 'at a gene' | 'anywhere';

const genes = 3;
/** More letters than the longest circle of three genes has: between them lie 200 at most, and before each 15. */
const roomFor = (codons: number) => genes * (3 * codons + 15) + (genes + 1) * 200;

/** A reader that has learned on new circles, all cut in one way. */
export async function learn(context: Context, cut: Cut): Promise<GeneReader> {
  const { options, phase, onProgress, signal } = context;
  phase(`learning what a gene is, on circles cut ${cut}`);
  const rng = context.rng.fork('reader'); // the same circles and first weights for either cut
  const reader = new GeneReader({ filters: options.filters, hidden: options.hidden, rng: rng.fork('weights') });
  const weights = reader.parameters();
  const loss = ({ x, lengths, labels, inside }: Examples) =>
    binaryCrossEntropy(reader.forward(x, { lengths }), labels, { weights: inside });
  const step = new TrainStep({ weights, optimizer: new Adam(weights), loss, clipNorm: 1 });
  const draw = (rng: Rng, rows: number) => examples(drawCircles(rng, rows, { cut, codons: options.codons }), options);
  await fit({
    ...{ step, signal, onProgress, epochs: 1, readEvery: 4 },
    loader: drawnBatches({ batches: options.steps, batchSize: options.batch, rng: rng.fork('circles'), draw }),
    learningRate: (done) => options.learningRate * (1 - done),
  });
  step.dispose();
  return reader;
}

/** New circles of a few short genes. */
export function drawCircles(rng: Rng, count: number, { cut, codons }: { cut: Cut; codons: number }): Circle[] {
  return Array.from({ length: count }, (_, i) => {
    const own = rng.fork(i);
    const circle = simulatedCircle(own, { genes, codons: [Math.ceil(codons / 2), codons] });
    return cut === 'anywhere' ? turn(circle, own.integer(circle.sequence.length)) : cutAtGene(circle);
  });
}

/** x: [rows, room, 4], lengths: [rows], labels: [rows, room, 2] of either strand, inside: [rows, room], 1 within the lengths. */
export type Examples = Readonly<Record<'x' | 'lengths' | 'labels' | 'inside', Tensor>>;

/** Circles as the reader learns from them, padded to one length. */
export function examples(circles: readonly Circle[], { codons }: { codons: number }): Examples {
  const room = roomFor(codons);
  const labels = new Float32Array(circles.length * room * 2);
  const inside = new Float32Array(circles.length * room);
  circles.forEach(({ sequence: { length }, genes }, row) => {
    inside.fill(1, row * room, row * room + length);
    for (const { start, end, strand } of genes)
      for (let at = start; at < end; at++) labels[2 * (row * room + (at % length)) + Number(strand === '-')] = 1;
  });
  const encoded = encode(
    circles.map(({ sequence }) => sequence.letters),
    room,
  );
  return {
    ...encoded,
    labels: tensor(labels, { shape: [circles.length, room, 2] }),
    inside: tensor(inside, { shape: [circles.length, room] }),
  };
}

/** The share of positions at which a reader is right on both strands, near the cut and elsewhere. */
export interface Accuracy {
  readonly nearCut: number;
  readonly elsewhere: number;
}

const near = 30; // letters to either side

/** How well a reader does on circles cut anywhere, in so many laps. */
export async function accuracyOf(
  reader: GeneReader,
  circles: readonly Circle[],
  { codons, laps }: { codons: number; laps: number },
): Promise<Accuracy> {
  const { x, lengths, labels } = examples(circles, { codons });
  const read = compile((x: Tensor, lengths: Tensor) => reader.forward(x, { lengths, laps }));
  const [logits, truth] = await Promise.all([read(x, lengths).then((y) => y.data()), labels.data()]);
  const [right, seen] = [
    [0, 0],
    [0, 0],
  ]; // near the cut, elsewhere
  const room = x.shape[1];
  circles.forEach(({ sequence: { length } }, row) => {
    for (let at = 0; at < length; at++) {
      const place = Math.min(at, length - 1 - at) < near ? 0 : 1;
      const from = 2 * (row * room + at);
      seen[place]++;
      right[place] += Number([from, from + 1].every((i) => logits[i] > 0 === truth[i] > 0));
    }
  });
  return { nearCut: right[0] / seen[0], elsewhere: right[1] / seen[1] };
}
