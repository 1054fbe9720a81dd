import type { Storage } from '../device';
import { OutOfMemoryError } from '../errors';

/** WebGPU's usage bits, as numbers: Node has no globals for them. */
export const usage = { mapRead: 1, copySource: 4, copyTarget: 8, uniform: 64, storage: 128 } as const;
const storageUsage = usage.storage | usage.copySource | usage.copyTarget;

/** Bytes of results up to which they share a page. */
export const smallBytes = 256;
const pageBytes = 65_536;
/** Bytes of unused buffers that are kept for reuse. */
const maxIdleBytes = 64 * 2 ** 20;

/** The next of 1, 1¼, 1½, 1¾ times a power of two: at most a quarter is wasted, and freed buffers fit again. */
export function sizeClass(bytes: number): number {
  if (bytes <= 1024) return Math.max(smallBytes, Math.ceil(bytes / smallBytes) * smallBytes);
  const step = 2 ** (Math.floor(Math.log2(bytes)) - 2);
  return Math.ceil(bytes / step) * step;
}

/** A range of a buffer that holds a realised tensor. */
export class GpuStorage implements Storage {
  private count = 1;

  constructor(
    readonly buffer: GPUBuffer,
    readonly offset: number,
    readonly bytes: number,
    private readonly free: (storage: GpuStorage) => void,
  ) {}

  retain(): void {
    this.count++;
  }

  release(): void {
    if (--this.count === 0) this.free(this);
  }
}

/** Buffers of results and parameters, reused by size class. Temporaries live in the arena instead. */
export class Pool {
  /** Bytes of buffers that exist. */
  resident = 0;
  private idleBytes = 0;
  private readonly idle = new Map<number, GPUBuffer[]>();
  private readonly idleSlots: { buffer: GPUBuffer; offset: number }[] = [];

  constructor(private readonly device: GPUDevice) {}

  /** Room for `bytes`; `what` names the tensor in an error. */
  acquire(bytes: number, what: string): GpuStorage {
    if (bytes <= smallBytes) return this.slot();
    const size = Math.max(bytes, Math.min(sizeClass(bytes), this.device.limits.maxStorageBufferBindingSize));
    const buffer = this.idle.get(size)?.pop();
    if (buffer) this.idleBytes -= size;
    return new GpuStorage(buffer ?? this.create(size, what), 0, size, (storage) => this.giveBack(storage));
  }

  private slot(): GpuStorage {
    if (this.idleSlots.length === 0) this.addPage();
    const { buffer, offset } = this.idleSlots.pop()!;
    return new GpuStorage(buffer, offset, smallBytes, () => this.idleSlots.push({ buffer, offset }));
  }

  private addPage(): void {
    const buffer = this.create(pageBytes, 'a page of small tensors');
    for (let offset = pageBytes - smallBytes; offset >= 0; offset -= smallBytes)
      this.idleSlots.push({ buffer, offset });
  }

  private giveBack({ buffer, bytes }: GpuStorage): void {
    if (this.idleBytes + bytes > maxIdleBytes) {
      this.resident -= bytes;
      return buffer.destroy();
    }
    this.idleBytes += bytes;
    this.idle.set(bytes, [...(this.idle.get(bytes) ?? []), buffer]);
  }

  private create(size: number, what: string): GPUBuffer {
    const buffer = createBuffer(this.device, size, storageUsage, what);
    this.resident += size;
    return buffer;
  }
}

/** Buffers that the host can read, one for each read under way; one of each size is kept for the next. */
export class Stagings {
  private readonly idle = new Map<number, GPUBuffer>();

  constructor(private readonly device: GPUDevice) {}

  take(bytes: number): GPUBuffer {
    const size = sizeClass(bytes);
    const kept = this.idle.get(size);
    this.idle.delete(size);
    return kept ?? createBuffer(this.device, size, usage.mapRead | usage.copyTarget, 'a copy to read');
  }

  giveBack(buffer: GPUBuffer): void {
    if (buffer.mapState === 'mapped') buffer.unmap();
    const isWanted = buffer.mapState === 'unmapped' && buffer.size <= maxIdleBytes / 16 && !this.idle.has(buffer.size);
    if (isWanted) this.idle.set(buffer.size, buffer);
    else buffer.destroy();
  }
}

/** A buffer, or an `OutOfMemoryError` that says how much was asked and for what. */
export function createBuffer(device: GPUDevice, size: number, bits: number, what: string): GPUBuffer {
  if (
    size > device.limits.maxBufferSize ||
    (size > Math.max(device.limits.maxStorageBufferBindingSize, pageBytes) && what !== arenaName)
  )
    throw new OutOfMemoryError(
      `${what}: ${size} bytes asked for, and this device binds at most ${device.limits.maxStorageBufferBindingSize} at once; use a smaller batch or shorter sequences`,
    );
  return device.createBuffer({ size, usage: bits });
}

/** What the arena is called in an error. */
export const arenaName = 'temporaries';

/**
 * Where the temporaries of every plan lie, at offsets that each plan worked out for itself. Plans run one after the other, so
 * they share it, and it is as large as the largest needs. A generation ends when it grows.
 */
export class Arena {
  generation = 0;
  private chunks: GPUBuffer[] = [];

  constructor(private readonly device: GPUDevice) {}

  get resident(): number {
    return this.chunks.reduce((total, chunk) => total + chunk.size, 0);
  }

  get buffers(): number {
    return this.chunks.length;
  }

  /** Makes every chunk at least as large as asked. */
  reserve(sizes: readonly number[]): void {
    sizes.forEach((size, i) => {
      const old = this.chunks[i];
      if (old && old.size >= size) return;
      old?.destroy(); // what was submitted still finishes
      this.chunks[i] = createBuffer(
        this.device,
        Math.min(sizeClass(size), this.device.limits.maxBufferSize),
        storageUsage,
        arenaName,
      );
      this.generation++;
    });
  }

  chunk(i: number): GPUBuffer {
    return this.chunks[i];
  }

  destroy(): void {
    for (const chunk of this.chunks) chunk.destroy();
    this.chunks = [];
  }
}
