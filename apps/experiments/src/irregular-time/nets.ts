import { GRU, GRUCell, Layer, Linear, ODERNN, Sequential, type tableaus, timeDependent } from '@hairpin/layers';
import { concat, type Context, mul, slice, sub, tanh, type Tensor } from '@hairpin/tensors';
import type { Rng } from '@hairpin/tensors/random';

/*
 * Nets that say what there is at every time of a series, seen or not.   x: [rows, length, 2] → [rows, length, 2]
 * `context.given` holds times [rows, length] and mask [rows, length, 2], as for `ODERNN`.
 */

/** Two lines with a tanh between them. */
export const bend = (inputs: number, hidden: number, out: number, rng: Rng): Sequential =>
  new Sequential(
    new Linear({ in: inputs, out: hidden, rng: rng.fork('in') }),
    tanh,
    new Linear({ in: hidden, out, rng: rng.fork('out') }),
  );

/** How an equation is solved, in one step from a time to the next. */
export type Method = keyof typeof tableaus;

/**
 * A state that follows dh/dt = f_θ(h, t) between observations and takes them in by a GRU (ODE-RNN), once on from the first and once
 * back from the last; what there is at a time is read from both.
 */
export class EquationNet extends Layer {
  readonly slopes: { readonly on: Sequential; readonly back: Sequential };
  readonly on: ODERNN;
  readonly back: ODERNN;
  readonly head: Sequential;

  constructor({ hidden, method, rng }: { hidden: number; method: Method; rng: Rng }) {
    super();
    const slope = (way: string) => bend(hidden + 1, hidden, hidden, rng.fork(`slope ${way}`));
    this.slopes = { on: slope('on'), back: slope('back') };
    const net = (way: 'on' | 'back') =>
      new ODERNN({
        field: timeDependent(this.slopes[way]),
        cell: new GRUCell({ in: 4, hidden, rng: rng.fork(`cell ${way}`) }), // two values, and whether each was seen
        ...{ masked: true, direction: way === 'on' ? 'forward' : 'reverse', method },
      });
    [this.on, this.back] = [net('on'), net('back')];
    this.head = bend(2 * hidden, hidden, 2, rng.fork('head'));
  }

  forward(x: Tensor, { given }: Context = {}): Tensor {
    return this.head.forward(concat([this.on.forward(x, { given }), this.back.forward(x, { given })], 2));
  }
}

/** A GRU that is told the time to the observations before and after (GRU-Δt). Both ways it sees what the equation sees. */
export class GapNet extends Layer {
  readonly net: GRU;
  readonly head: Sequential;

  constructor({ hidden, direction, rng }: { hidden: number; direction: 'forward' | 'bidirectional'; rng: Rng }) {
    super();
    this.net = new GRU({ in: 6, hidden, direction, rng: rng.fork('net') }); // two values, whether seen, two gaps
    this.head = bend(direction === 'forward' ? hidden : 2 * hidden, hidden, 2, rng.fork('head'));
  }

  forward(x: Tensor, { given = {} }: Context = {}): Tensor {
    const { times, mask } = given;
    const [rows, length] = times.shape;
    const gaps = sub(slice(times, [0, 1]), slice(times, [0, 0], [undefined, length - 1])); // [rows, length − 1]
    const none = mul(slice(times, [0, 0], [undefined, 1]), 0);
    const since = concat([none, gaps], 1).reshape([rows, length, 1]);
    const until = concat([gaps, none], 1).reshape([rows, length, 1]);
    return this.head.forward(this.net.forward(concat([mul(x, mask), mask, since, until], 2)));
  }
}
