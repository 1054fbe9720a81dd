import { clamp, compile, type Compiled, concat, HairpinError, sub, type Tensor } from '@hairpin/tensors';
import { type EditBatch, editBatch, edited } from './edited';
import type { Streamed, StreamingModel } from './model';
import { Mutants } from './mutants';
import { disposeAll, takeRows, withLengths } from '../rows';
import { sameNumbers } from './same-numbers';
import type { Batch, Sequences, Way } from './way';
import { editedContext } from './whole';

/** Each start is a plan of its own, so they are few; with 16 a mutant costs 17/32 of a run in the mean. */
const MOST_STARTS = 16;

/** What is known at a start: the state before it, and the outputs so far where the head reads them. */
interface Before<S> {
  readonly state?: S;
  readonly y?: Tensor;
}

/** Sequences, what is known of them at a start, and the mutants asked for. */
interface Asked<S> extends Sequences {
  readonly before: Before<S>;
  readonly edits: EditBatch;
}

/**
 * Mutants are computed from the state before their first changed letter, at the nearest of some starts before it: as many
 * as there are batches to fill, up to 16.
 */
export class Continued<S> implements Way {
  private readonly step: number;
  private readonly starts: readonly number[];
  private readonly outputs: readonly Compiled<[Asked<S>], Tensor>[];
  private sequences: Sequences | undefined;
  private known: Before<S>[] = [];
  private readsOutputs: boolean | undefined;
  private readonly walk = compile(({ x, context }: Sequences, before: Before<S>) => {
    const { y, state } = this.model.recurrence.run(x, { ...context, ...stateOf(before) });
    return this.readsOutputs ? { state, y: before.y ? concat([before.y, y], 1) : y } : { state };
  });

  constructor(
    private readonly model: StreamingModel<S>,
    private readonly mutants: Mutants,
    length: number,
    batchSize: number,
  ) {
    const wanted = Math.min(Math.max(Math.ceil(mutants.count / batchSize), 2), MOST_STARTS);
    this.step = Math.max(1, Math.ceil(length / wanted));
    this.starts = Array.from({ length: Math.max(1, Math.ceil(length / this.step)) }, (_, i) => i * this.step);
    this.outputs = this.starts.map((start) => compile((asked: Asked<S>) => this.outputFrom(start, asked)));
  }

  get groups(): number {
    return this.starts.length;
  }

  groupOf(mutant: number): number {
    const { place, removed, inserted } = this.mutants.editOf(mutant);
    const isUnchanged = removed + inserted === 0;
    return isUnchanged ? this.groups - 1 : Math.min(Math.floor(place / this.step), this.groups - 1);
  }

  async begin(sequences: Sequences): Promise<void> {
    this.sequences = sequences;
    const expected = this.readsOutputs === undefined ? this.inOneRun(sequences) : undefined;
    await this.walkThrough(sequences);
    if (expected) await this.checkDirection(expected, sequences);
  }

  run(group: number, { edits }: Batch): Promise<Tensor> {
    return this.outputs[group]({ ...this.sequences!, before: this.known[group], edits });
  }

  dispose(): void {
    this.forget();
    for (const owner of [this.walk, ...this.outputs]) owner.dispose();
  }

  private forget(): void {
    disposeAll(this.known);
    this.known = [];
  }

  /** What is known at each start. */
  private async walkThrough({ x, context }: Sequences): Promise<void> {
    this.forget();
    this.known = [{}];
    for (const start of this.starts.slice(0, -1)) {
      const piece = x.slice([0, start], [undefined, start + this.step]);
      const within = withLengths(context, (lengths) => clamp(sub(lengths, start), 0, this.step));
      this.known.push(await this.walk({ x: piece, context: within }, this.known.at(-1)!));
      disposeAll([piece, context.lengths && within.lengths]);
    }
  }

  private outputFrom(start: number, { x, before, edits, context }: Asked<S>): Tensor {
    const length = x.shape[1];
    const rest = edited(x, edits, { from: start, count: length - start });
    const whole = editedContext(context, edits, length);
    const own = withLengths(whole, (lengths) => clamp(sub(lengths, start), 0, length - start));
    const { state, y } = takeRows(before, edits.rows);
    const streamed = this.model.recurrence.run(rest, { ...own, ...stateOf({ state }) });
    return this.model.head({ ...streamed, y: y ? concat([y, streamed.y], 1) : streamed.y }, whole);
  }

  /** What the model says of the sequences in one run, on the way noting whether the head reads the outputs of all steps. */
  private inOneRun({ x, context }: Sequences): Tensor {
    const { y, state } = this.model.recurrence.run(x, context);
    let isRead = false;
    const watched: Streamed<S> = {
      get y() {
        isRead = true;
        return y;
      },
      state,
    };
    const output = this.model.head(watched, context);
    this.readsOutputs = isRead;
    return output;
  }

  /** What walks backwards or both ways gives another output when it goes on from a state. */
  private async checkDirection(whole: Tensor, sequences: Sequences): Promise<void> {
    const unchanged = new Mutants();
    const [size] = sequences.x.shape;
    const numbers = Array.from({ length: size }, (_, row) => unchanged.add(row));
    const edits = editBatch(unchanged, numbers, { size, firstRow: 0, like: sequences.x });
    const parts = this.outputFrom(this.starts.at(-1)!, { ...sequences, before: this.known.at(-1)!, edits });
    if (await sameNumbers(parts, whole, 1e-3)) return;
    throw new HairpinError(
      'perturbation: run from the state before a letter the recurrence gives another output than in one run; ' +
        'give a net that walks only forward, or the model in one part',
    );
  }
}

const stateOf = <S>({ state }: Before<S>): { state?: S } => (state === undefined ? {} : { state });
