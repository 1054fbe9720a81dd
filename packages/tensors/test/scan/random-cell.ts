import {
  add,
  broadcastTo,
  cast,
  concat,
  equal,
  greater,
  less,
  logicalNot,
  matmul,
  mul,
  Rng,
  sigmoid,
  slice,
  sub,
  tanh,
  type Tensor,
  where,
} from '../../src/index';
import { range } from '../../src/shape';
import { binaryOps, comparisons, connectives, foldOps, unaryOps, vectorOps } from './bounded-ops';
import type { Cell, Shapes, Tensors } from './cells';
import type { Course, Extent } from './evaluate';

/** A cell that nobody thought of, and a loop over it. */
export interface RandomCell {
  readonly cell: Cell;
  readonly extent: Extent;
  readonly course: Course;
}

/** The matrix of a product with the state, [k, n]. */
interface Product {
  readonly k: number;
  readonly n: number;
}

/** How large a cell may get: kernels of small ones compile in a few seconds. */
export interface Most {
  readonly states: number;
  readonly products: number;
  /** Ops one behind the other, beside those that bring numbers to where an op takes them. */
  readonly depth: number;
}

/** Cells for many checks, each of which may take ten seconds. */
export const large: Most = { states: 3, products: 4, depth: 2 };
/** Cells for a few quick checks. */
export const small: Most = { states: 2, products: 2, depth: 1 };

/**
 * The cell of a seed: a few states of different widths, a few products one behind the other, each of a vector that
 * was drawn from what there is so far, and all kinds of ops between them. Expects initial states and sequences in [−1, 1].
 */
export function randomCell(seed: number, most: Most): RandomCell {
  const rng = new Rng(seed).fork('shapes');
  const widths = rng.shuffle([1, 2, 3, 4, 5, 6]).slice(0, 1 + rng.integer(most.states));
  const inputs = 1 + rng.integer(4);
  const products = range(1 + rng.integer(most.products)).map(() => ({ k: 1 + rng.integer(6), n: 1 + rng.integer(6) }));
  const cell: Cell = {
    name: `seed ${seed}: states of ${widths.join(', ')} features, ${products.map(({ k, n }) => `${k}×${n}`).join(', ')}`,
    init: Object.fromEntries(widths.map((width, i) => [`h${i}`, [width]])),
    xs: { x: [inputs], 'keep?': [1], 'kind#': [1] },
    weights: weightsOf(inputs, products),
    rows: rng.integer(3) === 0 ? { c: [1 + rng.integer(4)] } : {},
    body: (state, x, captured) => new Sketch(new Rng(seed).fork('body'), state, x, captured).step(products, most.depth),
  };
  const extent = { batch: 1 + rng.integer(4), length: 3 + rng.integer(3) };
  const longest = rng.integer(extent.batch);
  const lengths = range(extent.batch).map((row) => (row === longest ? extent.length : rng.integer(extent.length + 1)));
  const course = { reverse: rng.integer(2) === 1, ...(rng.integer(2) === 1 && { lengths }) };
  return { cell, extent, course };
}

/** One matrix for the input of all products, with a bias, and one for each product. */
function weightsOf(inputs: number, products: readonly Product[]): Shapes {
  const total = products.reduce((sum, { n }) => sum + n, 0);
  return { w: [inputs, total], b: [total], ...Object.fromEntries(products.map(({ k, n }, i) => [`u${i}`, [k, n]])) };
}

/** Draws the body of a cell while it is traced: the same generator draws the same body. */
class Sketch {
  private readonly x: Tensor;
  /** What a vector may start from; all of it in [−1, 1]. */
  private readonly leaves: Tensor[];
  private readonly products: Tensor[] = [];

  constructor(
    private readonly rng: Rng,
    private readonly state: Tensors,
    private readonly xs: Tensors,
    private readonly captured: Tensors,
  ) {
    this.x = xs.x;
    this.leaves = [...Object.values(state), xs.x, ...('c' in captured ? [captured.c] : [])];
  }

