import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { Contender } from '../harness/benchmark';
import type { Tf } from '../systems/tfjs';
import { learningRate, type Numbers } from './examples';

/** What is trained, as TensorFlow.js has it. */
export interface TfModel {
  readonly variables: readonly Variable[];
  /** What `forward` reads. */
  readonly inputs: readonly Tensor[];
  readonly forward: () => Tensor;
}

/** Our numbers as its tensor. */
export const asTf = (tf: Tf, { values, shape }: Numbers): Tensor => tf.tensor(values, [...shape]);

/** The same step as `trainOn`. */
export function trainWithTfjs(tf: Tf, { variables, inputs, forward }: TfModel, target: Numbers): Contender {
  const wanted = asTf(tf, target);
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-8);
  const loss = () => tf.losses.meanSquaredError(wanted, forward()) as Scalar;
  const turn = async () => {
    const value = adam.minimize(loss, true, [...variables])!;
    const number = await value.data();
    value.dispose();
    return number;
  };
  return { turn, close: () => [wanted, ...inputs, ...variables, adam].forEach((owner) => owner.dispose()) };
}
