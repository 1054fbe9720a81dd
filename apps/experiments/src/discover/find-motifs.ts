import { reverseComplement } from '@hairpin/bio';
import {
  type ActivationBatch,
  distinctMotifs,
  enrichment,
  type Motif,
  streamFiltersToMotifs,
} from '@hairpin/interpret';
import { compile, conv1d, type Parameter, relu, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';
import { Loader } from '@hairpin/train';
import { encode } from './batches';
import type { Examples } from './examples';

/** Sequences of a class that are looked through, at most: more would not change the matrices. */
const LIMIT = 4000;
/** As many motifs as a person wants to look at. */
const MOTIFS = 12;
const BATCH = 128;
const TRIM_BITS = 0.2; // Basset's

/** Weights of a convolution over one-hot DNA. */
export interface Filters {
  readonly weight: Tensor | Parameter; // [filters, 4, width]
  readonly bias?: Tensor | Parameter | undefined; // [filters]
}

/**
 * What the filters of a net look for: motifs of the sites in the positives, those that are most enriched against the
 * negatives first, each kind once, none that the negatives have as often. A filter is read as it stands, the sequences on both strands.
 */
export async function findMotifs(
  { filters }: { readonly filters: Filters },
  examples: Examples,
  rng: Rng,
): Promise<Motif[]> {
  const respond = compile((x: Tensor) => relu(conv1d(x, filters.weight).add(filters.bias ?? 0)));
  const [positives, negatives] = [1, 0].map((label) => bothStrands(sample(examples, label, rng)));
  const width = filters.weight.shape[2];
  const motifs = await streamFiltersToMotifs(() => activations(positives, respond, rng), {
    ...{ width, trimBits: TRIM_BITS },
    control: () => activations(negatives, respond, rng),
  });
  respond.dispose();
  return distinctMotifs(motifs.filter((motif) => enrichment(motif) > 0)).slice(0, MOTIFS);
}

/** Some sequences of one class. */
function sample(examples: Examples, label: number, rng: Rng): string[] {
  const all = Array.from(examples.labels.keys()).filter((i) => examples.labels[i] === label);
  return rng
    .shuffle(all)
    .slice(0, LIMIT)
    .map((i) => examples.sequence(i, rng));
}

const bothStrands = (sequences: readonly string[]): string[] => [
  ...sequences,
  ...sequences.map((s) => reverseComplement(s)),
];

async function* activations(
  sequences: readonly string[],
  respond: (x: Tensor) => Promise<Tensor>,
  rng: Rng,
): AsyncGenerator<ActivationBatch> {
  const lengths = sequences.map((sequence) => sequence.length);
  const loader = new Loader({ lengths, batchSize: BATCH, rng, shuffle: false, collate: (rows) => rows });
  for (const { rows } of loader.epoch()) {
    const x = encode(
      Array.from(rows.indices, (i) => sequences[i]),
      rows.length,
    );
    const y = await respond(x);
    const [, positions, filters] = y.shape;
    const values = (await y.data()).subarray(0, rows.count * positions * filters);
    yield {
      sequences: Array.from(rows.indices.subarray(0, rows.count), (i) => sequences[i]),
      activations: values,
      shape: [rows.count, positions, filters],
    };
    x.dispose();
    y.dispose();
  }
}
