import { pad, permute, reshape, type Tensor } from '@hairpin/tensors';
import {
  AvgPool1d,
  Conv1d,
  ConvTranspose1d,
  GlobalMaxPool,
  GlobalMeanPool,
  loadWeights,
  MaxPool1d,
} from '../../src/index';
import { netRng } from '../support';
import type { Input, Node, Operator } from './graph';

/** ONNX has channels before positions, here they are last. */
const channelsLast = (x: Tensor): Tensor => permute(x, [0, 2, 1]);
const channelsFirst = channelsLast;

/** x with all of its positions, of one dimension or more, in one: [batch, positions, channels] */
export const positions = ({ tensor: x }: Input): Tensor =>
  channelsLast(reshape(x, [x.shape[0], x.shape[1], x.size / x.shape[0] / x.shape[1]]));

/** The first of numbers for each dimension: others of these cases are of dimensions of size 1. */
const first = (attributes: Node['attributes'], name: string, otherwise: number): number =>
  attributes[name]?.[0] ?? otherwise;

const Conv: Operator = ([x, W, B], attributes) => {
  const [out, inner, width] = W.shape;
  const [stride, dilation] = [first(attributes, 'strides', 1), first(attributes, 'dilations', 1)];
  const groups = attributes.group ?? 1;
  const [before, after] = attributes.pads ?? [0, 0];
  const reach = (width - 1) * dilation;
  const isSame = before + after === reach && before === Math.floor(reach / 2) && reach > 0;
  const padding = isSame ? 'same' : 'valid';
  const conv = new Conv1d({ in: inner * groups, out, width, stride, dilation, groups, padding, rng: netRng() });
  loadWeights(conv, { W: W.tensor, ...(B && { B: B.tensor }) }, { layout: 'onnx', bias: B !== undefined });
  const own = channelsLast(x.tensor);
  return channelsFirst(conv.forward(isSame ? own : pad(own, [[0, 0], [before, after], [0, 0]]))); // prettier-ignore
};

/** W: [in, out / groups, width]; the one of these cases has stride 1 and no padding. */
const ConvTranspose: Operator = ([X, W]) => {
  const [inputs, out, width] = W.shape;
  const conv = new ConvTranspose1d({ in: inputs, out, width, rng: netRng() });
  loadWeights(conv, { W: W.tensor }, { layout: 'onnx', bias: false });
  return channelsFirst(conv.forward(channelsLast(X.tensor)));
};

const window = (attributes: Node['attributes']) => {
  const width = attributes.kernel_shape[0];
  return { width, stride: first(attributes, 'strides', 1) };
};

/** All but the first dimension have size 1, in x as in the window. */
function pooled(x: Input, pool: (x: Tensor) => Tensor): Tensor {
  const y = channelsFirst(pool(positions(x)));
  return reshape(y, [...y.shape, ...x.shape.slice(3)]);
}

const MaxPool: Operator = ([x], attributes) => pooled(x, (t) => new MaxPool1d(window(attributes)).forward(t));
const AveragePool: Operator = ([x], attributes) => pooled(x, (t) => new AvgPool1d(window(attributes)).forward(t));

const whole = (x: Input, y: Tensor): Tensor => reshape(y, [...y.shape, ...x.shape.slice(2).map(() => 1)]);

/** Convolutions and pools through our layers. */
export const convolution: Readonly<Record<string, Operator>> = {
  Conv,
  ConvTranspose,
  MaxPool,
  AveragePool,
  GlobalMaxPool: ([x]) => whole(x, new GlobalMaxPool().forward(positions(x))),
  GlobalAveragePool: ([x]) => whole(x, new GlobalMeanPool().forward(positions(x))),
  Unsqueeze: ([x], { axes }) => reshape(x.tensor, x.shape.toSpliced(axes[0], 0, 1)),
  Squeeze: ([x], { axes }) => reshape(x.tensor, x.shape.toSpliced(axes[0], 1)),
};