  step(shapes: readonly Product[], depth: number): readonly [Tensors, Tensors] {
    let column = 0;
    const ofX = add(matmul(this.x, this.captured.w), this.captured.b);
    shapes.forEach(({ k, n }, i) => {
      const own = slice(ofX, [0, column], [undefined, (column += n)]);
      const product = add(own, matmul(this.factor(k), this.captured[`u${i}`]));
      this.products.push(product);
      this.leaves.push(this.rng.integer(2) ? tanh(product) : sigmoid(product));
    });
    const next = Object.fromEntries(
      Object.entries(this.state).map(([name, h], i) => [name, this.next(h, i === 0, depth)]),
    );
    const [first] = Object.values(next);
    const wide = concat([first, this.vector(2, 1)], 1);
    return [next, { y: this.rng.integer(2) ? first : this.vector(3, 1), wide }];
  }

  /** A new state that depends on the old one; the first on all that was captured, so that no gradient is 0 by chance. */
  private next(h: Tensor, isFirst: boolean, depth: number): Tensor {
    const [, width] = h.shape;
    const all = 'c' in this.captured ? [...this.products, this.captured.c] : this.products;
    const parts = (isFirst ? all : [this.rng.choice(all)]).map((part) => mul(this.fit(part, width), 0.3));
    const drawn = add(this.vector(width, isFirst ? depth : 1), mul(h, 0.5));
    return tanh(parts.reduce((a, b) => add(a, b), drawn));
  }

  /** The left side of a product: gates of the product before on something, as in a GRU, or whatever comes. */
  private factor(k: number): Tensor {
    const before = this.products.at(-1);
    if (!before || this.rng.integer(2)) return add(this.fit(this.anyState(), k), this.vector(k, 1));
    return mul(sigmoid(this.fit(before, k)), this.fit(this.anyState(), k));
  }

  // ---- vectors of numbers in [−1, 1] ---------------------------------------------------------------------------------

  /** A vector of so many features, from at most `depth` ops one behind the other. */
  private vector(width: number, depth: number): Tensor {
    const kind = depth === 0 ? 9 : this.rng.integer(12);
    const below = (n = width) => this.vector(n, depth - 1);
    const side = this.side(width);
    if (kind <= 2) return this.rng.choice(unaryOps)(below(), side);
    if (kind <= 4) return this.rng.choice(binaryOps)(below(), below(), side);
    if (kind === 5) return where(this.condition(width, depth - 1), below(), below());
    if (kind === 6) return this.rng.choice(vectorOps)(below(), side);
    if (kind === 7) return this.fold(width, depth - 1);
    if (kind === 8) return this.fit(below(1 + this.rng.integer(6)), width);
    if (kind === 9) return mul(this.fit(this.anyState(), width), this.fit(this.anyState(), width));
    return this.fit(this.rng.choice(this.leaves), width, this.rng.choice(this.leaves));
  }

  private fold(width: number, depth: number): Tensor {
    const n = 2 + this.rng.integer(4);
    return this.fit(this.rng.choice(foldOps)(this.vector(n, depth), this.side(n)), width);
  }

  private anyState(): Tensor {
    return this.rng.choice(Object.values(this.state));
  }

  /** ±1 for each feature, as the input says. */
  private side(width: number): Tensor {
    const isUp = greater(this.fit(this.x, width), 0);
    return sub(mul(cast(isUp, this.x.dtype), 2), 1);
  }

  /** Features of a vector, or the vector beside `rest`, so that there are `width`. */
  private fit(t: Tensor, width: number, rest = t): Tensor {
    const [batch, own] = t.shape;
    if (own === width) return t;
    if (own === 1) return broadcastTo(t, [batch, width]);
    if (own < width) return concat([t, this.fit(rest, width - own)], 1);
    const start = this.rng.integer(own - width + 1);
    return slice(t, [0, start], [undefined, start + width]);
  }

  // ---- truth values --------------------------------------------------------------------------------------------------

  private condition(width: number, depth: number): Tensor {
    const kind = this.rng.integer(5);
    const side = this.side(width);
    if (kind === 0) return this.given();
    const compared = this.rng.choice(comparisons)(this.vector(width, depth), this.vector(width, depth), side);
    return kind === 1 ? this.rng.choice(connectives)(compared, this.given(), side) : compared;
  }

  /** Truth values that the sequences bring, [batch, 1]. */
  private given(): Tensor {
    const { 'keep?': keep, 'kind#': kind } = this.xs;
    return this.rng.choice([keep, logicalNot(keep), less(kind, 2), equal(kind, 1)]);
  }
}
