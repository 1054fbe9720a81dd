import { add, type Device, mul, sigmoid, tensor, type Tensor } from '../../src/index';
import { allocate, type DType, toTyped } from '../../src/dtype';
import { topological } from '../../src/graph';
import type { HostArray } from '../../src/op';
import { size } from '../../src/shape';
import { scalarValue } from '../../src/tensor';
import type { Sample, Values } from '../samples/values';

/** Host values as tensors on a device; `float` is the dtype of the floats among them. */
export const tensorsOf = (values: readonly Values[], float: DType, device: Device): Tensor[] =>
  values.map(({ shape, dtype, data }) => tensor(data, { shape, dtype: dtype === 'float' ? float : dtype, device }));

/** The specification's answer: every node by its op's reference, none by a faster form. */
export function byReference(root: Tensor): HostArray {
  const arrays = new Map<Tensor, HostArray>();
  for (const node of topological([root])) arrays.set(node, compute(node, arrays));
  return arrays.get(root)!;
}

function compute({ shape, dtype, source }: Tensor, arrays: ReadonlyMap<Tensor, HostArray>): HostArray {
  if (source.kind === 'host') return { shape, dtype, data: toTyped(dtype, source.data) };
  if (source.kind === 'scalar') return { shape, dtype, data: toTyped(dtype, [scalarValue(source)]) };
  if (source.kind !== 'op') throw new Error(`byReference: a ${source.kind} tensor has no specification`);
  const out = { shape, dtype, data: allocate(dtype, size(shape)) };
  source.op.reference(
    source.inputs.map((input) => arrays.get(input)!),
    source.attrs,
    out,
  );
  return out;
}

/** A sample's function of the inputs that it is differentiated by, and those inputs. */
export interface Differentiable {
  readonly f: (wrt: readonly Tensor[]) => Tensor;
  readonly wrt: readonly Tensor[];
}

/**
 * The sample in the middle of a graph, where its gradient rule meets a cotangent that depends on its result and
 * hands on to another rule. Undefined where nothing is to be differentiated.
 */
export function differentiable(
  sample: Sample,
  float: DType,
  device: Device,
  inputs = tensorsOf(sample.inputs, float, device),
): Differentiable | undefined {
  const numbers = sample.wrt ?? sample.inputs.flatMap(({ dtype }, i) => (dtype === 'float' ? [i] : []));
  if (numbers.length === 0 || sample.f(...inputs).dtype !== float) return undefined;
  const around = sample.ends ? same : bend;
  const f = (wrt: readonly Tensor[]) => {
    const all = inputs.map((x, i) => (numbers.includes(i) ? around(wrt[numbers.indexOf(i)]!) : x));
    return around(sample.f(...all));
  };
  return { f, wrt: numbers.map((i) => inputs[i]!) };
}

const same = (x: Tensor): Tensor => x;

/** Curved near 0 and calm elsewhere; keeps signs, so that a function's domain and kinks stay where they are. */
const bend = (x: Tensor): Tensor => mul(x, add(mul(sigmoid(x), 0.25), 1));
