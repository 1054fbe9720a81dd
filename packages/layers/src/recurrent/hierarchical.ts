import {
  add,
  arange,
  type Context,
  maximum,
  minimum,
  mul,
  reshape,
  shapeError,
  sub,
  type Tensor,
  tensor,
} from '@hairpin/tensors';
import { Layer } from '../layer';
import { floorDivide } from '../lengths';
import { everything } from '../receptive-field';
import { padEnd, repeatRows } from './interleave';
import type { Recurrent } from './recurrent';

/**
 * A lower net reads each chunk of so many steps from its initial state; where it ends feeds one step of an upper net,
 * which so sees sequences `chunk` times shorter (El Hihi & Bengio 1995).
 * x: [batch, length, in] → [batch, ⌈length / chunk⌉, upper]
 */
export class HierarchicalRNN extends Layer {
  readonly lower: Recurrent;
  readonly upper: Recurrent;
  readonly chunk: number;

  constructor({
    lower,
    upper,
    chunk,
  }: {
    readonly lower: Recurrent;
    readonly upper: Recurrent;
    readonly chunk: number;
  }) {
    super();
    if (!Number.isInteger(chunk) || chunk < 1)
      throw new RangeError(`HierarchicalRNN: expected chunk to be a whole number of steps ≥ 1, got ${chunk}`);
    [this.lower, this.upper, this.chunk] = [lower, upper, chunk];
  }

  forward(x: Tensor, context: Context = {}): Tensor {
    if (x.shape.length !== 3) throw shapeError('HierarchicalRNN', 'input [batch, length, channels]', x.shape);
    const [batch, length, channels] = x.shape as [number, number, number];
    const { lengths, given, ...rest } = context;
    const count = Math.ceil(length / this.chunk);
    const whole = padEnd(x, count * this.chunk);
    const chunks = reshape(whole, [batch * count, this.chunk, channels]);
    const repeated = Object.entries(given ?? {}).map(([name, t]) => [name, repeatRows(t, count)]);
    const within = this.lengthsInChunks(lengths, x, count);
    const { state } = this.lower.run(chunks, {
      ...rest,
      ...(within && { lengths: within }),
      given: Object.fromEntries(repeated),
    });
    const ends = this.lower.last(state);
    const upper = lengths && { lengths: this.lengthsAfter(lengths) };
    return this.upper.forward(reshape(ends, [batch, count, ends.shape[1]]), { ...context, ...upper });
  }

  override lengthsAfter(lengths: Tensor): Tensor {
    return floorDivide(add(lengths, this.chunk - 1), this.chunk);
  }

  override get receptiveField() {
    return { ...everything, stride: this.chunk };
  }

  /** Steps of each row in each chunk, [batch · count]; undefined where all chunks are whole. */
  private lengthsInChunks(lengths: Tensor | undefined, x: Tensor, count: number): Tensor | undefined {
    const [batch, length] = x.shape;
    if (!lengths && length % this.chunk === 0) return undefined;
    const own = lengths ?? tensor(new Int32Array(batch).fill(length), { device: x.device });
    const left = sub(reshape(own, [batch, 1]), mul(reshape(arange(count, 'i32'), [1, count]), this.chunk));
    return reshape(maximum(minimum(left, this.chunk), 0), [batch * count]);
  }
}
