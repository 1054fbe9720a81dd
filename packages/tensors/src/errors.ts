import { formatShape, type Shape } from './shape';

/** Base of every error that Hairpin's tensors raise on purpose. */
export class HairpinError extends Error {
  override name = this.constructor.name;
}

/** Shapes or dtypes that an op cannot take; the message names the op, what it expected and what it got. */
export class ShapeError extends HairpinError {}

/** An adapter, limit or package that is missing; the message names the remedy. */
export class DeviceUnavailableError extends HairpinError {}

/** The GPU device went away while work was pending: the process has to open another one. */
export class DeviceLostError extends HairpinError {}

/** More GPU memory was asked for than the device gives. */
export class OutOfMemoryError extends HairpinError {}

/** A generated shader did not compile, or a dispatch was invalid: a bug of ours, with the op's name. */
export class InvalidShaderError extends HairpinError {}

/** A tensor was used after `dispose()`. */
export class DisposedError extends HairpinError {}

/** A gradient rule that the op or the place does not support. */
export class UnsupportedRule extends HairpinError {}

/** `shapeError('conv1d', 'input [batch, length, channels]', x.shape)` → "conv1d: expected input [batch, length, channels], got [32, 4]". */
export function shapeError(op: string, expected: string, ...got: (Shape | string)[]): ShapeError {
  const found = got.map((shape) => (typeof shape === 'string' ? shape : formatShape(shape))).join(' and ');
  return new ShapeError(`${op}: expected ${expected}, got ${found}`);
}
