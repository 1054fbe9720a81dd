import type { Device, ParameterCell, Storage } from './device';
import type { DType } from './dtype';
import { DisposedError, shapeError } from './errors';
import type { Methods } from './methods';
import { sameShape, type Shape } from './shape';
import { Tensor } from './tensor';
import { activeTrace, noteAssignment } from './trace';

/** Copies a tensor, realises one: given by the ops, so that a parameter knows neither op nor device. */
export interface ParameterHooks {
  copy(tensor: Tensor): Tensor;
  realize(tensor: Tensor): Promise<void>;
}

let hooks: ParameterHooks;
/** @internal */
export const installParameterHooks = (given: ParameterHooks): void => void (hooks = given);

/** What a parameter is for. */
export interface ParameterOptions {
  /** False for a buffer: the model assigns it, optimisers leave it alone, checkpoints hold it. True unless said. */
  readonly isTrainable?: boolean;
}

/**
 * The one mutable thing: a cell with a version, holding a tensor, lazy or realised. Reading captures the version of
 * that moment; assigning makes a new one. Every op is a method too.
 */
export class Parameter implements ParameterCell {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly device: Device | undefined;
  /** Whether an optimiser may move it. */
  readonly isTrainable: boolean;
  /** Number of assignments so far. */
  version = 0;
  private pending: Tensor | undefined;
  private storage: Storage | undefined;
  private handle: WeakRef<Tensor> | undefined;
  private first: WeakRef<Tensor> | undefined;

  constructor(initial: Tensor, { isTrainable = true }: ParameterOptions = {}) {
    this.isTrainable = isTrainable;
    this.shape = initial.shape;
    this.dtype = initial.dtype;
    this.device = initial.device;
    this.pending = hooks.copy(initial);
  }

  /** The value at this moment, as an immutable tensor: later assignments do not change it. */
  read(): Tensor {
    return activeTrace()?.read(this) ?? this.snapshot();
  }

  /** Makes `value` the new version. Shape and dtype must stay. */
  assign(value: Tensor): void {
    if (!sameShape(value.shape, this.shape) || value.dtype !== this.dtype)
      throw shapeError('Parameter.assign', `a ${this.dtype} tensor of shape [${this.shape.join(', ')}]`, `${value}`);
    const trace = activeTrace();
    if (trace) return trace.assign(this, value);
    noteAssignment(this);
    this.storage?.release();
    this.storage = this.handle = this.first = undefined;
    this.pending = hooks.copy(value);
    this.version++;
  }

  /** @internal */
  async settle(realize = hooks.realize): Promise<Storage> {
    const { pending } = this;
    if (pending) {
      await realize(pending);
      if (this.pending === pending) this.adopt(pending); // else it was assigned meanwhile
      return this.settle(realize);
    }
    return this.storage!;
  }

  /** @internal What has to be realised before the parameter has a storage. */
  unsettled(): Tensor | undefined {
    return this.pending;
  }

  /** @internal */
  holders(): Tensor[] {
    const alive = [this.handle?.deref(), this.first?.deref()];
    return alive.filter((t): t is Tensor => t?.source.kind === 'stored' && t.source.storage === this.storage);
  }

  /** @internal */
  advance(): void {
    this.handle = this.first = undefined;
    this.version++;
  }

  /** Gives the memory back; reading afterwards is an error. */
  dispose(): void {
    this.storage?.release();
    this.storage = undefined;
    this.pending?.dispose();
  }

  /** One handle for each version, as long as anybody holds it: never the parameter's own tensor, for a handle may be disposed of. */
  private snapshot(): Tensor {
    const held = this.handle?.deref();
    if (held && held.source.kind !== 'disposed') return held;
    if (this.pending?.source.kind === 'stored') this.adopt(this.pending);
    const handle = this.pending ? hooks.copy(this.pending) : this.view();
    this.handle = new WeakRef(handle);
    return handle;
  }

  private view(): Tensor {
    if (!this.storage) throw new DisposedError('Parameter: it was disposed of before it was read');
    const tensor = new Tensor(this, { kind: 'placeholder', name: 'parameter' });
    this.storage.retain();
    tensor.store(this.storage);
    return tensor;
  }

  /** From now on the parameter holds the storage, and its first tensor only for as long as a handle is made of it. */
  private adopt(tensor: Tensor): void {
    if (tensor.source.kind !== 'stored') throw new Error(`Parameter: ${tensor} was not realised`);
    this.storage = tensor.source.storage;
    this.storage.retain();
    this.pending = undefined;
    if (this.handle?.deref()) this.first = new WeakRef(tensor);
    else tensor.dispose();
  }
}

export interface Parameter extends Methods {}

/** A parameter with this initial value. */
export const parameter = (initial: Tensor): Parameter => new Parameter(initial);

/** A parameter that its model assigns, such as a running mean, and no optimiser moves. */
export const buffer = (initial: Tensor): Parameter => new Parameter(initial, { isTrainable: false });

/** Those of the parameters that an optimiser may move: all but the buffers. */
export const trainable = (cells: Readonly<Record<string, Parameter>>): Record<string, Parameter> =>
  Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell.isTrainable));

/**
 * Every parameter and buffer reachable through fields, arrays and records, by path (`layers.0.weight`): the name in a checkpoint.
 * A parameter that is reached twice is listed once, under its first path. Nothing is cached.
 */
export function parameters(root: object): Record<string, Parameter> {
  const found: Record<string, Parameter> = {};
  const seen = new Set<unknown>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || seen.has(value) || value instanceof Tensor) return;
    seen.add(value);
    if (value instanceof Parameter) return void (found[path] = value);
    if (ArrayBuffer.isView(value)) return;
    for (const [key, item] of Object.entries(value)) visit(item, path === '' ? key : `${path}.${key}`);
  };
  visit(root, '');
  return found;
}
