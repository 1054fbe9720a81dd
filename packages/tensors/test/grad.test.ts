import { describe, expect, it } from 'vitest';
import {
  add,
  cast,
  grad,
  logSoftmax,
  logSumExp,
  maskedSoftmax,
  maximum,
  minimum,
  mul,
  ones,
  parameter,
  type Parameter,
  relu,
  Rng,
  type Rule,
  stopGradient,
  sum,
  tap,
  tensor,
  type Tensor,
  UnsupportedRule,
  uniform,
  valueAndGrad,
  vjp,
  where,
} from '../src/index';
import { distance } from '../src/testing/index';

const list = async (x: Tensor): Promise<number[]> => [...(await x.data())];

describe('grad', () => {
  it('differentiates by a tensor', async () => {
    const { value, grad: dx } = valueAndGrad((x: Tensor) => x.square().sum())(tensor([1, 2, 3]));
    expect(await value.item()).toBe(14);
    expect(await list(dx)).toEqual([2, 4, 6]);
  });

  it('gives a nest of gradients for a nest of tensors and parameters', async () => {
    const model = { w: parameter(tensor([2, 3])), layers: [{ b: tensor([1, 1]) }, { b: tensor([5, 5]) }] };
    const f = (m: typeof model, x: Tensor) => m.w.mul(x).add(m.layers[0]!.b).sum();
    const g = grad(f)(model, tensor([10, 20]));
    expect(await list(g.w)).toEqual([10, 20]);
    expect(await list(g.layers[0]!.b)).toEqual([1, 1]);
    expect(await list(g.layers[1]!.b)).toEqual([0, 0]); // no path leads there
  });

  it('finds a parameter that f captures', async () => {
    const w = parameter(tensor([3]));
    expect(await list(grad((_: Parameter) => w.square().sum())(w))).toEqual([6]);
  });

  it('takes a captured tensor as a constant, even the argument itself', async () => {
    const x = tensor([3]);
    expect(await list(grad((own: Tensor) => own.mul(x).sum())(x))).toEqual([3]);
  });

  it('adds up over all paths', async () => {
    const g = grad((x: Tensor) => x.mul(x).add(x.exp().mul(0)).add(x).sum())(tensor([5]));
    expect(await list(g)).toEqual([11]);
  });

  it('goes to third order', async () => {
    const first = grad((x: Tensor) => x.pow(4).sum());
    const second = grad((x: Tensor) => first(x).sum());
    const third = grad((x: Tensor) => second(x).sum());
    expect(await list(third(tensor(Float64Array.of(2))))).toEqual([48]);
  });

  it('stops at stopGradient', async () => {
    expect(await list(grad((x: Tensor) => x.mul(stopGradient(x)).sum())(tensor([3])))).toEqual([3]);
  });

  it('passes through casts between floats', async () => {
    const g = grad((x: Tensor) => cast(x.mul(2), 'f64').sum().cast('f32'))(tensor([1, 2]));
    expect([g.dtype, await list(g)]).toEqual(['f32', [2, 2]]);
  });

  it('gives ties to both sides in equal parts', async () => {
    const at = tensor([1, 2]);
    const other = tensor([1, 5]);
    expect(await list(grad((x: Tensor) => maximum(x, other).sum())(at))).toEqual([0.5, 0]);
    expect(await list(grad((x: Tensor) => minimum(x, other).sum())(at))).toEqual([0.5, 1]);
    expect(await list(grad((x: Tensor) => x.max())(tensor([3, 1, 3])))).toEqual([0.5, 0, 0.5]);
  });

  it('keeps NaN on the side that was not chosen out of the gradient', async () => {
    const g = grad((x: Tensor) => where(x.greater(0), x, x.mul(0)).sum())(tensor([1, 2]));
    expect(await list(g)).toEqual([1, 1]);
  });

  it('gives the pullback of any cotangent', async () => {
    const { value, pullback } = vjp((x: Tensor) => x.square(), tensor([1, 2]));
    expect(await list(value)).toEqual([1, 4]);
    expect(await list(pullback(tensor([10, 100])))).toEqual([20, 400]);
  });
});

describe('rules', () => {
  const guided: Rule = (dy, { output }) => [where(output.greater(0), relu(dy), 0)];

  it('replace the rule of one op and leave the others', async () => {
    const f = (x: Tensor) =>
      x
        .relu()
        .mul(tensor([1, -1, 1]))
        .sum();
    expect(await list(grad(f)(tensor([1, 2, -3])))).toEqual([1, -1, 0]);
    expect(await list(grad(f, { rules: { relu: guided } })(tensor([1, 2, -3])))).toEqual([1, 0, 0]);
  });

  it('see inputs, attributes and the usual gradient', async () => {
    const doubled: Rule = (dy, { inputs, attrs, usual }) => {
      expect([inputs[0]!.shape, attrs]).toEqual([[2], { tap: 'here' }]);
      return usual(mul(dy, 2));
    };
    const f = (x: Tensor) => tap(x, 'here').square().sum();
    expect(await list(grad(f, { rules: { tap: doubled } })(tensor([1, 2])))).toEqual([4, 8]);
  });
});

