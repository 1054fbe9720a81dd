import { mul, type Padding, realize, sum, type Tensor, valueAndGrad } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BatchNorm1d, Conv1d, type Layer, LayerNorm } from '../src/index';
import { asTensor, golden, type Precision, type Values } from './data';
import { netRng } from './support';

/** [batch, channels, length], as PyTorch and ONNX have it, to [batch, length, channels], and back. */
const turned = (t: Tensor): Tensor => t.permute([0, 2, 1]);

/** A layer's parameters replaced by those of a file. */
function fill(layer: Layer, values: Readonly<Record<string, Values>>, precision: Precision): void {
  for (const [path, parameter] of Object.entries(layer.parameters()))
    if (values[path]) parameter.assign(asTensor(values[path], precision));
}

interface Reference {
  readonly y: Values;
  readonly upstream: Values;
  /** By x and by the layer's parameters. */
  readonly gradients: Readonly<Record<string, Values>>;
  /** For outputs that were computed in single precision. */
  readonly outputTolerance?: number;
}

/** Values, and the gradients of Σ y·upstream, against a reference. */
async function check(f: (x: Tensor) => Tensor, layer: Layer, x: Tensor, reference: Reference, precision: Precision) {
  const { tolerance } = precision;
  const upstream = asTensor(reference.upstream, precision);
  const { grad } = valueAndGrad(({ x }: { x: Tensor }) => sum(mul(f(x), upstream)))({ x, ...layer.parameters() });
  const gradients = grad as Record<string, Tensor>;
  const y = f(x);
  await realize(y, ...Object.values(gradients));
  assertClose(await y.data(), reference.y.data, Math.max(tolerance, reference.outputTolerance ?? 0), 'y');
  for (const [name, expected] of Object.entries(reference.gradients))
    assertClose(await gradients[name].data(), expected.data, tolerance, `gradient of ${name}`);
}

/** `LayerNorm` against PyTorch. */
export async function checkLayerNorm(precision: Precision): Promise<void> {
  const { x, y, upstream, ...file } = golden('layer_norm');
  const layer = new LayerNorm({ channels: 6, dtype: precision.dtype });
  fill(layer, file, precision);
  const gradients = { x: file['grad.x'], weight: file['grad.weight'], bias: file['grad.bias'] };
  await check((x) => layer.forward(x), layer, asTensor(x, precision), { y, upstream, gradients }, precision);
}

/** `BatchNorm1d` against PyTorch: a batch in training, and by the running statistics. */
export async function checkBatchNorm(precision: Precision): Promise<void> {
  const file = golden('batch_norm');
  const layer = new BatchNorm1d({ channels: 3, dtype: precision.dtype });
  const x = turned(asTensor(file.x, precision));
  const trained = turned(layer.forward(x, { training: true }));
  assertClose(await trained.data(), file.y_train.data, precision.tolerance, 'y in training');
  layer.runningMean.assign(asTensor(file.running_mean, precision));
  layer.runningVar.assign(asTensor(file.running_var, precision));
  assertClose(await turned(layer.forward(x)).data(), file.y_eval.data, precision.tolerance, 'y');
}

/** `Conv1d` files of PyTorch, and the padding that theirs comes to. */
export const goldenConvolutions = [
  { name: 'conv1d_0', padding: 'same' },
  { name: 'conv1d_1', padding: 'valid', stride: 2, dilation: 2, groups: 2 },
  { name: 'conv1d_2', padding: 'same', groups: 6 },
  { name: 'conv1d_3', padding: 'valid', dilation: 3 },
] as const;

/** `Conv1d` against PyTorch. */
export async function checkGoldenConv(
  { name, ...options }: (typeof goldenConvolutions)[number],
  precision: Precision,
): Promise<void> {
  const file = golden(name);
  const layer = convOf(file.x.shape[1], file.weight.shape, options, precision);
  fill(layer, file, precision);
  const gradients = { x: file['grad.x'], weight: file['grad.weight'], bias: file['grad.bias'] };
  const f = (x: Tensor) => turned(layer.forward(turned(x)));
  await check(f, layer, asTensor(file.x, precision), { ...pick(file), gradients }, precision);
}

/** Four positions of the circle on both ends, where ours has half a filter: the same numbers, further round. */
export async function checkCircularConv(precision: Precision): Promise<void> {
  const file = golden('conv1d_circular');
  const layer = convOf(4, file.weight.shape, { padding: 'circular' }, precision);
  fill(layer, file, precision);
  const y = turned(layer.forward(turned(asTensor(file.x, precision))));
  const [rows, length, whole] = [await y.data(), y.shape[2], file.y.shape[2]];
  const round = file.y.data.map((_, i) => rows[Math.floor(i / whole) * length + (((i % whole) - 2 + length) % length)]);
  assertClose(round, file.y.data, precision.tolerance, 'y');
}

interface OnnxConv {
  readonly attributes: { readonly stride: number; readonly dilation: number; readonly group: number };
  readonly inputs: { readonly X: Values; readonly W: Values; readonly b: Values };
  readonly outputs_f32: { readonly Y: Values };
  readonly loss_weight: Values;
  readonly grads_f64: { readonly X: Values; readonly W: Values; readonly b: Values };
}

/** The cases of `reference_vectors/conv1d`, and the padding that theirs comes to. */
export const onnxConvolutions = [
  ...['basic', 'stride3', 'grouped', 'k1'].map((name) => ({ name, padding: 'valid' as const })),
  ...['same_k5', 'dilated4'].map((name) => ({ name, padding: 'same' as const })),
  { name: 'causal_pad', padding: 'causal' as const },
];

/** `Conv1d` against ONNX Runtime, in single precision to a few 1e-6, and its gradients against JAX. */
export async function checkOnnxConv({ name, padding }: (typeof onnxConvolutions)[number], precision: Precision) {
  const bytes = readFileSync(join(process.env.HAIRPIN_DATA!, 'reference_vectors', 'conv1d.json.gz'));
  const file = (JSON.parse(gunzipSync(bytes).toString()) as { cases: Record<string, OnnxConv> }).cases[name];
  const { X, W, b } = file.inputs;
  const { stride, dilation, group: groups } = file.attributes;
  const layer = convOf(X.shape[1], W.shape, { stride, dilation, groups, padding }, precision);
  fill(layer, { weight: W, bias: b }, precision);
  const { X: x, W: weight, b: bias } = file.grads_f64;
  const reference = { y: file.outputs_f32.Y, upstream: file.loss_weight, gradients: { x, weight, bias } };
  const f = (x: Tensor) => turned(layer.forward(turned(x)));
  await check(f, layer, asTensor(X, precision), { ...reference, outputTolerance: 2e-6 }, precision);
}

const pick = ({ y, upstream }: Record<string, Values>) => ({ y, upstream });

function convOf(
  inputs: number,
  [out, , width]: readonly number[],
  options: { stride?: number; dilation?: number; groups?: number; padding: Padding },
  { dtype }: Precision,
): Conv1d {
  return new Conv1d({ in: inputs, out, width, ...options, dtype, rng: netRng() });
}
