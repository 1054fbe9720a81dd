import { add, mean, permute, reshape, rsqrt, square, sub } from '@hairpin/tensors';
import { BatchNorm1d, LayerNorm } from '../../src/index';
import { positions } from './convolution';
import type { Operator } from './graph';

const MOMENTUM = 0.9; // of the old statistics, ONNX's default; ours is that of the new ones

/**
 * x [batch, channels, …], weight, bias, mean, variance. ONNX moves the variance towards that of the batch, we as PyTorch
 * towards n / (n − 1) of it, which is taken back here.
 */
const BatchNormalization: Operator = (
  [x, weight, bias, mean, variance],
  { epsilon = 1e-5, training_mode: training = 0 },
) => {
  const channels = x.shape[1];
  const norm = new BatchNorm1d({ channels, eps: epsilon, momentum: 1 - MOMENTUM });
  const fields = ['weight', 'bias', 'runningMean', 'runningVar'] as const;
  [weight, bias, mean, variance].forEach((input, k) => norm[fields[k]].assign(input.tensor));
  const own = positions(x);
  const y = reshape(permute(norm.forward(own, { training: training === 1 }), [0, 2, 1]), x.shape);
  const count = own.shape[0] * own.shape[1];
  const old = variance.tensor.mul(MOMENTUM);
  const moved = norm.runningVar
    .sub(old)
    .mul((count - 1) / count)
    .add(old);
  return [y, norm.runningMean.read(), moved];
};

/** X [..., channels], weight, bias → Y, and the mean and reciprocal deviation that it goes by. */
const LayerNormalization: Operator = ([X, weight, bias], { epsilon = 1e-5 }) => {
  const norm = new LayerNorm({ channels: X.shape.at(-1)!, eps: epsilon });
  norm.weight.assign(weight.tensor);
  norm.bias.assign(bias.tensor);
  const centre = mean(X.tensor, -1, { keepDims: true });
  const variance = mean(square(sub(X.tensor, centre)), -1, { keepDims: true });
  return [norm.forward(X.tensor), centre, rsqrt(add(variance, epsilon))];
};

/** Norms through our layers. */
export const norms: Readonly<Record<string, Operator>> = { BatchNormalization, LayerNormalization };
