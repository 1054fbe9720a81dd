import { compile, type Context, type Model, type Tensor } from '@hairpin/tensors';
import { type EditBatch, edited, editedLengths } from './edited';
import { takeRows, withLengths } from '../rows';
import type { Batch, Sequences, Way } from './way';

/** Every mutant from its first letter to its last. */
export class Whole implements Way {
  readonly groups = 1;
  private sequences: Sequences | undefined;
  private readonly outputs = compile(({ x, context }: Sequences, edits: EditBatch) => {
    const mutants = edited(x, edits, { from: 0, count: x.shape[1] });
    return this.model(mutants, editedContext(context, edits, x.shape[1]));
  });

  constructor(private readonly model: Model) {}

  groupOf(): number {
    return 0;
  }

  async begin(sequences: Sequences): Promise<void> {
    this.sequences = sequences;
  }

  run(_: number, { edits }: Batch): Promise<Tensor> {
    return this.outputs(this.sequences!, edits);
  }

  dispose(): void {
    this.outputs.dispose();
  }
}

/** The context of mutants, from that of their sequences. */
export const editedContext = (context: Context, edits: EditBatch, length: number): Context =>
  withLengths(takeRows(context, edits.rows), (lengths) => editedLengths(lengths, edits, length));
