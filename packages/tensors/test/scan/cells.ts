import {
  add,
  broadcastTo,
  cast,
  concat,
  exp,
  greater,
  less,
  logicalAnd,
  matmul,
  max,
  maximum,
  mean,
  mul,
  relu,
  reshape,
  rsqrt,
  sigmoid,
  slice,
  softmax,
  square,
  sub,
  sum,
  tanh,
  tap,
  type Shape,
  type Tensor,
  transpose,
  where,
} from '../../src/index';

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** Shapes by name; a name that ends in `?` is of bools, one that ends in `#` of whole numbers from 0 to 3. */
export type Shapes = Readonly<Record<string, Shape>>;

/** A recurrent cell, and the shapes of all that it works on. */
export interface Cell {
  readonly name: string;
  /** Of one row: the batch axis comes before. */
  readonly init: Shapes;
  /** Of one row and step. */
  readonly xs: Shapes;
  /** Captured, and the same for all rows. */
  readonly weights: Shapes;
  /** Captured, with a row for each of the batch. */
  readonly rows?: Shapes;
  readonly body: (state: Tensors, x: Tensors, captured: Tensors) => readonly [Tensors, Tensors];
}

/** Features `start …` of a width. */
const part = (t: Tensor, i: number, width: number): Tensor => slice(t, [0, i * width], [undefined, (i + 1) * width]);

const oneMinus = (t: Tensor): Tensor => sub(1, t);

const layerNorm = (t: Tensor): Tensor => {
  const centred = sub(t, mean(t, -1, { keepDims: true }));
  return mul(centred, rsqrt(add(mean(square(centred), -1, { keepDims: true }), 0.1)));
};

/** h′ = tanh(x·W + h·U + b). */
export const rnn = (inputs: number, width: number): Cell => ({
  name: 'tanh RNN',
  init: { h: [width] },
  xs: { x: [inputs] },
  weights: { w: [inputs, width], u: [width, width], b: [width] },
  body: ({ h }, { x }, { w, u, b }) => {
    const next = tanh(add(add(matmul(x, w), matmul(h, u)), b));
    return [{ h: next }, { y: next }];
  },
});

/** As in PyTorch: weights [4·width, inputs], one product per source for all gates, in the order i, f, g, o. */
export const lstm = (inputs: number, width: number): Cell => ({
  name: 'LSTM',
  init: { h: [width], c: [width] },
  xs: { x: [inputs] },
  weights: { w: [4 * width, inputs], u: [4 * width, width], bw: [4 * width], bu: [4 * width] },
  body: ({ h, c }, { x }, { w, u, bw, bu }) => {
    const gates = add(add(matmul(x, transpose(w)), bw), add(matmul(h, transpose(u)), bu));
    const [i, f, g, o] = [0, 1, 2, 3].map((k) => part(gates, k, width));
    const cell = add(mul(sigmoid(f), c), mul(sigmoid(i), tanh(g)));
    const next = mul(sigmoid(o), tanh(cell));
    return [{ h: next, c: cell }, { y: next }];
  },
});

/** As in PyTorch: the reset gate stands behind the product. */
export const gruAfter = (inputs: number, width: number): Cell => ({
  name: 'GRU, reset after',
  init: { h: [width] },
  xs: { x: [inputs] },
  weights: { w: [3 * width, inputs], u: [3 * width, width], bw: [3 * width], bu: [3 * width] },
  body: ({ h }, { x }, { w, u, bw, bu }) => {
    const ofX = add(matmul(x, transpose(w)), bw);
    const ofH = add(matmul(h, transpose(u)), bu);
    const [r, z] = [0, 1].map((k) => sigmoid(add(part(ofX, k, width), part(ofH, k, width))));
    const n = tanh(add(part(ofX, 2, width), mul(r, part(ofH, 2, width))));
    const next = add(mul(oneMinus(z), n), mul(z, h));
    return [{ h: next }, { y: next }];
  },
});

/** As it was published (Cho et al. 2014): a chain of two products, h·U, then (r ⊙ h)·V. */
export const gruBefore = (inputs: number, width: number): Cell => ({
  name: 'GRU, reset before',
  init: { h: [width] },
  xs: { x: [inputs] },
  weights: { w: [inputs, 3 * width], u: [width, 2 * width], v: [width, width], b: [3 * width] },
  body: ({ h }, { x }, { w, u, v, b }) => {
    const ofX = add(matmul(x, w), b);
    const gates = sigmoid(add(slice(ofX, [0, 0], [undefined, 2 * width]), matmul(h, u)));
    const [r, z] = [0, 1].map((k) => part(gates, k, width));
    const n = tanh(add(part(ofX, 2, width), matmul(mul(r, h), v)));
    const next = add(mul(z, h), mul(oneMinus(z), n));
    return [{ h: next }, { y: next }];
  },
});

