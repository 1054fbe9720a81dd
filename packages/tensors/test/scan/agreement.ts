import type { Device } from '../../src/index';
import type { Cell } from './cells';
import {
  assertAllClose,
  byScan,
  type Course,
  type Elements,
  elementsOf,
  type Extent,
  tensorsOf,
  valuesAndGradients,
  valuesOf,
} from './evaluate';

/** A loop over a cell. */
export interface Walk {
  readonly cell: Cell;
  readonly extent: Extent;
  readonly course: Course;
}

/** How two devices are compared: what is asked of them, and how far apart their answers may be. */
export interface How {
  readonly ask?: typeof valuesAndGradients;
  readonly tolerance?: number;
}

/** Single precision: some hundred roundings of 6e-8, and the freedom that WGSL leaves its functions. */
const f32 = 2e-5;

/** Less than a tile: shaders for four rows compile fastest. */
export const small: Extent = { batch: 3, length: 5 };
export const ragged: Course = { lengths: [5, 0, 3], reverse: true };

/** Values and gradients of a walk. */
export function answer(
  device: Device,
  float: 'f32' | 'f64',
  { cell, extent, course }: Walk,
  ask = valuesAndGradients,
): Promise<Elements> {
  return elementsOf(ask(byScan, cell, tensorsOf(valuesOf(cell, extent), float, device), course));
}

/** Raises unless a device in single precision agrees with the CPU in double. */
export async function agreesWith(cpu: Device, device: Device, walk: Walk, { ask, tolerance = f32 }: How = {}) {
  const expected = await answer(cpu, 'f64', walk, ask);
  assertAllClose(await answer(device, 'f32', walk, ask), expected, tolerance);
}
