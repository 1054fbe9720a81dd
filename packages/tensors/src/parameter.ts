import type { Device, ParameterCell, Storage } from './device';
import type { DType } from './dtype';
import { shapeError } from './errors';
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

/**
 * The one mutable thing: a cell with a version, holding a tensor, lazy or realised. Reading captures the version of
 * that moment; assigning makes a new one. Every op is a method too.
 */
export class Parameter implements ParameterCell {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly device: Device | undefined;
  /** Number of assignments so far. */
  version = 0;
  private pending: Tensor | undefined;
  private storage: Storage | undefined;
  private handle: WeakRef<Tensor> | undefined;

  constructor(initial: Tensor) {
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
    this.storage = this.handle = undefined;
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

  /** @internal */
  holder(): Tensor | undefined {
    const held = this.handle?.deref();
    return held?.source.kind === 'stored' ? held : undefined;
  }

  /** @internal */
  advance(): void {
    this.handle = undefined;
    this.version++;
  }

  /** Gives the memory back; reading afterwards is an error. */
  dispose(): void {
    this.storage?.release();
    this.storage = undefined;
    this.pending?.dispose();
  }

  private snapshot(): Tensor {
    if (this.pending && this.pending.source.kind !== 'stored') return this.handOut(this.pending);
    if (this.pending) this.adopt(this.pending);
    const held = this.holder();
    if (held) return held;
    const tensor = new Tensor(this, { kind: 'placeholder', name: 'parameter' });
    this.storage!.retain();
    tensor.store(this.storage!);
    return this.handOut(tensor);
  }

  private handOut(tensor: Tensor): Tensor {
    this.handle = new WeakRef(tensor);
    return tensor;
  }

  /** From now on the parameter holds the storage, and the tensor only for as long as somebody else does. */
  private adopt(tensor: Tensor): void {
    if (tensor.source.kind !== 'stored') throw new Error(`Parameter: ${tensor} was not realised`);
    this.storage = tensor.source.storage;
    this.storage.retain();
    if (!this.handle) tensor.dispose(); // nobody else ever saw it
    this.pending = undefined;
  }
}

export interface Parameter extends Methods {}

/** A parameter with this initial value. */
export const parameter = (initial: Tensor): Parameter => new Parameter(initial);

/**
 * Every parameter reachable through fields, arrays and records, by path (`layers.0.weight`): the name in a checkpoint.
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
