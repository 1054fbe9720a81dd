import { checkLetters, oneHot } from '@hairpin/bio';
import { add, type Context, mul, parameters, type Tensor, tensor } from '@hairpin/tensors';
import { readSafetensors } from '@hairpin/tensors/files';
import { Rng } from '@hairpin/tensors/random';
import { type Batch, loadCheckpoint, Loader, predictor, type Rows, saveCheckpoint } from '@hairpin/train';
import { InputError } from '../input-error';
import { alphabets } from './alphabets';
import { leastLetters, type SequenceNet, sequenceNet } from './architectures';
import { readCard, type TrainedCard } from './card';

/** Sequences as a net takes them: one-hot, zeros beyond the end of each. */
export interface EncodedBatch extends Batch {
  readonly x: Tensor; // [batch, length, channels]
  readonly lengths: Tensor; // [batch]
}

/** What decides how a model computes. */
export type ModelSpec = Pick<TrainedCard, 'architecture' | 'sizes' | 'alphabet' | 'task'>;

/** A sequence with a name. */
export interface NamedSequence {
  readonly id: string;
  readonly sequence: string;
}

const BATCH = 64;

/** A net with what its numbers mean. */
export class SequenceModel {
  readonly net: SequenceNet;

  /** An untrained one. */
  constructor(
    readonly spec: ModelSpec,
    rng: Rng,
  ) {
    const channels = alphabets[spec.alphabet].letters.length;
    this.net = sequenceNet(spec.architecture, spec.sizes, channels, rng);
  }

  /**
   * A model from the bytes of its safetensors file, and its card.
   * @param label names the file in errors
   * @throws InputError, ArrayFileError, HairpinError where it is no whole file of a trained model
   */
  static load(bytes: Uint8Array, label: string): { model: SequenceModel; card: TrainedCard } {
    const card = readCard(readSafetensors(bytes, label).metadata.card, label);
    const model = new SequenceModel(card, new Rng(0));
    loadCheckpoint(parameters(model.net), bytes, label);
    return { model, card };
  }

  /** The bytes of its safetensors file; the card is in the metadata. */
  save(card: TrainedCard): Promise<Uint8Array> {
    return saveCheckpoint(parameters(this.net), { card: JSON.stringify(card) });
  }

  /** The logit of the second label, or the value.   x: [batch, length, channels] → [batch] */
  forward(x: Tensor, context: Context = {}): Tensor {
    const { task } = this.spec;
    const y = this.net.forward(x, context);
    return task.kind === 'classification' ? y : add(mul(y, task.scale), task.mean);
  }

  /** Logits or values of sequences, in their order. @throws InputError for a sequence that the model cannot read */
  async predict(sequences: readonly NamedSequence[]): Promise<Float32Array> {
    this.check(sequences);
    const loader = this.loader(sequences, { batchSize: BATCH });
    return predictor(({ x, lengths }: EncodedBatch) => this.forward(x, { lengths }))(loader);
  }

  /** Batches in the order of the sequences. */
  loader(sequences: readonly NamedSequence[], { batchSize }: { batchSize: number }): Loader<EncodedBatch> {
    const lengths = sequences.map(({ sequence }) => sequence.length);
    const collate = (rows: Rows) => this.collate(sequences, rows);
    return new Loader({ lengths, batchSize, rng: new Rng(0), shuffle: false, collate });
  }

  collate(sequences: readonly NamedSequence[], { indices, length }: Rows): EncodedBatch {
    const chosen = Array.from(indices, (i) => sequences[i].sequence);
    return {
      x: this.encode(chosen, length),
      lengths: tensor(Int32Array.from(chosen, (sequence) => sequence.length)),
    };
  }

  /** One-hot letters; codes for several letters get equal shares.   [sequences, length, channels] */
  encode(sequences: readonly string[], length?: number): Tensor {
    const alphabet = alphabets[this.spec.alphabet];
    const policy = { unknown: 'fractional', lowerCase: 'same' } as const;
    const { values, shape } = oneHot(sequences, { ...policy, alphabet, ...(length !== undefined && { length }) });
    return tensor(values, { shape });
  }

  /** @throws InputError that names a sequence which the model cannot read */
  check(sequences: readonly NamedSequence[]): void {
    if (sequences.length === 0) throw new InputError('expected at least one sequence, got none');
    const { architecture, alphabet } = this.spec;
    const least = leastLetters(architecture);
    for (const { id, sequence } of sequences) {
      if (sequence.length < least)
        throw new InputError(`${id}: has ${sequence.length} letters; the model needs at least ${least}`);
      checkLetters(sequence, alphabets[alphabet], id);
    }
  }
}
