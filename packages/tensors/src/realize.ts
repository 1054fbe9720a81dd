import type { Backend, Device } from './device';
import type { TypedArray } from './dtype';
import { HairpinError, shapeError } from './errors';
import { defaultDevice } from './open-device';
import { Parameter } from './parameter';
import { size } from './shape';
import { assertUsable, type Tensor } from './tensor';
import { activeTrace } from './trace';

/** Runs what is pending and waits until it is submitted; all tensors of one call share one plan. */
export function realize(...values: readonly (Tensor | Parameter)[]): Promise<void> {
  assertOutside('realize');
  return realizeAll(values);
}

/** Raised at once, and not as a rejection that nobody may be waiting for. */
function assertOutside(where: string): void {
  if (activeTrace())
    throw new HairpinError(`${where}: inside compile() nothing runs; return the tensor and ask for its data outside`);
}

async function realizeAll(values: readonly (Tensor | Parameter)[]): Promise<void> {
  const tensors = values
    .map((value) => (value instanceof Parameter ? value.unsettled() : value))
    .filter((tensor) => tensor !== undefined);
  for (const device of new Set(tensors.map((t) => t.device))) {
    const group = tensors.filter((t) => t.device === device);
    const pending = group.filter((t) => t.source.kind !== 'stored');
    for (const t of pending) assertUsable(t, 'realize');
    if (pending.length > 0) await (await open(device)).realize(pending);
  }
  await Promise.all(values.map((value) => (value instanceof Parameter ? value.settle() : undefined)));
}

/** The open backend of a device, the default one where none is named. */
export const open = (device: Device | undefined): Promise<Backend> => (device ?? defaultDevice()).backend();

/** A tensor's elements, row-major, once they are computed. */
export function read(value: Tensor | Parameter): Promise<TypedArray> {
  assertOutside('data');
  return value instanceof Parameter ? readVersion(value, value.read()) : readElements(value);
}

/** The parameter itself is realised first, so that its value is not computed for this one reader alone. */
async function readVersion(parameter: Parameter, version: Tensor): Promise<TypedArray> {
  await parameter.settle();
  return readElements(version);
}

async function readElements(tensor: Tensor): Promise<TypedArray> {
  assertUsable(tensor, 'data');
  await realize(tensor);
  if (tensor.source.kind !== 'stored') throw new HairpinError(`data: ${tensor} has no data`);
  return (await open(tensor.device)).read(tensor.source.storage, tensor.dtype, tensor.size);
}

/** The one number of a tensor with one element. */
export function item(value: Tensor | Parameter): Promise<number> {
  assertOutside('item');
  return readElement(value);
}

async function readElement(value: Tensor | Parameter): Promise<number> {
  if (size(value.shape) !== 1) throw shapeError('item', 'a tensor with one element', value.shape);
  return (await read(value))[0];
}
