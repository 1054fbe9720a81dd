import type { Backend, Storage } from '../device';
import { allocate, type DType, toTyped, type TypedArray } from '../dtype';
import { HairpinError } from '../errors';
import { pendingInputs, topological } from '../graph';
import { roundToHalf } from '../half';
import { familyKey, type HostArray } from '../op';
import { activeRecording } from '../profile/recording';
import { describe, loopsIn } from '../scan/describe';
import { size } from '../shape';
import { assertUsable, scalarValue, type Tensor } from '../tensor';
import { recordOps } from './record';

class HostStorage implements Storage {
  private count = 1;

  constructor(readonly data: TypedArray) {}

  get bytes(): number {
    return this.data.byteLength;
  }
  retain(): void {
    this.count++;
  }
  release(): void {
    this.count--; // the collector does the rest
  }
}

/** Runs each op's reference, or its cache-friendly form: the oracle of the tests, and the default where no adapter exists. */
export function openCpu(reason?: string): Backend {
  const label = reason ? `CPU (no WebGPU: ${reason})` : 'CPU';
  return {
    kind: 'cpu',
    label,
    realize: async (tensors) => evaluate(tensors, label),
    read: async (storage: Storage, dtype: DType, length: number) =>
      toTyped(dtype, (storage as HostStorage).data.slice(0, length)),
    explain: (tensors) => ({
      loops: loopsIn(tensors).map(({ call, streams }) => ({
        ...describe(call, streams),
        fallback: 'the CPU device runs the plain loop',
      })),
      dispatches: [],
      temporaryBytes: 0,
    }),
    close: () => undefined,
  };
}

/** Evaluates the pending graph in order; an intermediate array lives until its last reader ran. */
function evaluate(roots: readonly Tensor[], label: string): void {
  const recording = activeRecording();
  const recorder = recording && recordOps(recording, label);
  const order = topological(roots);
  const readers = countReaders(order);
  const arrays = new Map<Tensor, HostArray>();
  const keep = new Set(roots);
  const families = familiesIn(order);
  for (const node of order) {
    const nodes = families.get(node) ?? [node];
    if (!arrays.has(node) && recorder) recorder.watch(nodes, () => computeAll(nodes, arrays));
    else if (!arrays.has(node)) computeAll(nodes, arrays);
    for (const input of pendingInputs(node)) {
      const left = readers.get(input)! - 1;
      readers.set(input, left);
      if (left === 0 && !keep.has(input)) arrays.delete(input);
    }
  }
  recorder?.finish();
  for (const root of roots) if (root.source.kind !== 'stored') root.store(new HostStorage(arrays.get(root)!.data));
}

/** For each node that is one of several results of a run, all of them. */
function familiesIn(order: readonly Tensor[]): Map<Tensor, Tensor[]> {
  const byKey = new Map<string, Tensor[]>();
  for (const node of order) {
    const isShared = node.source.kind === 'op' && node.source.op.family?.reference !== undefined;
    const key = isShared ? familyKey(node.source as Parameters<typeof familyKey>[0]) : undefined;
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), node]);
  }
  return new Map([...byKey.values()].flatMap((members) => members.map((member) => [member, members])));
}

function computeAll(nodes: readonly Tensor[], arrays: Map<Tensor, HostArray>): void {
  const [first] = nodes;
  if (first.source.kind !== 'op' || !first.source.op.family?.reference) {
    arrays.set(first, compute(first, arrays));
    return;
  }
  const { op, inputs } = first.source;
  const outs = nodes.map(({ shape, dtype }) => ({ shape, dtype, data: allocate(dtype, size(shape)) }));
  const attrs = nodes.map((node) => (node.source as { attrs: unknown }).attrs);
  op.family!.reference!(
    inputs.map((input) => arrays.get(input)!),
    attrs,
    outs,
  );
  nodes.forEach((node, i) => arrays.set(node, outs[i]));
}

function countReaders(order: readonly Tensor[]): Map<Tensor, number> {
  const readers = new Map<Tensor, number>();
  for (const node of order) for (const input of pendingInputs(node)) readers.set(input, (readers.get(input) ?? 0) + 1);
  return readers;
}

function compute(node: Tensor, arrays: ReadonlyMap<Tensor, HostArray>): HostArray {
  const { shape, dtype, source } = node;
  switch (source.kind) {
    case 'host':
      return { shape, dtype, data: dtype === 'f16' ? halves(source.data) : toTyped(dtype, source.data) };
    case 'scalar':
      return { shape, dtype, data: toTyped(dtype, [scalarValue(source)]) };
    case 'stored':
      if (!(source.storage instanceof HostStorage))
        throw new HairpinError(`${node} lives on another device; move it with data() and tensor()`);
      return { shape, dtype, data: source.storage.data };
    case 'op': {
      const out = { shape, dtype, data: allocate(dtype, size(shape)) };
      (source.op.fast ?? source.op.reference)(
        source.inputs.map((input) => arrays.get(input)!),
        source.attrs,
        out,
      );
      if (dtype === 'f16') roundToHalf(out.data);
      return out;
    }
    default:
      assertUsable(node, 'realize');
      throw new HairpinError(`${node} has no data here (${source.kind})`);
  }
}

function halves(values: TypedArray): TypedArray {
  const rounded = Float32Array.from(values);
  roundToHalf(rounded);
  return rounded;
}
