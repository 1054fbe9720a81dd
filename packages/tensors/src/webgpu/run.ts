import type { Pipelines } from './pipelines';
import type { GpuStorage } from './buffers';
import { type Arena, usage } from './buffers';
import type { Dispatch, Plan, Slot } from './plan';
import { scalarVectors } from './writer';

/** Buffers that a run is given from outside. */
export interface Bindings {
  readonly leaves: readonly GpuStorage[];
  readonly results: readonly GpuStorage[];
  readonly cell: (slot: Slot & { kind: 'cell' }) => GpuStorage;
}

/** Work after which a step is cut into another submission: about half a second, so that a page stays responsive. */
const submissionWork = { software: 2e9, hardware: 3e11 };

/** A plan with its pipelines and its table of numbers on the device, ready to be encoded again and again. */
export class Runnable {
  private bound: { groups: GPUBindGroup[]; generation: number; key: readonly GpuStorage[] } | undefined;

  private constructor(
    readonly plan: Plan,
    private readonly device: GPUDevice,
    private readonly pipelines: readonly GPUComputePipeline[],
    private readonly layouts: readonly GPUBindGroupLayout[],
    private readonly table: GPUBuffer,
    private readonly offsets: readonly number[],
    /** The dispatches of each submission. */
    readonly submissions: readonly (readonly number[])[],
  ) {}

  /** Compiles the shaders, all at once, and uploads the numbers. */
  static async make(plan: Plan, device: GPUDevice, pipelines: Pipelines, isSoftware: boolean): Promise<Runnable> {
    const { dispatches } = plan;
    const compiled = Promise.all(dispatches.map((d) => pipelines.get(d.wgsl, d.slots.length, d.name)));
    const layouts = dispatches.map((d) => pipelines.layout(d.slots.length));
    const { table, offsets } = uploadNumbers(device, dispatches);
    const cuts = cutWork(dispatches, isSoftware ? submissionWork.software : submissionWork.hardware);
    return new Runnable(plan, device, await compiled, layouts, table, offsets, cuts);
  }

  /** Bytes of the table of numbers. */
  get tableBytes(): number {
    return this.table.size;
  }

  /** Encodes and submits a run. `before` and `after` add copies around the first and the last pass. */
  submit(
    bindings: Bindings,
    arena: Arena,
    scalars: GPUBuffer,
    before: (encoder: GPUCommandEncoder) => void,
    after: (encoder: GPUCommandEncoder) => void,
  ): void {
    const groups = this.bind(bindings, arena, scalars);
    this.submissions.forEach((steps, i) => {
      const encoder = this.device.createCommandEncoder();
      if (i === 0) before(encoder);
      if (steps.length > 0) this.encodePass(encoder, steps, groups);
      if (i === this.submissions.length - 1) after(encoder);
      this.device.queue.submit([encoder.finish()]);
    });
  }

  destroy(): void {
    this.table.destroy();
  }

  /** One pass of some dispatches; `timestampWrites` has the device read its clock around it. */
  encodePass(
    encoder: GPUCommandEncoder,
    steps: readonly number[],
    groups: readonly GPUBindGroup[],
    timestampWrites?: GPUComputePassTimestampWrites,
  ): void {
    const pass = encoder.beginComputePass(timestampWrites && { timestampWrites });
    for (const step of steps) {
      pass.setPipeline(this.pipelines[step]);
      pass.setBindGroup(0, groups[step]);
      pass.dispatchWorkgroups(...this.plan.dispatches[step].grid);
    }
    pass.end();
  }

  /** Bind groups are made again only when a buffer changed: never in the steady state of a compiled step. */
  bind(bindings: Bindings, arena: Arena, scalars: GPUBuffer): GPUBindGroup[] {
    const cells = this.plan.cells.map((cell) => bindings.cell({ kind: 'cell', cell }));
    const key = [...bindings.leaves, ...bindings.results, ...cells];
    const isSame =
      this.bound &&
      this.bound.generation === arena.generation &&
      key.length === this.bound.key.length &&
      key.every((s, i) => s === this.bound!.key[i]);
    if (isSame) return this.bound!.groups;
    const groups = this.plan.dispatches.map((dispatch, step) =>
      this.bindGroup(dispatch, step, bindings, arena, scalars),
    );
    this.bound = { groups, generation: arena.generation, key };
    return groups;
  }

  private bindGroup(
    dispatch: Dispatch,
    step: number,
    bindings: Bindings,
    arena: Arena,
    scalars: GPUBuffer,
  ): GPUBindGroup {
    const storage = dispatch.slots.map((slot, i) => ({
      binding: i + 2,
      resource: locate(slot, this.plan, bindings, arena),
    }));
    const table = {
      buffer: this.table,
      offset: this.offsets[step],
      size: Math.max(16, Math.ceil(dispatch.numbers.length / 4) * 16),
    };
    const entries = [
      { binding: 0, resource: table },
      { binding: 1, resource: { buffer: scalars, size: scalarVectors * 16 } },
      ...storage,
    ];
    return this.device.createBindGroup({ layout: this.layouts[step], entries });
  }
}

/** The range of a buffer behind a slot. */
export function locate(
  slot: Slot,
  plan: Plan,
  bindings: Bindings,
  arena: Arena,
): { buffer: GPUBuffer; offset: number; size: number } {
  if (slot.kind === 'arena') {
    const place = plan.layout.places[slot.place];
    return { buffer: arena.chunk(place.chunk), offset: place.offset, size: slot.bytes };
  }
  const storage =
    slot.kind === 'cell'
      ? bindings.cell(slot)
      : slot.kind === 'leaf'
        ? bindings.leaves[slot.leaf]
        : bindings.results[slot.result];
  return { buffer: storage.buffer, offset: storage.offset, size: storage.bytes };
}

/** One uniform buffer for the numbers of all dispatches, each at an offset that may be bound. */
function uploadNumbers(device: GPUDevice, dispatches: readonly Dispatch[]): { table: GPUBuffer; offsets: number[] } {
  const alignment = device.limits.minUniformBufferOffsetAlignment;
  const offsets: number[] = [];
  let end = 0;
  for (const { numbers } of dispatches) {
    offsets.push(end);
    end += Math.ceil(Math.max(16, numbers.length * 4) / alignment) * alignment;
  }
  const words = new Uint32Array(Math.max(end, 16) / 4);
  dispatches.forEach(({ numbers }, i) => words.set(numbers, offsets[i] / 4));
  const table = device.createBuffer({ size: words.byteLength, usage: usage.uniform | usage.copyTarget });
  device.queue.writeBuffer(table, 0, words);
  return { table, offsets };
}

/** Steps in runs of at most `limit` work each; at least one run, so that copies have an encoder. */
function cutWork(dispatches: readonly Dispatch[], limit: number): number[][] {
  const runs: number[][] = [[]];
  let work = 0;
  dispatches.forEach((dispatch, step) => {
    if (work > 0 && work + dispatch.work > limit) {
      runs.push([]);
      work = 0;
    }
    runs.at(-1)!.push(step);
    work += dispatch.work;
  });
  return runs;
}
