import type { Backend, ParameterCell, Replay, Storage, TracedFunction } from '../device';
import type { DType, TypedArray } from '../dtype';
import { DeviceUnavailableError, HairpinError } from '../errors';
import { topological } from '../graph';
import { assertUsable, type Tensor } from '../tensor';
import { Arena, GpuStorage, Pool, smallBytes, Stagings, usage } from './buffers';
import { ceilingsOf } from './ceilings';
import type { OpenGpu } from './open';
import { Pipelines } from './pipelines';
import type { Ceilings } from '../profile/ceilings';
import { activeRecording } from '../profile/recording';
import { explainPlan } from './explain';
import { bytesOf, type Limits, makePlan, type Plan, type Request } from './plan';
import { type Bindings, locate, Runnable } from './run';
import { recordRun } from './record';
import { asleep } from './wait';
import { structureKey } from './structure-key';
import { decode, encode, upload, words } from './transfer';
import { scalarVectors } from './writer';

/** Eager plans kept, by structure of the graph. */
const maxPlans = 64;
/** Runs that may be queued before the host waits for the device. */
const maxInFlight = 3;

/** Runs graphs on a GPU: plans, binds, submits and reads back. Everything goes through one queue, in order. */
export class WebGpuBackend implements Backend {
  readonly kind = 'webgpu';
  readonly label: string;
  readonly pool: Pool;
  readonly arena: Arena;
  private readonly device: GPUDevice;
  private readonly pipelines: Pipelines;
  private readonly scalars: GPUBuffer;
  private readonly detour: GPUBuffer;
  private readonly stagings: Stagings;
  private readonly limits: Limits;
  readonly tuned = new Map<string, number>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly gpu: OpenGpu) {
    this.device = gpu.device;
    this.label = gpu.label;
    this.pool = new Pool(this.device);
    this.arena = new Arena(this.device);
    this.stagings = new Stagings(this.device);
    this.pipelines = new Pipelines(this.device);
    this.scalars = this.device.createBuffer({ size: scalarVectors * 16, usage: usage.uniform | usage.copyTarget });
    this.detour = this.device.createBuffer({ size: smallBytes, usage: usage.copySource | usage.copyTarget });
    this.limits = {
      chunkBytes: this.device.limits.maxBufferSize,
      bindingBytes: this.device.limits.maxStorageBufferBindingSize,
      target: {
        workgroupBytes: this.device.limits.maxComputeWorkgroupStorageSize,
        invocations: this.device.limits.maxComputeInvocationsPerWorkgroup,
        subgroup: gpu.subgroup,
        isSoftware: gpu.isSoftware,
        tuned: this.tuned,
      },
    };
  }

  /** Bytes of GPU memory in buffers of tensors, parameters and temporaries. */
  get residentBytes(): number {
    return this.pool.resident + this.arena.resident;
  }

  realize(tensors: readonly Tensor[]): Promise<void> {
    return this.inTurn(() => this.realizeNow(tensors));
  }

  async read(storage: Storage, dtype: DType, length: number): Promise<TypedArray> {
    const { buffer, offset } = this.own(storage);
    const size = bytesOf({ size: length, dtype });
    const staging = this.stagings.take(size);
    try {
      const encoder = this.device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, offset, staging, 0, size);
      this.device.queue.submit([encoder.finish()]);
      await this.finished(staging.mapAsync(1));
      return decode(staging.getMappedRange().slice(0), dtype, length);
    } finally {
      this.stagings.giveBack(staging);
    }
  }

  compile(traced: TracedFunction): Promise<Replay> {
    return this.inTurn(() => this.makeReplay(traced));
  }

  explain(tensors: readonly Tensor[]): ReturnType<Backend['explain']> {
    return explainPlan(tensors, this.limits);
  }

  tune(key: string, rows: number): void {
    this.tuned.set(key, rows);
    while (this.eagerEntries.size > 0) this.dropOldest();
  }

  measureCeilings(): Promise<Ceilings> {
    return this.inTurn(() => ceilingsOf({ ...this.watched, isSoftware: this.gpu.isSoftware }));
  }

  close(): void {
    this.arena.destroy();
    this.gpu.close();
  }

  // ---- eager ---------------------------------------------------------------------------------------------------------

  private async realizeNow(tensors: readonly Tensor[]): Promise<void> {
    const pending = tensors.filter((t) => t.source.kind !== 'stored');
    for (const t of pending) if (t.source.kind === 'host') this.upload(t);
    const roots = [...new Set(pending.filter((t) => t.source.kind === 'op' || t.source.kind === 'scalar'))];
    if (roots.length > 0) await this.runEager(roots);
  }

  private async runEager(roots: readonly Tensor[]): Promise<void> {
    const order = topological(roots);
    for (const t of order) assertUsable(t, 'realize');
    const leaves = order.filter((t) => t.source.kind === 'host' || t.source.kind === 'stored');
    const scalars = order.filter((t) => t.source.kind === 'scalar');
    for (const leaf of leaves) this.upload(leaf);
    const request: Request = { leaves, args: [], roots, direct: true, reads: new Map(), writes: new Map() };
    const { runnable, scalarOrder } = await this.eagerPlan(request, order, scalars);
    const results = roots.map((root) => this.pool.acquire(bytesOf(root), `${root}`));
    const values = scalarOrder.map((place) => (typeof place === 'number' ? scalars[place] : place));
    const watched = this.submit(
      runnable,
      { leaves: leaves.map((leaf) => this.storageOf(leaf)), results, cell: noCells },
      words(values),
    );
    roots.forEach((root, i) => root.store(results[i]));
    if (watched) await watched;
    await this.throttle();
  }

  /** The plan of a graph of this structure, and which of its scalars are looked up in which order. */
  private async eagerPlan(request: Request, order: readonly Tensor[], scalars: readonly Tensor[]) {
    const key = structureKey(order, request.roots);
    let entry = this.eagerEntries.get(key);
    this.eagerEntries.delete(key);
    entry ??= this.makeEntry(request, scalars);
    this.eagerEntries.set(key, entry);
    entry.catch(() => this.eagerEntries.delete(key));
    if (this.eagerEntries.size > maxPlans) this.dropOldest();
    return entry;
  }

  private readonly eagerEntries = new Map<string, Promise<{ runnable: Runnable; scalarOrder: (number | Tensor)[] }>>();

  private async makeEntry(request: Request, scalars: readonly Tensor[]) {
    const plan = makePlan(request, this.limits);
    // A number that an op brought in when it was taken apart is the same in every graph of this structure.
    const scalarOrder = plan.scalars.map((scalar) => (scalars.includes(scalar) ? scalars.indexOf(scalar) : scalar));
    return { runnable: await this.makeRunnable({ ...plan, scalars: [] }), scalarOrder };
  }

  private dropOldest(): void {
    const [key, entry] = this.eagerEntries.entries().next().value!;
    this.eagerEntries.delete(key);
    void entry.then(({ runnable }) => runnable.destroy());
  }

  // ---- compiled ------------------------------------------------------------------------------------------------------

  private async makeReplay(traced: TracedFunction): Promise<Replay> {
    const roots = [...traced.outputs];
    const order = topological([...roots, ...traced.writes.values()]);
    for (const t of order) assertUsable(t, 'compile');
    const leaves = order.filter((t) => t.source.kind === 'host' || t.source.kind === 'stored');
    for (const leaf of leaves) this.upload(leaf);
    const request: Request = {
      leaves,
      args: traced.args,
      roots,
      direct: false,
      reads: traced.reads,
      writes: traced.writes,
    };
    const plan = makePlan(request, this.limits);
    const runnable = await this.makeRunnable(plan);
    const metas = roots.map(({ shape, dtype }) => ({ shape, dtype, device: traced.device }));
    return {
      run: (args) => this.replay(runnable, leaves, args, traced.args, metas),
      dispose: () => runnable.destroy(),
    };
  }

  private replay(
    runnable: Runnable,
    leaves: readonly Tensor[],
    args: readonly Tensor[],
    expected: readonly Tensor[],
    metas: readonly TensorMeta[],
  ): Promise<Tensor[]> {
    const { plan } = runnable;
    const numbers = words(plan.scalars); // read now: they may have changed when the turn comes
    return this.inTurn(async () => {
      const cells = new Map<ParameterCell, GpuStorage>();
      for (const cell of plan.cells) cells.set(cell, this.own(await cell.settle((t) => this.realizeNow([t]))));
      const held = plan.written.flatMap((cell) => cell.holders());
      const shared = leaves.filter((leaf) => [...cells.values()].includes(this.storageOf(leaf))); // one buffer is bound once
      for (const arg of args) assertUsable(arg, 'compile');
      for (const arg of args) if (arg.source.kind === 'op') await this.runEager([arg]);
      const bindings: Bindings = {
        leaves: leaves.map((leaf) => this.storageOf(leaf)),
        results: [],
        cell: ({ cell }) => cells.get(cell)!,
      };
      const results = metas.map((meta) =>
        this.pool.acquire(
          bytesOf({ size: sizeOf(meta), dtype: meta.dtype }),
          `a result of shape [${meta.shape.join(', ')}]`,
        ),
      );
      const before = (encoder: GPUCommandEncoder) => {
        for (const tensor of new Set([...held, ...shared])) this.moveOut(encoder, tensor);
        args.forEach((arg, i) => this.feed(encoder, plan, bindings, i, arg, expected[i]));
      };
      const after = (encoder: GPUCommandEncoder) => this.copyOut(encoder, plan, bindings, cells, results);
      const watched = this.submit(runnable, bindings, numbers, before, after);
      for (const cell of plan.written) cell.advance();
      if (watched) await watched;
      await this.throttle();
      return metas.map((meta, i) => this.resultTensor(meta, results[i]));
    });
  }

  /** A reader of an old version keeps its value: it moves to a buffer of its own, and the parameter stays where plans know it. */
  private moveOut(encoder: GPUCommandEncoder, tensor: Tensor): void {
    const from = this.storageOf(tensor);
    const to = this.pool.acquire(bytesOf(tensor), `${tensor}`);
    this.copyRange(encoder, from, to, bytesOf(tensor));
    tensor.restore(to);
    from.release();
  }

  /** An argument's elements to the place where the plan reads them. */
  private feed(
    encoder: GPUCommandEncoder,
    plan: Plan,
    bindings: Bindings,
    i: number,
    arg: Tensor,
    expected: Tensor,
  ): void {
    const { buffer, offset } = locate(plan.args[i], plan, bindings, this.arena);
    if (arg.size === 0) return;
    if (arg.source.kind === 'host')
      return upload(this.device, { buffer, offset }, encode(arg.source.data, expected.dtype));
    if (arg.source.kind === 'scalar') return upload(this.device, { buffer, offset }, words([arg]));
    const from = this.storageOf(arg);
    this.copyRange(encoder, from, { buffer, offset }, bytesOf(arg));
  }

  private copyOut(
    encoder: GPUCommandEncoder,
    plan: Plan,
    bindings: Bindings,
    cells: ReadonlyMap<ParameterCell, GpuStorage>,
    results: readonly GpuStorage[],
  ): void {
    plan.results.forEach(({ slot, start }, i) => {
      const from = locate(slot, plan, bindings, this.arena);
      const available = (slot.kind === 'arena' ? slot.bytes : from.size) - start;
      const place = { buffer: from.buffer, offset: from.offset + start };
      this.copyRange(encoder, place, results[i], Math.min(available, results[i].bytes));
    });
    for (const { from, cell, bytes } of plan.copies) {
      this.copyRange(encoder, locate(from, plan, bindings, this.arena), cells.get(cell)!, bytes);
    }
  }

  private resultTensor(meta: TensorMeta, storage: GpuStorage): Tensor {
    const tensor = this.gpu.newTensor(meta);
    tensor.store(storage);
    return tensor;
  }

  /** A copy; between two small tensors of one page it takes a detour, for a buffer cannot be copied onto itself. */
  private copyRange(encoder: GPUCommandEncoder, from: Range, to: Range, size: number): void {
    if (from.buffer !== to.buffer)
      return encoder.copyBufferToBuffer(from.buffer, from.offset, to.buffer, to.offset, size);
    encoder.copyBufferToBuffer(from.buffer, from.offset, this.detour, 0, size);
    encoder.copyBufferToBuffer(this.detour, 0, to.buffer, to.offset, size);
  }

  // ---- what both share -----------------------------------------------------------------------------------------------

  private async makeRunnable(plan: Plan): Promise<Runnable> {
    const needsHalf = plan.dispatches.some((dispatch) => dispatch.wgsl.startsWith('enable f16'));
    if (needsHalf && !this.device.features.has('shader-f16'))
      throw new DeviceUnavailableError(`${this.label}: no f16 on this device (shader-f16); cast to f32`);
    return Runnable.make(plan, this.device, this.pipelines, this.gpu.isSoftware);
  }

  /** Returns at once with everything submitted; while somebody watches, with a promise that what was noted down is complete. */
  private submit(
    runnable: Runnable,
    bindings: Bindings,
    numbers: Uint32Array,
    before: (e: GPUCommandEncoder) => void = () => undefined,
    after: (e: GPUCommandEncoder) => void = () => undefined,
  ): Promise<void> | undefined {
    this.gpu.assertAlive();
    this.arena.reserve(runnable.plan.layout.sizes);
    if (numbers.length > scalarVectors * 4)
      throw new HairpinError(
        `a step with ${numbers.length} numbers: at most ${scalarVectors * 4} fit; pass them as one tensor`,
      );
    if (numbers.length > 0) upload(this.device, { buffer: this.scalars, offset: 0 }, numbers);
    const { arena, scalars } = this;
    const recording = activeRecording();
    if (recording) return recordRun(recording, this.watched, { runnable, bindings, arena, scalars, before, after });
    runnable.submit(bindings, arena, scalars, before, after);
    return undefined;
  }

  /** Lets the host run ahead of the device by a few runs and no more. */
  private async throttle(): Promise<void> {
    this.runsSinceWait++;
    if (this.runsSinceWait < maxInFlight) return;
    this.runsSinceWait = 0;
    await this.finished(this.device.queue.onSubmittedWorkDone());
  }

  private runsSinceWait = 0;

  private get watched() {
    return { device: this.device, label: this.label, finished: <T>(promise: Promise<T>) => this.finished(promise) };
  }

  private finished<T>(promise: Promise<T>): Promise<T> {
    return asleep(this.gpu.orLost(promise));
  }

  /** Runs wait for each other, so that arena and parameters belong to one at a time. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.turn.then(work);
    this.turn = next.catch(() => undefined);
    return next;
  }

  private upload(tensor: Tensor): void {
    if (tensor.source.kind !== 'host') return;
    this.gpu.assertAlive();
    const storage = this.pool.acquire(bytesOf(tensor), `${tensor}`);
    const data = encode(tensor.source.data, tensor.dtype);
    if (data.byteLength > 0) upload(this.device, storage, data);
    tensor.store(storage);
  }

  private storageOf(tensor: Tensor): GpuStorage {
    if (tensor.source.kind !== 'stored')
      throw new HairpinError(`${tensor} is not on this device (${tensor.source.kind})`);
    return this.own(tensor.source.storage);
  }

  private own(storage: Storage): GpuStorage {
    if (!(storage instanceof GpuStorage))
      throw new HairpinError('a tensor lives on another device; move it with data() and tensor()');
    return storage;
  }
}

interface Range {
  readonly buffer: GPUBuffer;
  readonly offset: number;
}

interface TensorMeta {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly device: Tensor['device'];
}

const noCells: Bindings['cell'] = () => {
  throw new Error('an eager plan has no parameters');
};
const sizeOf = (meta: TensorMeta): number => meta.shape.reduce((a, b) => a * b, 1);
