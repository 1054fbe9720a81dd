import type { Device } from '../../src/index';
import {
  byPlainLoop,
  byScan,
  changed,
  type Elements,
  elementsOf,
  tensorsOf,
  valuesAndGradients,
  valuesOf,
} from './evaluate';
import type { RandomCell } from './random-cell';

/** Numbers for a random cell: normal ones, brought to where it expects them. */
const boundedValuesOf = ({ cell, extent }: RandomCell) =>
  changed(valuesOf(cell, extent), (values) =>
    values.dtype === 'float' ? { ...values, data: values.data.map((x) => Math.fround(Math.tanh(x))) } : values,
  );

/** Values and gradients of a random cell's loop. */
export function byScanOn(device: Device, float: 'f32' | 'f64', drawn: RandomCell): Promise<Elements> {
  const inputs = tensorsOf(boundedValuesOf(drawn), float, device);
  return elementsOf(valuesAndGradients(byScan, drawn.cell, inputs, { ...drawn.course, segment: Infinity }));
}

/** The same in double precision, step by step. */
export function byPlainLoopOn(cpu: Device, drawn: RandomCell): Promise<Elements> {
  const inputs = tensorsOf(boundedValuesOf(drawn), 'f64', cpu);
  return elementsOf(valuesAndGradients(byPlainLoop, drawn.cell, inputs, drawn.course));
}
