import type { Device } from '../../src/index';
import type { Tensors } from './cells';
import { byPlainLoop, byScan, changed, tensorsOf, valuesAndGradients, valuesOf } from './evaluate';
import type { RandomCell } from './random-cell';

/** Numbers for a random cell: normal ones, brought to where it expects them. */
const boundedValuesOf = ({ cell, extent }: RandomCell) =>
  changed(valuesOf(cell, extent), (values) =>
    values.dtype === 'float' ? { ...values, data: values.data.map((x) => Math.fround(Math.tanh(x))) } : values,
  );

/** Values and gradients of a random cell's loop, not computed yet. */
export function byScanOn(device: Device, float: 'f32' | 'f64', drawn: RandomCell): Tensors {
  const inputs = tensorsOf(boundedValuesOf(drawn), float, device);
  return valuesAndGradients(byScan, drawn.cell, inputs, { ...drawn.course, segment: Infinity });
}

/** The same, step by step. */
export function byPlainLoopOn(device: Device, float: 'f32' | 'f64', drawn: RandomCell): Tensors {
  const inputs = tensorsOf(boundedValuesOf(drawn), float, device);
  return valuesAndGradients(byPlainLoop, drawn.cell, inputs, drawn.course);
}