/** Two products one behind the other, a layer norm and a softmax inside the loop. */
export const madeUp = (inputs: number, width: number): Cell => ({
  name: 'two products, layer norm, softmax',
  init: { h: [width] },
  xs: { x: [inputs] },
  weights: { w: [inputs, width], u: [width, width], v: [width, width], b: [width] },
  body: ({ h }, { x }, { w, u, v, b }) => {
    const inner = relu(add(add(matmul(x, w), matmul(h, u)), b));
    const normal = layerNorm(add(matmul(inner, v), h));
    const next = add(mul(0.5, tanh(normal)), mul(softmax(normal), h));
    return [{ h: next }, { y: next, attention: softmax(normal) }];
  },
});

/** A cell that exists nowhere: three gates, a product of its two states, a softmax over features. */
const peculiar = (inputs: number, width: number): Cell => ({
  name: 'three gates, a product of states, softmax',
  init: { p: [width], q: [width] },
  xs: { x: [inputs] },
  weights: { w: [inputs, 3 * width], u: [width, 3 * width], v: [width, width], b: [3 * width] },
  body: ({ p, q }, { x }, { w, u, v, b }) => {
    const gates = add(add(matmul(x, w), matmul(p, u)), b);
    const [i, f, o] = [0, 1, 2].map((k) => sigmoid(part(gates, k, width)));
    const mixed = softmax(matmul(mul(p, q), v));
    const nextQ = add(mul(f, q), mul(i, sub(mixed, p)));
    const nextP = mul(o, tanh(mul(nextQ, add(1, p))));
    return [{ p: nextP, q: nextQ }, { y: add(nextP, nextQ) }];
  },
});

export const widths: Cell = {
  name: 'states of widths 3, 7 and 1',
  init: { a: [3], b: [7], c: [1] },
  xs: { x: [2] },
  weights: { w: [2, 3], ab: [3, 7], bc: [7, 1], ba: [7, 3] },
  body: ({ a, b, c }, { x }, { w, ab, bc, ba }) => {
    const nextA = tanh(add(add(matmul(x, w), matmul(b, ba)), c));
    const nextB = tanh(add(matmul(a, ab), mul(b, c)));
    const nextC = sigmoid(sub(matmul(b, bc), c));
    return [
      { a: nextA, b: nextB, c: nextC },
      { y: concat([nextA, b], 1), c },
    ];
  },
};

export const maxOver: Cell = {
  name: 'max over features',
  init: { h: [5] },
  xs: { x: [3] },
  weights: { w: [3, 5], u: [5, 5] },
  body: ({ h }, { x }, { w, u }) => {
    const z = add(matmul(x, w), matmul(h, u));
    const next = tanh(add(sub(z, max(z, -1, { keepDims: true })), maximum(h, x.slice([0, 0], [undefined, 1]))));
    return [{ h: next }, { y: next, top: max(next, -1, { keepDims: true }) }];
  },
};

const choices: Cell = {
  name: 'comparisons and where',
  init: { h: [5] },
  xs: { x: [5] },
  weights: { u: [5, 5], low: [5] },
  body: ({ h }, { x }, { u, low }) => {
    const z = matmul(h, u);
    const isCalm = logicalAnd(less(z, 0.5), greater(x, low));
    const next = where(isCalm, tanh(add(z, x)), mul(0.5, sub(h, x)));
    return [{ h: next }, { y: where(greater(h, next), h, low) }];
  },
};

export const masks: Cell = {
  name: 'masks of bools and whole numbers',
  init: { h: [4] },
  xs: { x: [4], 'keep?': [1], 'kind#': [1] },
  weights: { u: [4, 4], 'gate?': [4] },
  body: ({ h }, { x, 'keep?': keep, 'kind#': kind }, { u, 'gate?': gate }) => {
    const fresh = tanh(add(matmul(where(gate, h, x), u), mul(cast(kind, x.dtype), 0.1)));
    const next = where(logicalAnd(keep, gate), fresh, mul(h, cast(less(kind, 2), x.dtype)));
    return [{ h: next }, { y: next }];
  },
};

