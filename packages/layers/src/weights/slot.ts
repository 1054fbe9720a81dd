import { concat, type Parameter, type Shape, slice, type Tensor, zeros } from '@hairpin/tensors';

/** An array that a file must hold, and what becomes of it. */
export interface Slot {
  /** What it fills: a field below the part that it belongs to. */
  readonly path: string;
  /** Its name in the other framework, below the part's. */
  readonly name: string;
  readonly shape: Shape;
  /** The parameter that it fills, or a part of it: its dtype and device are those of `put`'s value. */
  readonly parameter: Parameter;
  readonly put: (value: Tensor) => void;
  /** Of a bias: what is done where a net was made without. */
  readonly clear?: () => void;
}

/** What of a net is filled. */
export interface SlotOptions {
  /** The layer of a net of several that a Keras, ONNX or Lasagne layer goes to. */
  readonly layer: number;
}

/** What `change` makes of an array of this shape is the parameter; the numbers as they are, unless it is given. */
export function slot(
  parameter: Parameter,
  { path, name = path, ...rest }: { path: string; name?: string; shape?: Shape; change?: (value: Tensor) => Tensor },
): Slot {
  const { shape = parameter.shape, change = (value) => value } = rest;
  return {
    path,
    name,
    shape,
    parameter,
    put: (value) => parameter.assign(change(value)),
    ...clearing(path, parameter),
  };
}

/** Where the rows of an array stand in a parameter that is made of several. */
export interface Rows {
  readonly name: string;
  readonly from: number;
  readonly count: number;
  /** Whether the array has them as columns. */
  readonly isTurned?: boolean;
}

/** Rows of a parameter, one of several arrays that are one of ours. */
export function rowsSlot(parameter: Parameter, { name, from, count, isTurned = false }: Rows): Slot {
  const shape = [count, ...parameter.shape.slice(1)];
  const put = (value: Tensor) => {
    const all = parameter.read();
    const rows = isTurned ? value.transpose() : value;
    parameter.assign(concat([slice(all, [0], [from]), rows, slice(all, [from + count])], 0));
  };
  return { path: name, name, shape: isTurned ? shape.toReversed() : shape, parameter, put };
}

const clearing = (path: string, parameter: Parameter) =>
  /(^|\.)\w*bias\w*$/i.test(path) ? { clear: () => zero(parameter) } : {};

/** Fills a parameter with zeros. */
export const zero = (parameter: Parameter): void => parameter.assign(zeros(parameter.shape, parameter));
