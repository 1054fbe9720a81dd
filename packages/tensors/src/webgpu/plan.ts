import { affineKey, ravel, shift } from '../affine';
import type { ParameterCell } from '../device';
import { OutOfMemoryError } from '../errors';
import type { Op } from '../op';
import { Tensor } from '../tensor';
import { generate } from './generate';
import type { KernelCode } from './kernels/kernel';
import { lower } from './lower';
import type { Target } from './loop/layout';
import { type Layout, layOut, type Lifetime } from './memory';
import { thrifty } from './order';
import { type Group, schedule } from './schedule';
import { loopVariable, ValueBuilder, visit } from './value';

/** Where a dispatch finds a buffer: bound from outside, a parameter, or a temporary of the arena. */
export type Slot =
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'result'; readonly result: number }
  | { readonly kind: 'cell'; readonly cell: ParameterCell }
  | { readonly kind: 'arena'; readonly place: number; readonly bytes: number };

/** One dispatch of a plan: its shader, its grid, its numbers and where it finds its buffers. */
export interface Dispatch extends Pick<KernelCode, 'name' | 'wgsl' | 'grid' | 'work' | 'flop' | 'bytes'> {
  readonly slots: readonly Slot[];
  readonly numbers: readonly number[];
}

/** What a plan is asked for: leaves from outside, results, and parameters to overwrite. */
export interface Request {
  /** Tensors that are bound anew for each run. */
  readonly leaves: readonly Tensor[];
  /** Leaves that are copied into the arena before a run. */
  readonly args: readonly Tensor[];
  readonly roots: readonly Tensor[];
  /**
   * True: roots are written straight into buffers given for the run, and the plan serves every graph of this structure, whatever
   * its numbers. False: they are copied out after it, and the plan is this graph's alone.
   */
  readonly direct: boolean;
  readonly reads: ReadonlyMap<Tensor, ParameterCell>;
  readonly writes: ReadonlyMap<ParameterCell, Tensor>;
}

/** Everything about a run that does not change from one to the next; no tensor and no buffer is held. */
export interface Plan {
  readonly dispatches: readonly Dispatch[];
  readonly layout: Layout;
  readonly args: readonly Slot[];
  readonly results: readonly { readonly slot: Slot; /** Byte at which the result starts. */ readonly start: number }[];
  /** Parameters whose new value was computed elsewhere and is copied at the end. */
  readonly copies: readonly { readonly from: Slot; readonly cell: ParameterCell; readonly bytes: number }[];
  readonly written: readonly ParameterCell[];
  readonly cells: readonly ParameterCell[];
  /** Numbers of the run, in the order in which the dispatches look them up. */
  readonly scalars: readonly Tensor[];
}

const storeOp: Op<{ unique: number }> = {
  name: 'store',
  infer: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  reference: ([x], _, out) => out.data.set(x.data),
  lowering: { kind: 'elementwise', wgsl: ([x]) => x },
};

let stores = 0;
const stored = (x: Tensor): Tensor =>
  new Tensor(x, { kind: 'op', op: storeOp as Op, inputs: [x], attrs: { unique: stores++ } });

/** Bytes of a tensor on the device: whole vectors, since kernels may read it in fours. */
export const bytesOf = ({ size, dtype }: Pick<Tensor, 'size' | 'dtype'>): number =>
  Math.ceil((Math.max(size, 1) * (dtype === 'f16' ? 2 : 4)) / 16) * 16;

/** What a plan must keep to: bytes of a buffer and of a binding, and what kernels may count on. */
export interface Limits {
  readonly chunkBytes: number;
  readonly bindingBytes: number;
  readonly target: Target;
}

/** Works out the dispatches of a request, the places of its temporaries, and which parameters are written in place. */
export function makePlan(request: Request, limits: Limits): Plan {
  const cells = [...request.writes.keys()];
  const lowered = lower([...request.roots, ...request.writes.values()], !request.direct, limits.target);
  const views = lowered.map((node, i) => (i < request.roots.length && !request.direct ? partOf(node) : undefined));
  const sinks = ownSinks(
    lowered.map((node, i) => views[i]?.whole ?? node),
    request,
  );
  const results = sinks.slice(0, request.roots.length);
  const finals = new Map(cells.map((cell, i) => [cell, sinks[request.roots.length + i]]));
  const groups = lateWrites(thrifty(schedule(sinks), bytesOf, new Set(sinks)), new Set(finals.values()));
  const inPlace = new Map(
    [...finals]
      .filter(([cell, node]) => canWriteInPlace(node, cell, groups, request))
      .map(([cell, node]) => [node, cell]),
  );
  const starts = results.map((_, i) => (views[i]?.start ?? 0) * 4);
  return assemble(request, groups, { results, starts }, finals, inPlace, limits);
}

