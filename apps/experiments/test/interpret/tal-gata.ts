import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { countLetters, type Motif, oneHot, readJaspar, toProbabilities } from '@hairpin/bio';
import { readTracks, type Tracks } from '@hairpin/interpret';
import { conv1d, grad, mean, relu, slice, tensor, type Tensor } from '@hairpin/tensors';
import { readSafetensors, toFloat32 } from '@hairpin/tensors/files';

/** Where the data sets are; empty where there are none. */
export const data = process.env.HAIRPIN_DATA ?? '';

const read = (path: string): Buffer => readFileSync(join(data, 'sim_tal_gata', path));

/** A simulated sequence of 200 letters and what was planted in it. */
export interface Planted {
  readonly name: string;
  readonly sequence: string;
  readonly sites: readonly { readonly start: number; readonly motif: string; readonly letters: string }[];
  /** Whether it holds both motifs, GATA, TAL1. */
  readonly labels: readonly boolean[];
}

/** All 8 000 sequences. */
export function plantedSequences(): Planted[] {
  const [, ...lines] = gunzipSync(read('sequences.simdata.tsv.gz')).toString('utf8').trim().split('\n');
  return lines.map((line) => {
    const [name, sequence, embeddings, ...labels] = line.split('\t');
    const sites = embeddings.split(',').filter(Boolean).map(siteOf);
    return { name, sequence, sites, labels: labels.map((label) => label === '1') };
  });
}

/** `pos-120_GATA_disc1-GCAGATAAGA`. */
function siteOf(text: string): Planted['sites'][number] {
  const [, start, motif, letters] = /^pos-(\d+)_(.*)-(.*)$/.exec(text)!;
  return { start: Number(start), motif, letters };
}

/** The motifs as they were planted, from the letters of their sites. */
export function plantedMotifs(sequences: readonly Planted[]): Motif[] {
  const sites = sequences.flatMap((planted) => planted.sites);
  return [...new Set(sites.map(({ motif }) => motif))].map((id) => {
    const own = sites.filter(({ motif }) => motif === id);
    const counts = countLetters(own.map(({ letters }) => letters));
    return { id, name: '', sites: own.length, probabilities: toProbabilities(counts, { pseudocount: 0 }) };
  });
}

/** JASPAR's motifs of vertebrates. */
export const jaspar = (): Motif[] =>
  readJaspar(readFileSync(join(data, 'motifs_jaspar/JASPAR2022_vertebrates.pfm'), 'utf8'));

/** The stored network, up to its logits: x [batch, 200, 4] → [batch, 3]. */
export function storedNetwork(): (x: Tensor) => Tensor {
  const arrays = readSafetensors(read('model/weights.safetensors')).tensors;
  const weights = (name: string) => tensor(toFloat32(arrays[name]), { shape: arrays[name].shape });
  const [conv1, conv2, dense1, dense2] = ['conv1', 'conv2', 'dense1', 'dense2'].map((name) => ({
    weight: weights(`${name}.weight`),
    bias: weights(`${name}.bias`),
  }));
  return (x) => {
    const first = relu(conv1d(x, conv1.weight).add(conv1.bias));
    const second = relu(conv1d(first, conv2.weight).add(conv2.bias));
    const hidden = relu(mean(second, 1).matmul(dense1.weight.transpose()).add(dense1.bias));
    return hidden.matmul(dense2.weight.transpose()).add(dense2.bias);
  };
}

/** One-hot letters, [sequences, 200, 4]. */
export const encoded = (sequences: readonly string[]): Tensor => {
  const { values, shape } = oneHot(sequences, { unknown: 'error', lowerCase: 'same' });
  return tensor(values, { shape });
};

/**
 * What a task's logit says about the letters, by input × gradient: hypothetical contributions are the gradient without
 * its mean over the letters (Majdandzic, Rajesh & Koo 2023), contributions those of the letters that stand there.
 */
export async function inputTimesGradient(sequences: readonly string[], task: number): Promise<Tracks> {
  const network = storedNetwork();
  const gradient = grad((x: Tensor) => slice(network(x), [0, task], [x.shape[0], task + 1]).sum());
  const parts: Tracks[] = [];
  for (let first = 0; first < sequences.length; first += BATCH) {
    const x = encoded(sequences.slice(first, first + BATCH));
    const slopes = gradient(x);
    const hypothetical = slopes.sub(mean(slopes, 2, { keepDims: true }));
    parts.push(await readTracks({ oneHot: x, hypothetical, contributions: x.mul(hypothetical) }));
  }
  const joined = (of: (part: Tracks) => ArrayLike<number>) =>
    Float32Array.from(parts.flatMap((part) => Array.from(of(part))));
  return {
    shape: [sequences.length, 200, 4],
    oneHot: joined((part) => part.oneHot),
    contributions: joined((part) => part.contributions),
    hypothetical: joined((part) => part.hypothetical!),
  };
}

const BATCH = 100;