describe('a baseline', () => {
  const rng = new Rng(4);
  const [w1, b1, w2] = [uniform(rng, [3, 5], -1, 1), uniform(rng, [5], -1, 1), uniform(rng, [5], -1, 1)];
  const net = (x: Tensor): Tensor => add(x.matmul(w1), b1).relu().matmul(w2).tanh();

  /** Δy / Δx where x moved, else the usual slope (Shrikumar 2017, the Rescale rule). */
  const rescale: Rule = (dy, { inputs, output, baseline, usual }) => {
    const dx = inputs[0]!.sub(baseline!.inputs[0]!);
    const moved = dx.abs().greater(1e-6);
    const slope = output.sub(baseline!.output).div(where(moved, dx, 1));
    return [where(moved, mul(dy, slope), usual(dy)[0]!)];
  };

  it('with Rescale explains all of f(x) − f(x0)', async () => {
    const [x, x0] = [uniform(rng, [4, 3], -2, 2), uniform(rng, [4, 3], -2, 2)];
    const g = grad(net, { rules: { relu: rescale, tanh: rescale }, baseline: x0 })(x);
    const explained = await sum(mul(g, x.sub(x0)), 1).data();
    expect(distance(explained, await net(x).sub(net(x0)).data())).toBeLessThan(1e-5); // some roundings of f32
    const plain = await sum(mul(grad((v: Tensor) => net(v).sum())(x), x.sub(x0)), 1).data();
    expect(distance(explained, plain)).toBeGreaterThan(0.01); // the usual gradient does not
  });

  it('without rules changes nothing', async () => {
    const x = uniform(rng, [4, 3], -2, 2);
    const { value, grad: g } = valueAndGrad(net, { baseline: uniform(rng, [4, 3]) })(x);
    expect(distance(await value.data(), await net(x).data())).toBe(0);
    expect(distance(await g.data(), await grad((v: Tensor) => net(v).sum())(x).data())).toBeLessThan(1e-6);
  });

  it('with the usual rule in place of the usual rule changes nothing', async () => {
    const x = uniform(rng, [2, 3], -2, 2);
    const usual: Rule = (dy, node) => node.usual(dy);
    const g = grad(net, { rules: { relu: usual, tanh: usual, contract: usual, add: usual }, baseline: ones([2, 3]) })(
      x,
    );
    expect(distance(await g.data(), await grad((v: Tensor) => net(v).sum())(x).data())).toBeLessThan(1e-6);
  });

  it('gives a rule the usual gradient at other inputs, and the value at the baseline', async () => {
    const halfway: Rule = (dy, { inputs, baseline, usual }) =>
      usual(
        dy,
        inputs.map((own, i) => own.add(baseline!.inputs[i]!).mul(0.5)),
      );
    const product = (x: Tensor) =>
      x
        .slice([0, 0], [undefined, 1])
        .mul(x.slice([0, 1]))
        .sum(1);
    const options = { rules: { mul: halfway }, baseline: tensor([[1, 2]]) };
    const { grad: g, value, baseline } = valueAndGrad(product, options)(tensor([[3, 5]]));
    expect([...(await list(g)), ...(await list(value)), ...(await list(baseline!))]).toEqual([3.5, 2, 15, 2]);
  });

  it('tells a batched product with what stands beside the input from one with weights', async () => {
    const memory = uniform(rng, [4, 3, 2], -1, 1); // tiled with the doubled batch
    const f = (x: Tensor) => x.reshape([4, 1, 3]).matmul(memory).tanh().sum([1, 2]);
    const half: Rule = (dy, { inputs, baseline, usual }) =>
      usual(
        dy,
        inputs.map((own, i) => (own === baseline!.inputs[i] ? own : own.add(baseline!.inputs[i]!).mul(0.5))),
      );
    const [x, x0] = [uniform(rng, [2, 3], -2, 2), uniform(rng, [2, 3], -2, 2)];
    const shapes = await grad(f, { rules: { contract: half }, baseline: x0 })(x).data();
    expect(shapes.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['softmax', (x: Tensor) => x.softmax(1)],
    ['logSumExp', (x: Tensor) => logSumExp(x, 1, { keepDims: true })],
    ['logSoftmax', (x: Tensor) => logSoftmax(x, 1)],
    ['maskedSoftmax', (x: Tensor) => maskedSoftmax(x, x.greater(-9))],
  ])('lets a rule replace %s as a whole', async (name, f) => {
    const whole: Rule = (dy, { inputs, output }) => [undefined, inputs[1]!.mul(dy.sum()).add(output.sum().mul(0))];
    const g = grad((x: Tensor) => f(x).sum(), { rules: { [name]: whole } })(tensor([[1, 2]]));
    const outputs = name === 'logSumExp' ? 1 : 2;
    expect(await list(g)).toEqual([outputs, 2 * outputs]);
  });

  it('wants one tensor, a number for each row, and rules where the batch comes first', () => {
    const x0 = ones([2, 3]);
    expect(() => grad((m: { x: Tensor }) => net(m.x), { baseline: x0 })({ x: x0 })).toThrow(UnsupportedRule);
    expect(() => grad((x: Tensor) => net(x).sum(), { baseline: x0 })(x0)).toThrow('one number for each of the 4 rows');
    const across = (x: Tensor) => x.transpose().relu().sum(0);
    expect(() => grad(across, { baseline: x0, rules: { relu: rescale } })(x0)).toThrow(
      'relu: a rule with a baseline needs the batch on axis 0, got shape [3, 4]',
    );
  });
});