/** A result that lies in one piece inside what a kernel stores is copied from there. */
function partOf(node: Tensor): { whole: Tensor; start: number } | undefined {
  const isView = ({ source }: Tensor) => source.kind === 'op' && source.op.lowering.kind === 'movement';
  if (!isView(node) || node.dtype === 'f16' || node.size === 0) return undefined;
  let whole = node;
  while (isView(whole) && whole.source.kind === 'op' && whole.source.inputs.length === 1) [whole] = whole.source.inputs;
  if (whole.source.kind !== 'op' || whole.source.op.lowering.kind === 'elementwise' || isView(whole)) return undefined;
  const coords = node.shape.map((size, d) => loopVariable({ name: `o${d}`, size }));
  const value = new ValueBuilder((t) => t === whole).at(node, coords);
  if (value.kind !== 'load' || value.row || value.buffer !== whole) return undefined;
  const start = value.index.constant;
  return affineKey(value.index) === affineKey(shift(ravel(coords, node.shape), start)) ? { whole, start } : undefined;
}

/** Each sink a node of its own: what is a leaf, or asked for twice, is stored once more. */
function ownSinks(lowered: readonly Tensor[], { roots, direct, writes }: Request): Tensor[] {
  const taken = new Set<Tensor>();
  return lowered.map((node, i) => {
    const isCopiedOut = i < roots.length && !direct;
    const mustOwn =
      node.source.kind !== 'op' ||
      (taken.has(node) && !isCopiedOut) ||
      (isCopiedOut && writes.size > 0 && lowered.indexOf(node, roots.length) >= 0);
    taken.add(node);
    return mustOwn ? stored(node) : node;
  });
}

/** Kernels that overwrite parameters go last, unless something else needs their result. */
function lateWrites(groups: readonly Group[], writers: ReadonlySet<Tensor>): Group[] {
  const needed = new Set<Tensor>();
  for (const group of [...groups].reverse())
    if (!writers.has(group.root) || needed.has(group.root)) for (const read of group.reads) needed.add(read);
  const isLate = (group: Group) => writers.has(group.root) && !needed.has(group.root);
  return [...groups.filter((group) => !isLate(group)), ...groups.filter(isLate)];
}

/** In place: the kernel reads the old value only where it writes the new one, and no later kernel reads the old value. */
function canWriteInPlace(node: Tensor, cell: ParameterCell, groups: readonly Group[], request: Request): boolean {
  const at = groups.findIndex((group) => group.root === node);
  const old = oldValue(cell, request);
  if (at < 0 || !old) return at >= 0;
  if (groups.slice(at + 1).some((group) => group.reads.includes(old))) return false;
  const group = groups[at];
  if (!group.reads.includes(old)) return true;
  return !group.anchor && readsOwnPlace(node, old, new Set(groups.map((g) => g.root)));
}

const oldValue = (cell: ParameterCell | undefined, { reads }: Request): Tensor | undefined =>
  [...reads].find(([, read]) => read === cell)?.[0];

function readsOwnPlace(node: Tensor, old: Tensor, roots: ReadonlySet<Tensor>): boolean {
  const coords = node.shape.map((size, d) => loopVariable({ name: `o${d}`, size }));
  const own = affineKey(ravel(coords, node.shape));
  let isOwn = true;
  visit([new ValueBuilder((t) => roots.has(t)).at(node, coords, true)], (value) => {
    if (value.kind === 'load' && value.buffer === old) isOwn &&= !value.row && affineKey(value.index) === own;
  });
  return isOwn;
}

