import { broadcastTo, compile, type Device, grad, realize, Tensor } from '../../src/index';
import * as functions from '../../src/index';
import type { TypedArray } from '../../src/dtype';
import { topological } from '../../src/graph';
import type { HostArray } from '../../src/op';
import { sameShape } from '../../src/shape';
import { slope, weighted } from '../../src/testing/gradient';
import { assertClose, checkGradient } from '../../src/testing/index';
import type { MethodCall } from '../samples/methods';
import type { Large } from '../samples/large';
import type { Sample } from '../samples/values';
import { byReference, differentiable, tensorsOf } from './evaluate';

const f64 = 1e-12; // the same doubles added up in another order
const f32 = 2e-5; // some hundred roundings of 6e-8, and the freedom that WGSL leaves its functions
const f32Second = 1e-4; // a second derivative multiplies the errors of two passes
const sameFloats = 1e-6; // the same operations, fused otherwise

// ---- on the CPU, in double precision ------------------------------------------------------------------------------

export async function fastFormIsReference(sample: Sample, cpu: Device): Promise<void> {
  const y = sample.f(...tensorsOf(sample.inputs, 'f64', cpu));
  const specified = byReference(y); // before y is realised, and its graph gone
  assertClose(await y.data(), specified.data, f64);
}

/** An elementwise op of operands that broadcast, and of the same operands written out. */
export async function broadcastingIsRepetition({ f, inputs }: Sample, cpu: Device): Promise<void> {
  const operands = tensorsOf(inputs, 'f64', cpu);
  const y = f(...operands);
  const written = f(...operands.map((x) => broadcastTo(x, y.shape)));
  assertClose(await y.data(), await written.data(), 0);
}

export const isBroadcast = ({ f, inputs }: Sample, cpu: Device): boolean => {
  const y = f(...tensorsOf(inputs, 'f64', cpu));
  const isElementwise = y.source.kind === 'op' && y.source.op.lowering.kind === 'elementwise';
  return isElementwise && inputs.length > 1 && inputs.some((x) => !sameShape(x.shape, y.shape));
};

export async function gradientIsRight(sample: Sample, cpu: Device, order: 1 | 2): Promise<void> {
  const { f, wrt } = differentiable(sample, 'f64', cpu)!;
  await checkGradient(f, wrt, { order, elements: 16 });
}

// ---- on every device ----------------------------------------------------------------------------------------------

export async function agreesWithReference(sample: Sample, device: Device, cpu: Device): Promise<void> {
  const expected = byReference(sample.f(...tensorsOf(sample.inputs, 'f64', cpu)));
  const y = sample.f(...tensorsOf(sample.inputs, 'f32', device));
  const dtype = expected.dtype === 'f64' ? 'f32' : expected.dtype;
  if (!sameShape(y.shape, expected.shape) || y.dtype !== dtype)
    throw new Error(`expected ${dtype}[${expected.shape}], got ${y}`);
  assertAgrees(await y.data(), expected, sample);
}

function assertAgrees(actual: TypedArray, expected: HostArray, { tolerance = f32, ends = false }: Sample): void {
  if (expected.dtype === 'bool' || expected.dtype === 'i32' || expected.dtype === 'u32') tolerance = 0;
  if (!ends) return assertClose(actual, expected.data, tolerance);
  expected.data.forEach((value, i) => {
    if (Math.abs(value) > smallestNormal || actual[i] !== 0)
      assertClose([actual[i]!], [value], tolerance, `element ${i}`);
  });
}

const smallestNormal = 2 ** -126; // what is smaller may become 0 on a GPU

/** A gradient against that in double precision, which central differences have confirmed. */
export async function gradientAgrees(sample: Sample, device: Device, cpu: Device, order: 1 | 2): Promise<void> {
  const [actual, expected] = [gradient(sample, 'f32', device, order), gradient(sample, 'f64', cpu, order)];
  await realize(...actual);
  const tolerance = (order === 1 ? f32 : f32Second) * ((sample.tolerance ?? f32) / f32);
  assertClose(await elements(actual), await elements(expected), tolerance, 'gradient');
}