export const batchCapture: Cell = {
  name: 'a captured row for each of the batch',
  init: { h: [5] },
  xs: { x: [3] },
  weights: { w: [3, 5], u: [5, 5], v: [4, 5] },
  rows: { c: [5], d: [4] },
  body: ({ h }, { x }, { w, u, v, c, d }) => {
    const next = tanh(add(add(matmul(x, w), matmul(mul(h, c), u)), add(c, matmul(d, v))));
    return [{ h: next }, { y: next }];
  },
};

const repeated: Cell = {
  name: 'a sum over one feature, repeated',
  init: { h: [4] },
  xs: { x: [4] },
  weights: { u: [4, 4] },
  body: ({ h }, { x }, { u }) => {
    const total = sum(broadcastTo(part(h, 0, 1), [h.shape[0], 3]), -1, { keepDims: true });
    const next = tanh(add(add(matmul(h, u), x), mul(total, 0.3)));
    return [{ h: next }, { y: next }];
  },
};

const besideCapture: Cell = {
  name: 'outputs beside a captured row',
  init: { h: [5] },
  xs: { x: [3] },
  weights: { w: [3, 5] },
  rows: { c: [2] },
  body: ({ h }, { x }, { w, c }) => {
    const next = tanh(add(mul(h, 0.5), matmul(x, w)));
    return [{ h: next }, { y: concat([next, c], 1) }];
  },
};

const head: Cell = {
  ...rnn(3, 5),
  name: 'a head on the outputs',
  weights: { ...rnn(3, 5).weights, v: [5, 6], d: [6] },
  body: (state, x, captured) => {
    const [next] = rnn(3, 5).body(state, x, captured);
    return [next, { y: softmax(add(matmul(next.h, captured.v), captured.d)) }];
  },
};

const stateless: Cell = {
  ...rnn(3, 5),
  name: 'outputs that do not need the state',
  weights: { ...rnn(3, 5).weights, v: [3, 2] },
  body: (state, x, captured) => {
    const [next] = rnn(3, 5).body(state, x, captured);
    return [next, { y: exp(mul(matmul(x.x, captured.v), 0.1)), x: x.x, sum: sum(x.x, -1, { keepDims: true }) }];
  },
};

const tapped: Cell = {
  ...rnn(3, 5),
  name: 'taps',
  body: ({ h }, { x }, { w, u, b }) => {
    const before = tap(add(add(matmul(x, w), matmul(h, u)), b), 'before');
    return [{ h: tap(tanh(before), 'after') }, { before: tap(before, 'output') }];
  },
};

const leaky: Cell = {
  name: 'rows of one axis',
  init: { s: [] },
  xs: { x: [] },
  weights: { rate: [] },
  body: ({ s }, { x }, { rate }) => {
    const next = add(mul(s, sigmoid(rate)), x);
    return [{ s: next }, { y: square(next) }];
  },
};

/** Its state is a matrix: outside of what one kernel runs, so it shows the way step by step. */
export const fastWeights: Cell = {
  name: 'a matrix as state',
  init: { m: [3, 3] },
  xs: { k: [3], v: [3] },
  weights: { rate: [3, 3] },
  body: ({ m }, { k, v }, { rate }) => {
    const [b] = k.shape;
    const outer = mul(reshape(k, [b, 3, 1]), reshape(v, [b, 1, 3]));
    const next = tanh(add(mul(m, sigmoid(rate)), outer));
    return [{ m: next }, { y: sum(mul(next, reshape(k, [b, 3, 1])), 1) }];
  },
};

/** Cells that one kernel runs. */
export const fused: readonly Cell[] = [
  ...[rnn, lstm, gruAfter, gruBefore, madeUp, peculiar].map((cell) => cell(3, 5)),
  ...[widths, maxOver, repeated, choices, masks, batchCapture, besideCapture, head, stateless, tapped],
];

/** Two states, the second fed by the first, that decay on their own unless a gate holds them. */
const integrators: Cell = {
  name: 'two integrators and a gate',
  init: { s: [4], t: [4] },
  xs: { x: [4], 'keep?': [1] },
  weights: { rate: [4], u: [4, 4] },
  rows: { own: [4] },
  body: ({ s, t }, { x, 'keep?': keep }, { rate, u, own }) => {
    const decay = sigmoid(rate);
    const first = add(mul(s, decay), mul(oneMinus(decay), tanh(x)));
    const second = where(keep, sub(mul(t, sigmoid(own)), matmul(first, u)), t);
    return [
      { s: first, t: second },
      { y: mul(first, second), before: t },
    ];
  },
};

/** Cells that are linear in their states, element by element, and need no loop. */
export const linear: readonly Cell[] = [leaky, integrators];

/** All cells, by name. */
export const cells: readonly Cell[] = [...fused, ...linear, fastWeights];
