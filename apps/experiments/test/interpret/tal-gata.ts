import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { countLetters, dinucleotideShuffle, type Motif, oneHot, readJaspar, toProbabilities } from '@hairpin/bio';
import type { Pattern } from '@hairpin/interpret';
import { Conv1d, Layer, Linear, loadWeights } from '@hairpin/layers';
import { mean, relu, Rng, tensor, type Tensor } from '@hairpin/tensors';
import { readSafetensors } from '@hairpin/tensors/files';

const folder = join(process.env.HAIRPIN_DATA ?? '', 'sim_tal_gata');

/** Whether the sequences and the network are at hand; tests that need them are skipped without. */
export const hasTalGata = process.env.HAIRPIN_DATA !== undefined && existsSync(folder);

const rng = new Rng(1);

/** The published network: two convolutions, their mean, two dense layers; three logits. */
export class TalGataNet extends Layer {
  readonly conv1 = new Conv1d({ in: 4, out: 50, width: 11, rng });
  readonly conv2 = new Conv1d({ in: 50, out: 50, width: 11, rng });
  readonly dense1 = new Linear({ in: 50, out: 50, rng });
  readonly dense2 = new Linear({ in: 50, out: 3, rng });

  forward(x: Tensor): Tensor {
    const maps = relu(this.conv2.forward(relu(this.conv1.forward(x))));
    return this.dense2.forward(relu(this.dense1.forward(mean(maps, 1))));
  }
}

/** The network with the stored weights. */
export function talGataNet(): TalGataNet {
  const net = new TalGataNet();
  loadWeights(net, readSafetensors(readFileSync(join(folder, 'model', 'weights.safetensors'))).tensors);
  return net;
}

/** A planted motif: its name, its letters and the positions that they take. */
export interface Planted {
  readonly motif: string;
  readonly letters: string;
  readonly start: number;
  readonly end: number;
}

/** A sequence, what was planted in it, and which of the three tasks it answers with yes. */
export interface TalGataSequence {
  readonly name: string;
  readonly sequence: string;
  readonly planted: readonly Planted[];
  readonly tasks: readonly boolean[];
}

const lines = (name: string): string[] => {
  const bytes = readFileSync(join(folder, name));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
};

/** All 8 000 sequences. */
export const allSequences = (): TalGataSequence[] =>
  lines('sequences.simdata.tsv.gz')
    .slice(1)
    .map((line) => line.split('\t'))
    .map(([name, sequence, embeddings, ...tasks]) => ({
      ...{ name, sequence, tasks: tasks.map((task) => task === '1') },
      planted: embeddings.split(',').filter(Boolean).map(plantedOf),
    }));

/** The test sequences, in the order of the file. */
export function testSequences(): TalGataSequence[] {
  const wanted = new Set(lines('test_ids.txt.gz'));
  return allSequences().filter(({ name }) => wanted.has(name));
}

/** The motifs as they were planted, from the letters of their sites. */
export function plantedMotifs(sequences: readonly TalGataSequence[]): Motif[] {
  const sites = sequences.flatMap(({ planted }) => planted);
  return [...new Set(sites.map(({ motif }) => motif))].map((id) => {
    const own = sites.filter(({ motif }) => motif === id);
    const counts = countLetters(own.map(({ letters }) => letters));
    return { id, name: '', sites: own.length, probabilities: toProbabilities(counts, { pseudocount: 0 }) };
  });
}

/** JASPAR's motifs of vertebrates. */
export const jaspar = (): Motif[] =>
  readJaspar(readFileSync(join(folder, '../motifs_jaspar/JASPAR2022_vertebrates.pfm'), 'utf8'));

/** A pattern of seqlets, to be compared with motifs. */
export const motifOf = ({ counts, sites }: Pattern, i: number): Motif => ({
  ...{ id: `pattern${i}`, name: '', sites: sites.length, counts },
  probabilities: toProbabilities(counts, { pseudocount: 0 }),
});

/** `pos-120_GATA_disc1-GCAGATAAGA`: where, what, and its letters. */
function plantedOf(text: string): Planted {
  const [, position, motif, letters] = /^pos-(\d+)_(.+)-([ACGT]+)$/.exec(text)!;
  return { motif, letters, start: Number(position), end: Number(position) + letters.length };
}

/** Logits by name of sequence. */
export const expectedLogits = (): Map<string, number[]> =>
  new Map(
    lines('model/expected_logits_test.tsv')
      .slice(1)
      .map((line) => line.split('\t'))
      .map(([name, ...logits]) => [name, logits.map(Number)]),
  );

/** Gradients of the first logit by name of sequence: rows A, C, G, T. */
export const expectedGradients = (): Record<string, number[][]> =>
  JSON.parse(lines('model/expected_input_gradients_task1.json').join('\n')).sequences;

/** One-hot letters [batch, length, 4]. */
export function encoded(sequences: readonly string[]): Tensor {
  const { values, shape } = oneHot(sequences, { unknown: 'error', lowerCase: 'same' });
  return tensor(values, { shape: [...shape] });
}

const LETTERS = 'ACGT';

/** So many dinucleotide shuffles of an example, for DeepSHAP. */
export const shuffles =
  (count: number) =>
  async (x: Tensor, own: Rng): Promise<Tensor> => {
    const values = await x.data();
    const sequence = Array.from(
      { length: x.shape[0] },
      (_, i) => LETTERS[values.subarray(4 * i, 4 * i + 4).indexOf(1)],
    );
    return encoded(Array.from({ length: count }, () => dinucleotideShuffle(sequence.join(''), own)));
  };