function gradient(sample: Sample, float: 'f32' | 'f64', device: Device, order: 1 | 2): readonly Tensor[] {
  const { f, wrt } = differentiable(sample, float, device)!;
  return grad(order === 1 ? weighted(f, 1) : slope(f, 1))(wrt);
}

/** Of all inputs together: where one gradient cancels to nothing, the others say how large nothing is. */
const elements = async (list: readonly Tensor[]): Promise<number[]> =>
  (await Promise.all(list.map((g) => g.data()))).flatMap((data) => Array.from(data));

/** Value and gradients in one plan, and every node realised by itself. */
export async function fusedIsUnfused(sample: Sample, device: Device): Promise<void> {
  const [fused, unfused] = [valueAndGradients(sample, device), valueAndGradients(sample, device)];
  for (const node of topological(unfused)) if (node.source.kind === 'op' && node.device) await realize(node); // the others adopt a device with their partner
  await realize(...fused);
  await assertSame(fused, unfused);
}

export async function compiledIsEager(sample: Sample, device: Device): Promise<void> {
  const inputs = tensorsOf(sample.inputs, 'f32', device);
  const compiled = compile((...given: Tensor[]) => valueAndGradients(sample, device, given));
  await assertSame(await compiled(...inputs), valueAndGradients(sample, device, inputs));
  compiled.dispose();
}

function valueAndGradients(sample: Sample, device: Device, inputs = tensorsOf(sample.inputs, 'f32', device)): Tensor[] {
  const inner = differentiable(sample, 'f32', device, inputs);
  return [sample.f(...inputs), ...(inner ? grad(weighted(inner.f, 1))(inner.wrt) : [])];
}

async function assertSame(actual: readonly Tensor[], expected: readonly Tensor[]): Promise<void> {
  for (const [i, y] of actual.entries())
    assertClose(await y.data(), await expected[i]!.data(), sameFloats, i === 0 ? 'value' : `gradient ${i}`);
}

export async function reachesTheEnd({ f, expected }: Large, device: Device): Promise<void> {
  using y = f(device);
  const data = await y.data();
  const wrong = data.findIndex((value, i) => value !== expected(i));
  if (wrong >= 0)
    throw new Error(`element ${wrong} of ${data.length}: expected ${expected(wrong)}, got ${data[wrong]}`);
}

// ---- texts and names ----------------------------------------------------------------------------------------------

export function failsWith(call: () => unknown, message: string): void {
  try {
    call();
  } catch (error) {
    if ((error as Error).message === message) return;
    throw new Error(`expected “${message}”, got “${(error as Error).message}”`, { cause: error });
  }
  throw new Error(`expected “${message}”, but nothing was raised`);
}

/** x.op(…) and op(x, …) build the same graph. */
export function methodIsFunction(name: string, { on, rest }: MethodCall): void {
  type Call = (...args: unknown[]) => unknown;
  const byMethod = (on as unknown as Record<string, Call>)[name]!(...rest);
  const byFunction = (functions as unknown as Record<string, Call>)[name]!(on, ...rest);
  if (structure(byMethod) !== structure(byFunction))
    throw new Error(`${structure(byMethod)} is not ${structure(byFunction)}`);
}

function structure(value: unknown): string {
  if (Array.isArray(value)) return value.map(structure).join();
  if (!(value instanceof Tensor))
    return Object.values(value as object)
      .map(structure)
      .join();
  const { source } = value;
  if (source.kind === 'scalar') return `${source.value}`;
  if (source.kind !== 'op') return `#${value.id}`;
  return `${source.op.name}${JSON.stringify(source.attrs)}(${source.inputs.map(structure).join()})`;
}
