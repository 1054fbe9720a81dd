import type { NdArray } from '@hairpin/interpret';
import { arange, cast, compile, equal, type Tensor, tensor } from '@hairpin/tensors';
import { crossEntropy } from '@hairpin/train';
import type { Context } from './experiment';
import { copyCircle, type Reader, type Strand, strandsOf } from './reader';
import type { Genome } from './genomes';

/** Sums of states over one of the pieces that a genome is divided into. */
export interface Piece {
  /** After each context, the last letters read. [contexts, hidden] */
  readonly sums: Float32Array;
  /** How often each context was met. [contexts] */
  readonly counts: Float64Array;
}

/** What a net does on a genome. */
export interface GenomeStates {
  /** Windows in turn, so that each piece has some of every region: what bootstraps draw from. */
  readonly pieces: readonly Piece[];
  /** Mean of −log₂ of the probability of the next letter. */
  readonly bits: number;
  /** Letters that were foretold. */
  readonly letters: number;
}

/** What a net does on all genomes, and a sample of its states along them. */
export interface States {
  readonly genomes: readonly GenomeStates[];
  /** The state at the end of each window. [rows, hidden] */
  readonly sample: NdArray<Float32Array>;
}

/** Letters at the start of a window in which a net comes to itself; they are read and not measured. */
const WARM_UP = 32;
const PIECES = 20;

/** A window of a strand to be read. */
interface Place {
  readonly genome: number;
  readonly piece: number;
  readonly strand: Strand;
  readonly at: number;
}

/** Reads genomes with a net, both strands, window by window. Built once, so that untrained and trained share a plan. */
export class StateReader {
  readonly #context: Context;
  readonly #run: (letters: Tensor, contexts: Tensor) => Promise<Record<'sums' | 'losses' | 'sample', Tensor>>;
  /** Letters measured of each window. */
  readonly #measured: number;

  constructor(context: Context, reader: Reader) {
    const { window, contextLetters } = context.options;
    this.#context = context;
    this.#measured = window - WARM_UP;
    this.#run = compile((letters: Tensor, contexts: Tensor) => {
      const rows = letters.shape[0];
      const states = reader.states(letters.slice([0, 0], [rows, window])).slice([0, WARM_UP]);
      const next = letters.slice([0, WARM_UP + 1], [rows, window + 1]);
      const isAfter = cast(equal(contexts.reshape([...contexts.shape, 1]), arange(4 ** contextLetters, 'i32')), 'f32');
      return {
        sums: isAfter.transpose().matmul(states),
        losses: crossEntropy(reader.head.forward(states), next, { ignoreIndex: -1, reduce: 'none' }).sum(1),
        sample: states.slice([0, this.#measured - 1]).reshape([rows, -1]),
      };
    });
  }

  /** @param genomes all of them, or those that were held out */
  async read(genomes: readonly Genome[]): Promise<States> {
    const { options, progress } = this.#context;
    const { batch, hidden, contextLetters } = options;
    const contexts = 4 ** contextLetters;
    const found = genomes.map(() => new Collected(contexts, hidden));
    const places = genomes.flatMap((genome, i) => this.#placesOf(genome, i));
    const samples: Float32Array[] = [];
    for (let first = 0; first < places.length; first += batch) {
      const part = places.slice(first, first + batch);
      const { sums, losses, sample } = await this.#batch(part);
      part.forEach((place, row) => found[place.genome].add(place.piece, this.#contextsOf(place), this.#lettersOf(place), sums.subarray(row * contexts * hidden, (row + 1) * contexts * hidden), losses[row])); // prettier-ignore
      samples.push(sample.slice(0, part.length * hidden));
      progress({ done: first + part.length, total: places.length });
    }
    return { genomes: found.map((one) => one.value()), sample: joined(samples, hidden) };
  }

  /** Places that cover both strands, or as many of them as the options allow. */
  #placesOf(genome: Genome, index: number): Place[] {
    return strandsOf(genome).flatMap((strand, isReverse) => {
      const whole = Math.max(1, Math.floor(strand.length / this.#measured));
      const count = Math.min(whole, this.#context.options.windows);
      return Array.from({ length: count }, (_, i): Place => {
        const from = Math.floor((i * whole) / count) * this.#measured;
        const first = isReverse ? strand.length - this.#measured - from : from; // a piece is the same letters on both strands
        const at = (first - WARM_UP + 2 * strand.length) % strand.length;
        return { genome: index, piece: i % PIECES, strand, at };
      });
    });
  }

  async #batch(part: readonly Place[]): Promise<Record<'sums' | 'losses' | 'sample', Float32Array>> {
    const { batch, window } = this.#context.options;
    const letters = new Int32Array(batch * (window + 1)).fill(-1);
    const contexts = new Int32Array(batch * this.#measured).fill(-1);
    part.forEach((place, row) => {
      copyCircle(place.strand, place.at, window + 1, letters, row * (window + 1));
      contexts.set(this.#contextsOf(place), row * this.#measured);
    });
    const inputs = [
      tensor(letters, { shape: [batch, window + 1] }),
      tensor(contexts, { shape: [batch, this.#measured] }),
    ];
    const { sums, losses, sample } = await this.#run(inputs[0], inputs[1]);
    const values = { sums: await sums.data(), losses: await losses.data(), sample: await sample.data() };
    for (const used of [...inputs, sums, losses, sample]) used.dispose();
    return values as Record<keyof typeof values, Float32Array>;
  }

  /** The last letters read at each measured position, as one number; −1 where one of them is not known. */
  #contextsOf({ strand, at }: Place): Int32Array {
    return Int32Array.from({ length: this.#measured }, (_, i) => {
      let index = 0;
      for (let back = this.#context.options.contextLetters - 1; back >= 0; back--) {
        const letter = strand[(at + WARM_UP + i - back) % strand.length];
        if (letter < 0) return -1;
        index = index * 4 + letter;
      }
      return index;
    });
  }

  /** How many of the letters to be foretold are known. */
  #lettersOf({ strand, at }: Place): number {
    let known = 0;
    for (let i = 1; i <= this.#measured; i++) if (strand[(at + WARM_UP + i) % strand.length] >= 0) known++;
    return known;
  }
}

/** What is collected of a genome while its windows are read. */
class Collected {
  readonly #pieces: Piece[];
  #loss = 0;
  #letters = 0;

  constructor(contexts: number, hidden: number) {
    this.#pieces = Array.from({ length: PIECES }, () => ({
      sums: new Float32Array(contexts * hidden),
      counts: new Float64Array(contexts),
    }));
  }

  add(piece: number, contexts: Int32Array, letters: number, sums: Float32Array, loss: number): void {
    const { sums: all, counts } = this.#pieces[piece];
    sums.forEach((value, i) => (all[i] += value));
    for (const context of contexts) if (context >= 0) counts[context]++;
    this.#loss += loss;
    this.#letters += letters;
  }

  value(): GenomeStates {
    const bits = this.#loss / this.#letters / Math.LN2;
    return { pieces: this.#pieces, bits, letters: this.#letters };
  }
}

function joined(parts: readonly Float32Array[], hidden: number): NdArray<Float32Array> {
  const values = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return { values, shape: [values.length / hidden, hidden] };
}
