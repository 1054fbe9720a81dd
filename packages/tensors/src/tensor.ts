import type { Device, Storage } from './device';
import type { DType, TypedArray } from './dtype';
import { DisposedError } from './errors';
import type { Methods } from './methods';
import type { Op } from './op';
import { formatShape, type Shape, size } from './shape';

/** Where a tensor's elements come from. It changes once, from pending to stored, and once more when disposed of. */
export type Source =
  | { readonly kind: 'op'; readonly op: Op; readonly inputs: readonly Tensor[]; readonly attrs: unknown }
  | { readonly kind: 'host'; readonly data: TypedArray }
  | { readonly kind: 'stored'; readonly storage: Storage }
  | { readonly kind: 'scalar'; readonly value: number | (() => number) }
  | { readonly kind: 'placeholder'; readonly name: string }
  | { readonly kind: 'disposed' };

/**
 * An immutable handle on a node of a lazy graph. Nothing runs until data is asked for: `await x.data()`,
 * `await x.item()`, `await realize(x, y)`. Every op is a method too: `x.matmul(w).add(b)`.
 */
export class Tensor {
  readonly shape: Shape;
  readonly dtype: DType;
  /** The device that the tensor was made for; undefined means the default device. */
  readonly device: Device | undefined;
  /** @internal Unique and increasing: inputs have smaller ids than what is made of them. */
  readonly id = nextId++;
  /** @internal */
  source: Source;

  /** @internal */
  constructor(meta: { shape: Shape; dtype: DType; device?: Device | undefined }, source: Source) {
    this.shape = meta.shape;
    this.dtype = meta.dtype;
    this.device = meta.device;
    this.source = source;
  }

  /** Number of elements. */
  get size(): number {
    return size(this.shape);
  }

  /** @internal Takes over one count of `storage`, and gives it back when the handle is disposed of or collected. */
  store(storage: Storage): void {
    this.source = { kind: 'stored', storage };
    collected.register(this, storage, this);
  }

  /** @internal Lets go of a storage without releasing it, for a new one. */
  restore(storage: Storage): void {
    collected.unregister(this);
    this.store(storage);
  }

  /** Gives the memory back now. Using the tensor afterwards raises `DisposedError`. */
  dispose(): void {
    if (this.source.kind === 'stored') {
      collected.unregister(this);
      this.source.storage.release();
    }
    this.source = { kind: 'disposed' };
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  toString(): string {
    return `Tensor(${this.dtype}${formatShape(this.shape)})`;
  }
}

export interface Tensor extends Methods {}

let nextId = 0;

// What nobody can reach any more is released here, at the latest.
const collected = new FinalizationRegistry<Storage>((storage) => storage.release());

/** Raises `DisposedError` for a tensor that was disposed of. */
export function assertUsable(tensor: Tensor, where: string): void {
  if (tensor.source.kind === 'disposed')
    throw new DisposedError(`${where}: ${tensor} was disposed of before it was used`);
}

/** A 0-d tensor for a number; it has no device and adopts that of its partner. */
export function scalar(value: number | (() => number), dtype: DType): Tensor {
  return new Tensor({ shape: [], dtype }, { kind: 'scalar', value });
}

/** The number behind a scalar at this moment. */
export const scalarValue = (source: Source & { kind: 'scalar' }): number =>
  typeof source.value === 'number' ? source.value : source.value();
