import { afterAll, describe, expect, it } from 'vitest';
import {
  attention,
  attentionWeights,
  type Device,
  explain,
  full,
  grad,
  matmul,
  mul,
  normal,
  Rng,
  sum,
  type Tensor,
  tensor,
} from '../src/index';
import { topological } from '../src/graph';
import { apply } from '../src/op';
import { blockedKernel } from '../src/webgpu/kernels/attention';
import { assertClose, closeDevices, devices, distance } from '../src/testing/index';

const all = await devices();
const [{ device: cpu }, { device: gpu }] = all;
afterAll(() => closeDevices(all));

const long = 4096;
const width = 8;

/** One row of one head, queries, keys and values. */
const inputs = (device: Device, length = long): Tensor[] =>
  ['q', 'k', 'v'].map((name) => normal(new Rng(1).fork(name), [1, 1, length, width], 0, 1, { device }));

const plain = ([q, k, v]: Tensor[]): Tensor => matmul(attentionWeights(q, k), v);

describe.skipIf(!gpu)('attention over a length of 4 096 on WebGPU', () => {
  it('holds nothing of the size length × length, which the plain form does', async () => {
    const bytes = async (y: Tensor) => (await explain(y)).temporaryBytes;
    const [q, k, v] = inputs(gpu!);
    expect(await bytes(attention(q, k, v))).toBeLessThan(8 * 4 * long * width);
    expect(await bytes(plain(inputs(gpu!)))).toBeGreaterThanOrEqual(4 * long * long);
  });

  it('is the plain form to 1e-5, and what the CPU gives', async () => {
    const [q, k, v] = inputs(gpu!);
    const blocked = await attention(q, k, v).data();
    expect(distance(blocked, await plain([q, k, v]).data())).toBeLessThan(1e-5);
    const [a, b, c] = inputs(cpu!);
    expect(distance(blocked, await attention(a, b, c).data())).toBeLessThan(1e-5);
  });

  it('is cut into dispatches that a software device runs in about 100 ms', async () => {
    const ofLength = async (length: number) => {
      const [q, k, v] = inputs(gpu!, length).map((t) => t.broadcastTo([2, 8, length, width]));
      const { dispatches, device } = await explain(attention(q, k, v));
      const own = dispatches.filter(({ name }) => name === 'blockedAttention');
      return { own, isSoftware: /llvmpipe|SwiftShader/i.test(device) };
    };
    const short = await ofLength(64);
    expect(short.own.length).toBe(1);
    const { own, isSoftware } = await ofLength(long);
    expect(own.reduce((total, { workgroups: [x, y, z] }) => total + x * y * z, 0)).toBe(2 * 8 * (long / 64));
    if (isSoftware) expect(own.length).toBeGreaterThan(10);
    expect(new Set(own.map(({ wgsl }) => wgsl)).size).toBe(1);
  });
});

describe.skipIf(!gpu)('the text for a GPU, on whatever device there is', () => {
  it('gives what the text for a software device gives', async () => {
    const [q, k, v] = ['q', 'k', 'v'].map((name) =>
      normal(new Rng(2).fork(name), [2, 1, 70, 4], 0, 1, { device: gpu! }),
    );
    const lengths = tensor(Int32Array.of(70, 33), { device: gpu! });
    const own = blockedOn(false);
    const shape = { batch: 2, heads: 1, queries: 70, keys: 70, width: 4, out: 4, causal: true, scale: 0.5 };
    const unrolled = blockedKernel({ ...shape, isSoftware: false }).steps[0].wgsl;
    expect(unrolled).not.toBe(blockedKernel({ ...shape, isSoftware: true }).steps[0].wgsl);
    const y = apply(own, [q, k, v, lengths], { causal: true, scale: 0.5 });
    assertClose(await y.data(), await attention(q, k, v, { causal: true, lengths }).data(), 1e-6);
  });
});

/** The op with the kernel of one kind of device. */
const blockedOn = (isSoftware: boolean): typeof attention.op => ({
  ...attention.op,
  name: 'attentionOn',
  lowering: {
    kind: 'kernel',
    kernel: ([q, k, v], attrs) => {
      const [batch, heads, queries, width] = q.shape;
      return blockedKernel({ batch, heads, queries, keys: k.shape[2], width, out: v.shape[3], ...attrs, isSoftware });
    },
  },
});

describe('attention on the CPU', () => {
  it('makes no node of the size length × length', () => {
    const [q, k, v] = inputs(cpu!);
    const sizes = topological([attention(q, k, v)]).map((node) => node.size);
    expect(Math.max(...sizes)).toBe(long * width);
  });

  it('is causal as the plain form is, by hand', async () => {
    const column = (...values: number[]) => tensor(values, { shape: [1, 1, values.length, 1], device: cpu! });
    const y = attention(column(0, 0, 0), column(5, -3, 1), column(1, 3, 8), { causal: true });
    assertClose(await y.data(), [1, 2, 4], 1e-7); // equal scores: the mean of what is seen
  });

  it('lets nothing through from beyond the lengths, forward and backward', async () => {
    const [q] = inputs(cpu!, 3);
    const padded = tensor([1, 2, NaN], { shape: [1, 1, 3, 1], device: cpu! }).broadcastTo([1, 1, 3, width]);
    for (const own of [2, 0]) {
      const lengths = full([1], own, { dtype: 'i32', device: cpu! });
      const f = (x: { q: Tensor; kv: Tensor }) => sum(attention(x.q, x.kv, x.kv, { lengths }));
      const found = grad(f)({ q, kv: padded });
      for (const t of [f({ q, kv: padded }), found.q, found.kv])
        expect(Array.from(await t.data()).every(Number.isFinite)).toBe(true);
      if (own === 0) expect(await f({ q, kv: padded }).item()).toBe(0);
    }
  });

  it('hands replaced gradient rules on to the plain form', async () => {
    const [q, k, v] = inputs(cpu!, 4);
    const f = (value: Tensor) => sum(mul(attention(q, k, value), 3));
    const doubled = {
      contract: (dy: Tensor, { usual }: { usual: (d: Tensor) => readonly (Tensor | undefined)[] }) => usual(mul(dy, 2)),
    };
    const [usual, other] = [grad(f)(v), grad(f, { rules: doubled })(v)];
    assertClose(
      await other.data(),
      Array.from(await usual.data(), (g) => 2 * g),
      1e-6,
    );
  });
});
