import type { DType, TypedArray } from './dtype';
import type { Explanation } from './explain';
import type { Ceilings } from './profile/ceilings';
import type { Tensor } from './tensor';

/** Where the elements of a realised tensor lie. Counted, because a parameter and its readers may share one. */
export interface Storage {
  retain(): void;
  release(): void;
  /** Bytes that this storage occupies on its device. */
  readonly bytes: number;
}

/** One call of a compiled function: bound once, replayed many times. */
export interface Replay {
  /** Runs the plan on these arguments and returns its outputs, realised. */
  run(args: readonly Tensor[]): Promise<Tensor[]>;
  dispose(): void;
}

/** What a trace hands to a backend: arguments, results, and the parameters that get a new value. */
export interface TracedFunction {
  readonly args: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly reads: ReadonlyMap<Tensor, ParameterCell>;
  readonly writes: ReadonlyMap<ParameterCell, Tensor>;
  /** Where its results live. */
  readonly device: Device;
}

/** What a backend needs of a parameter: its storage, to read and to write in place. */
export interface ParameterCell {
  /** The storage of the current version, realised if need be: by the backend whose turn it is, if one asks. */
  settle(realize?: (tensor: Tensor) => Promise<void>): Promise<Storage>;
  /** Tensors that share the storage of the current version and may still be held by somebody. */
  holders(): Tensor[];
  /** Says that the storage was overwritten: readers from now on see a new version. */
  advance(): void;
}

/** A device that is open: turns pending tensors into stored ones. */
export interface Backend {
  readonly kind: 'webgpu' | 'cpu';
  /** One line for a person: kind, adapter, driver. */
  readonly label: string;
  realize(tensors: readonly Tensor[]): Promise<void>;
  read(storage: Storage, dtype: DType, length: number): Promise<TypedArray>;
  /** A replayable plan; undefined where the backend runs the function as it stands. */
  compile?(traced: TracedFunction): Promise<Replay>;
  /** How it would compute pending tensors. */
  explain(tensors: readonly Tensor[]): Omit<Explanation, 'device' | 'unfusedBytes' | 'toString'>;
  /** From now on a workgroup walks so many rows of the loop with this key, where they fit; undefined where there is no choice. */
  tune?(key: string, rows: number): void;
  /** What `tune` was told, by key. */
  readonly tuned?: ReadonlyMap<string, number>;
  /** The most that it can do; undefined where that is not known. */
  measureCeilings?(): Promise<Ceilings>;
  close(): void;
}

/** A handle on a device that may still be opening; only asking for data waits for it. */
export class Device {
  private opened?: Promise<Backend>;

  constructor(private readonly open: () => Promise<Backend>) {}

  /** The open backend. Rejects with `DeviceUnavailableError` where there is none. */
  backend(): Promise<Backend> {
    return (this.opened ??= this.open());
  }

  /** Gives the device back; a process that closed its devices exits by itself. Tensors on it can no longer be read. */
  async close(): Promise<void> {
    if (this.opened) (await this.opened).close();
  }
}
