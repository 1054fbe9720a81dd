import {
  broadcastTo,
  clamp,
  compile,
  type Context,
  HairpinError,
  shapeError,
  sub,
  type Tensor,
} from '@hairpin/tensors';
import { type EditBatch, editBatch, edited } from './edited';
import { FeatureWindows, spliced, type WindowBatch } from './feature-windows';
import { type FeatureModel, type Reach, wholeModel } from './model';
import { Mutants } from './mutants';
import { sliceRows, takeRows, withLengths } from '../rows';
import { sameNumbers } from './same-numbers';
import type { Batch, Sequences, Way } from './way';
import { Whole } from './whole';

const [IN_WINDOWS, WHOLE] = [0, 1];

/** Sequences, their features, and the mutants asked for. */
interface Asked extends Sequences {
  readonly base: Tensor;
  readonly edits: EditBatch;
  readonly places: WindowBatch;
}

/**
 * Features are computed where a mutant's changed letters reach, and put between those of the unmutated sequence. Mutants in
 * which letters move, or with several edits, are computed whole.
 */
export class Windowed implements Way {
  readonly groups = 2;
  private readonly whole: Whole;
  private windows: FeatureWindows | undefined;
  private known: (Sequences & { base: Tensor }) | undefined;
  private readonly features = compile(({ x, context }: Sequences) => featureMaps(this.model, x, context));
  private readonly outputs = compile((asked: Asked) =>
    this.model.head(this.mutantFeatures(asked), takeRows(asked.context, asked.edits.rows)),
  );

  constructor(
    private readonly model: FeatureModel,
    private readonly mutants: Mutants,
  ) {
    checkReach(model.reach);
    this.whole = new Whole(wholeModel(model));
  }

  groupOf(mutant: number): number {
    return this.mutants.arity > 1 || this.mutants.shifts(mutant) ? WHOLE : IN_WINDOWS;
  }

  async begin(sequences: Sequences): Promise<void> {
    this.known?.base.dispose();
    this.known = { ...sequences, base: await this.features(sequences) };
    await this.whole.begin(sequences);
    if (this.windows) return;
    this.windows = new FeatureWindows(this.model.reach, this.known, this.mutants.width);
    await this.checkFeatures(this.known);
  }

  run(group: number, batch: Batch): Promise<Tensor> {
    if (group === WHOLE) return this.whole.run(0, batch);
    const starts = batch.numbers.map((mutant) => this.mutants.editOf(mutant).place);
    const places = this.windows!.of(starts, batch.edits.rows.shape[0], this.known!.x);
    return this.outputs({ ...this.known!, edits: batch.edits, places });
  }

  dispose(): void {
    this.known?.base.dispose();
    for (const owner of [this.whole, this.features, this.outputs]) owner.dispose();
  }

  /** [mutants, positions, channels] */
  private mutantFeatures({ x, base, context, places, edits }: Asked): Tensor {
    const { letters, positions, count } = this.windows!;
    const pieces = edited(x, edits, { from: places.letter, count: letters });
    const inPiece = withLengths(takeRows(context, edits.rows), (n) => clamp(sub(n, places.letter), 0, letters));
    const features = featureMaps(this.model, pieces, inPiece);
    if (features.shape[1] !== positions)
      throw shapeError(
        'perturbation',
        `${positions} features of ${letters} letters, by a reach of stride ${this.model.reach.stride}`,
        features.shape,
      );
    return spliced(base, features, { rows: edits.rows, ...places, count });
  }

  /** Without any change, features must be the same in windows as in the whole: at both ends and in the middle. */
  private async checkFeatures(known: Sequences & { base: Tensor }): Promise<void> {
    const { x, base, context } = sliceRows(known, 0, 1);
    const starts = [0, Math.floor(x.shape[1] / 2), x.shape[1] - 1];
    const unchanged = new Mutants(1);
    const numbers = starts.map(() => unchanged.add(0));
    const edits = editBatch(unchanged, numbers, { size: starts.length, firstRow: 0, like: x });
    const places = this.windows!.of(starts, starts.length, x);
    const found = this.mutantFeatures({ x, base, context, edits, places });
    if (await sameNumbers(found, broadcastTo(base, found.shape), 1e-4)) return;
    throw new HairpinError(
      `perturbation: features of a window are not those of the whole sequence, by a reach of ${JSON.stringify(this.model.reach)}; ` +
        'take the receptiveField of the layers, or give the model in one part where a feature sees the whole sequence',
    );
  }
}

function checkReach({ size, stride, offset }: Reach): void {
  const isWhole = Number.isInteger(size) && Number.isInteger(offset) && size >= 1;
  const isEverything = size === Infinity;
  if ((isWhole || isEverything) && Number.isInteger(stride) && stride >= 1) return;
  const got = `size ${size}, stride ${stride}, offset ${offset}`;
  throw new RangeError(`perturbation: expected a reach of whole numbers, size and stride ≥ 1, got ${got}`);
}

function featureMaps({ features }: FeatureModel, x: Tensor, context: Context): Tensor {
  const maps = features(x, context);
  if (maps.shape.length !== 3) throw shapeError('perturbation', 'features [batch, positions, channels]', maps.shape);
  return maps;
}
