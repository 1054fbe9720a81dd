import { add, concat, type Context, HairpinError, shapeError, type Tensor } from '@hairpin/tensors';
import { Layer } from './layer';
import { type ReceptiveField, sideBySide } from './receptive-field';
import { after, receptiveField, run, type Step } from './step';

/** How branches meet: their channels side by side, or added up. */
export interface ParallelOptions {
  /** `concat` unless said. */
  readonly join?: 'concat' | 'sum';
}

/** Several layers on the same input, joined by their last axis. All leave the same lengths. */
export class Parallel extends Layer {
  readonly branches: readonly Step[];
  readonly join: 'concat' | 'sum';

  constructor(branches: readonly Step[], { join = 'concat' }: ParallelOptions = {}) {
    super();
    if (branches.length === 0) throw new HairpinError('Parallel: expected at least one branch, got none');
    [this.branches, this.join] = [branches, join];
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    const all = this.branches.map((branch) => run(branch, x, context));
    const shared = this.join === 'concat' ? -1 : undefined;
    const [first, ...rest] = all.map(({ shape }) => shape.slice(0, shared).join());
    if (rest.some((shape) => shape !== first))
      throw shapeError('Parallel', 'branches that give the same positions', ...all.map(({ shape }) => shape));
    return this.join === 'concat' ? concat(all, -1) : all.reduce((a, b) => add(a, b));
  }

  override lengthsAfter(lengths: Tensor): Tensor | undefined {
    return after(this.branches[0], lengths);
  }

  override get receptiveField(): ReceptiveField {
    return sideBySide(this.branches.map(receptiveField));
  }
}
