import { HairpinError } from '@hairpin/tensors';

/**
 * Which inputs an output sees: output l those from l · stride + offset on, `size` of them (Araujo et al. 2019). The offset
 * is negative where padding lies before the sequence. A layer that sees the whole sequence has the size ∞, and the offset
 * −∞.
 */
export interface ReceptiveField {
  /** Inputs from the first to the last that an output sees, gaps of a dilation included. */
  readonly size: number;
  /** Inputs between what neighbouring outputs see. */
  readonly stride: number;
  /** The first input that output 0 sees. */
  readonly offset: number;
}

/** Of a layer that looks at each position by itself. */
export const pointwise: ReceptiveField = { size: 1, stride: 1, offset: 0 };

/** Of a layer that may look anywhere: recurrent nets, attention, pools of whole rows. */
export const everything: ReceptiveField = { size: Infinity, stride: 1, offset: -Infinity };

/** Of windows: `before` positions of padding stand before the first. */
export const ofWindows = ({ reach, stride = 1, before = 0 }: { reach: number; stride?: number; before?: number }) => ({
  size: reach + 1,
  stride,
  offset: 0 - before, // not −0
});

/** Of one layer after another. */
export const inSequence = (first: ReceptiveField, then: ReceptiveField): ReceptiveField => ({
  size: first.size + (then.size - 1) * first.stride,
  stride: first.stride * then.stride,
  offset: first.offset + then.offset * first.stride,
});

/** Of branches that read the same input and are joined position by position. */
export function sideBySide(fields: readonly ReceptiveField[]): ReceptiveField {
  const [{ stride }] = fields;
  if (fields.some((field) => field.stride !== stride))
    throw new HairpinError(`receptiveField: branches of strides ${fields.map((f) => f.stride).join(', ')} do not join`);
  const offset = Math.min(...fields.map((field) => field.offset));
  const ends = fields.map((field) => field.offset + field.size);
  return { size: Number.isFinite(offset) ? Math.max(...ends) - offset : Infinity, stride, offset };
}
