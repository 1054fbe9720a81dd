import type { Tensor, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { Tf } from '../systems/tfjs';
import { asTf } from './tfjs';
import type { Numbers } from './examples';

/** A sequence [batch, steps, channels] as its steps, [batch, channels] each. */
export const cut = (tf: Tf, x: Numbers): Tensor2D[] => tf.tidy(() => tf.unstack(asTf(tf, x), 1) as Tensor2D[]);

/** An LSTM for `tf.basicLSTMCell`: inputs and state share a kernel [in + hidden, 4 · hidden]; two biases are added. */
export class TfLstm {
  readonly variables: readonly [kernel: Variable, biasIh: Variable, biasHh: Variable];

  /** @param weights `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`, rows in the order i, f, g, o */
  constructor(
    readonly tf: Tf,
    weights: readonly Float32Array[],
    readonly hidden: number,
  ) {
    const columns = weights.map((rows) => this.columns(rows));
    const kernel = tf.variable(tf.concat(columns.slice(0, 2), 0));
    const [biasIh, biasHh] = columns.slice(2).map((bias) => tf.variable(tf.reshape(bias, [4 * hidden])));
    this.variables = [kernel, biasIh, biasHh];
  }

  /** What it gives at each of the steps, from a state of zeros. */
  walk(steps: readonly Tensor2D[]): Tensor2D[] {
    const { tf } = this;
    const [kernel, biasIh, biasHh] = this.variables;
    const bias = tf.add(biasIh, biasHh) as Tensor1D;
    let [c, h] = [0, 1].map(() => tf.zeros([steps[0].shape[0], this.hidden])) as Tensor2D[];
    return steps.map((step) => {
      [c, h] = tf.basicLSTMCell(0, kernel as Tensor as Tensor2D, bias, step, c, h);
      return h;
    });
  }

  /** Rows i, f, g, o of a weight [4 · hidden, in] as the columns i, g, f, o of TensorFlow: [in, 4 · hidden]. */
  private columns(rows: Float32Array): Tensor2D {
    const { tf, hidden } = this;
    return tf.tidy(() => {
      const [i, f, g, o] = tf.split(tf.tensor2d(rows, [4 * hidden, rows.length / (4 * hidden)]), 4, 0);
      return tf.transpose(tf.concat([i, g, f, o], 0)) as Tensor2D;
    });
  }
}

/** Both walks side by side: [batch, steps, 2 · hidden]. */
export function bidirectional(tf: Tf, forward: TfLstm, reverse: TfLstm, steps: readonly Tensor2D[]): Tensor {
  const there = tf.stack(forward.walk(steps), 1);
  const back = tf.stack(reverse.walk([...steps].reverse()).reverse(), 1);
  return tf.concat([there, back], 2);
}
