import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Contender } from '../harness/benchmark';
import type { Tf } from '../systems/tfjs';
import type { Size } from './sweeps';

/** A training step of `tf.basicLSTMCell` with Adam; `peakBytes` are those of its buffers that were in use at once. */
export function tfjsStep(tf: Tf, { batch, steps, inputs, hidden }: Size): Contender & { peakBytes: () => number } {
  const peakBytes = watchBuffers(tf);
  const target = tf.randomUniform([batch, steps, hidden], -1, 1);
  const cut = tf.tidy(() => tf.unstack(tf.randomUniform([batch, steps, inputs], -1, 1), 1) as Tensor2D[]);
  const bound = 1 / Math.sqrt(hidden);
  const kernel = tf.variable(tf.randomUniform([inputs + hidden, 4 * hidden], -bound, bound) as Tensor2D);
  const bias = tf.variable(tf.zeros([4 * hidden]) as Tensor1D);
  const loss = () => {
    let [c, h] = [tf.zeros([batch, hidden]), tf.zeros([batch, hidden])] as Tensor2D[];
    const outputs = cut.map((x) => {
      [c, h] = tf.basicLSTMCell(0, kernel as Tensor2D, bias as Tensor1D, x, c, h);
      return h;
    });
    return tf.losses.meanSquaredError(target, tf.stack(outputs, 1)) as Scalar;
  };
  const adam = tf.train.adam(1e-3);
  const turn = async () => {
    const value = adam.minimize(loss, true, [kernel, bias])!;
    const number = await value.data();
    value.dispose();
    return number;
  };
  return { turn, close: () => [target, ...cut, kernel, bias, adam].forEach((owner) => owner.dispose()), peakBytes };
}

/** What tfjs-webgpu has of its buffers: it counts their bytes, and not the most of them. */
interface BufferManager {
  numBytesUsed: number;
  acquireBuffer: (...args: unknown[]) => unknown;
}

function watchBuffers(tf: Tf): () => number {
  const { bufferManager: manager } = tf.backend() as unknown as { bufferManager: BufferManager };
  const acquire = manager.acquireBuffer; // the prototype's, or what the point before put there: it counts on, unread
  let peak = 0;
  manager.acquireBuffer = (...args) => {
    const buffer = acquire.apply(manager, args);
    peak = Math.max(peak, manager.numBytesUsed);
    return buffer;
  };
  return () => peak;
}
