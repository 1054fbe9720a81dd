import { usage } from './buffers';

const queryResolve = 512;
/** Most queries of one set, in WebGPU. */
const maxQueries = 4096;

/** A pair of readings for each dispatch: the clock of the device at its start and at its end. */
export class TimestampLog {
  private readonly sets: GPUQuerySet[] = [];
  private readonly counts: number[] = [];
  private readonly resolved: GPUBuffer;
  private readonly staging: GPUBuffer;

  constructor(
    device: GPUDevice,
    private readonly dispatches: number,
  ) {
    for (let left = 2 * dispatches; left > 0; left -= maxQueries) this.counts.push(Math.min(left, maxQueries));
    this.sets = this.counts.map((count) => device.createQuerySet({ type: 'timestamp', count }));
    const size = Math.max(this.counts.length, 1) * maxQueries * 8;
    this.resolved = device.createBuffer({ size, usage: queryResolve | usage.copySource });
    this.staging = device.createBuffer({ size, usage: usage.mapRead | usage.copyTarget });
  }

  /** Where the pass of dispatch `step` writes the clock. */
  around(step: number): GPUComputePassTimestampWrites {
    const [set, at] = [Math.floor((2 * step) / maxQueries), (2 * step) % maxQueries];
    return { querySet: this.sets[set], beginningOfPassWriteIndex: at, endOfPassWriteIndex: at + 1 };
  }

  /** To be encoded last. */
  resolve(encoder: GPUCommandEncoder): void {
    this.sets.forEach((set, i) => encoder.resolveQuerySet(set, 0, this.counts[i], this.resolved, i * maxQueries * 8));
    encoder.copyBufferToBuffer(this.resolved, 0, this.staging, 0, this.staging.size);
  }

  /** When each dispatch began, from the first one on, and how long it took, in milliseconds. */
  async read(finished: <T>(promise: Promise<T>) => Promise<T>): Promise<{ spans: Span[]; grainMs: number }> {
    await finished(this.staging.mapAsync(1));
    const clock = new BigUint64Array(this.staging.getMappedRange().slice(0)).subarray(0, 2 * this.dispatches);
    for (const owner of [this.staging, this.resolved, ...this.sets]) owner.destroy();
    const at = (i: number) => Number(clock[i] - clock[0]) / 1e6;
    const spans = Array.from({ length: this.dispatches }, (_, step) => {
      const [start, end] = [at(2 * step), at(2 * step + 1)];
      return { start: Math.max(start, 0), ms: Math.max(end - start, 0) }; // clocks of some drivers step back a little
    });
    return { spans, grainMs: grainOf(clock) };
  }
}

/** Milliseconds. */
interface Span {
  readonly start: number;
  readonly ms: number;
}

/** Steps in which browsers (100 µs) and Dawn (2¹⁶ ns) let the clock be read, unless told otherwise. */
const grains = [100_000n, 65_536n];

function grainOf(clock: BigUint64Array): number {
  const grain = grains.find((step) => clock.length > 0 && clock.every((time) => time % step === 0n));
  return Number(grain ?? 0n) / 1e6;
}