function assemble(
  request: Request,
  groups: readonly Group[],
  { results, starts }: { readonly results: readonly Tensor[]; readonly starts: readonly number[] },
  finals: ReadonlyMap<ParameterCell, Tensor>,
  inPlace: ReadonlyMap<Tensor, ParameterCell>,
  limits: Limits,
): Plan {
  const roots = new Set(groups.map((group) => group.root));
  const scratch = (words: number) =>
    new Tensor({ shape: [words], dtype: 'u32' }, { kind: 'placeholder', name: 'scratch' });
  const codes = groups.flatMap((group) =>
    generate(group, (t) => roots.has(t), scratch, limits.target, oldValue(inPlace.get(group.root), request)),
  );
  const slots = new SlotTable(request, results, inPlace, limits.bindingBytes);
  codes.forEach((code, step) => code.buffers.forEach((buffer) => slots.touch(buffer, step)));
  const end = codes.length;
  for (const result of results) if (!request.direct) slots.touch(result, end);
  for (const node of finals.values()) if (!inPlace.has(node)) slots.touch(node, end);
  const scalars: Tensor[] = [];
  const dispatches = codes.map((code) => ({
    ...code,
    numbers: withScalars(code, scalars),
    slots: code.buffers.map((buffer) => slots.of(buffer)),
  }));
  return {
    dispatches: dispatches.map(({ name, wgsl, grid, work, flop, bytes, numbers, slots }) => ({
      name,
      wgsl,
      grid,
      work,
      flop,
      bytes,
      numbers,
      slots,
    })),
    layout: layOut(slots.lifetimes, limits.chunkBytes),
    args: request.args.map((arg) => slots.of(arg)),
    results: results.map((result, i) => ({ slot: slots.of(result), start: starts[i] })),
    copies: [...finals]
      .filter(([, node]) => !inPlace.has(node))
      .map(([cell, node]) => ({ from: slots.of(node), cell, bytes: bytesOf(node) })),
    written: [...finals.keys()],
    cells: [...new Set([...request.reads.values(), ...finals.keys()])],
    scalars,
  };
}

/** The numbers of a dispatch with the places of its scalars filled in; new scalars join the plan's list. */
function withScalars({ numbers, scalarPlaces }: KernelCode, scalars: Tensor[]): number[] {
  const filled = [...numbers];
  for (const { place, scalar } of scalarPlaces) {
    if (!scalars.includes(scalar)) scalars.push(scalar);
    filled[place] = scalars.indexOf(scalar);
  }
  return filled;
}

/** Which slot each tensor has, and how long each temporary lives. */
class SlotTable {
  readonly lifetimes: Lifetime[] = [];
  private readonly temporaries = new Map<Tensor, number>();
  private readonly fixed = new Map<Tensor, Slot>();

  constructor(
    request: Request,
    results: readonly Tensor[],
    inPlace: ReadonlyMap<Tensor, ParameterCell>,
    private readonly bindingBytes: number,
  ) {
    request.leaves.forEach((t, leaf) => this.fixed.set(t, { kind: 'leaf', leaf }));
    for (const [t, cell] of [...request.reads, ...inPlace]) this.fixed.set(t, { kind: 'cell', cell });
    if (request.direct) results.forEach((t, result) => this.fixed.set(t, { kind: 'result', result }));
    for (const arg of request.args) this.touch(arg, -1);
  }

  /** Says that dispatch `step` reads or writes the tensor. */
  touch(tensor: Tensor, step: number): void {
    if (this.fixed.has(tensor)) return;
    const at = this.temporaries.get(tensor) ?? this.add(tensor, step);
    const life = this.lifetimes[at];
    this.lifetimes[at] = { ...life, first: Math.min(life.first, step), last: Math.max(life.last, step) };
  }

  of(tensor: Tensor): Slot {
    return this.fixed.get(tensor) ?? { kind: 'arena', place: this.temporaries.get(tensor)!, bytes: bytesOf(tensor) };
  }

  private add(tensor: Tensor, step: number): number {
    const bytes = bytesOf(tensor);
    if (bytes > this.bindingBytes)
      throw new OutOfMemoryError(
        `${tensor}: an intermediate result of ${bytes} bytes, and this device binds at most ${this.bindingBytes} at once; use a smaller batch or shorter sequences`,
      );
    const at = this.lifetimes.push({ bytes, first: step, last: step }) - 1;
    this.temporaries.set(tensor, at);
    return at;
  }
}
