import type { Affine, Condition } from './affine';
import type { Device } from './device';
import { type DType, type TypedArray, isFloat } from './dtype';
import { ShapeError } from './errors';
import type { GradOptions } from './grad';
import { Parameter } from './parameter';
import type { Shape } from './shape';
import { assertUsable, scalar, Tensor } from './tensor';

/** What every op takes: a number adopts the dtype of its partner. */
export type TensorLike = Tensor | Parameter | number | boolean;

/** What is known of a tensor before its elements are. */
export interface Meta {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A tensor on the host. */
export interface HostArray extends Meta {
  readonly data: TypedArray;
}

/** What a gradient rule sees of the node that it differentiates. */
export interface Applied<A = unknown> {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: A;
}

/** Where one part of a view's elements comes from: coordinates in an input, valid where every condition holds. */
export interface Piece {
  readonly input: number;
  readonly coords: readonly Affine[];
  readonly inside?: readonly Condition[];
}

/** How a dispatch of an op's own kernel looks: text by structure, numbers and grid by shape. */
export interface KernelStep {
  /** WGSL of `main`; buffers are `b0`, `b1` …, numbers `u(0)`, `u(1)` …; `workgroup` is its size. */
  readonly wgsl: string;
  readonly workgroup: number;
  /**
   * Workgroup arrays beside `main`. With them all invocations of a workgroup stay to the end, so that each reaches every barrier,
   * and `tile`, the number of the workgroup, stands in place of `i`.
   */
  readonly shared?: string;
  /** Buffers in binding order: inputs by index, the output, or scratch by name. */
  readonly buffers: readonly (number | 'output' | `scratch:${string}`)[];
  readonly numbers: readonly number[];
  /** Invocations wanted. */
  readonly invocations: number;
  /** Floating-point operations, roughly: long plans are cut into submissions by it. */
  readonly work: number;
}

/** The dispatches of an op's own kernel, and the buffers between them. */
export interface Kernel {
  readonly steps: readonly KernelStep[];
  /** Words (4 bytes) of each scratch buffer. */
  readonly scratch?: Readonly<Record<string, number>>;
}

/** How a device that compiles gets an op: as part of a larger kernel, as one of its own, or as other ops. */
export type Lowering<A = unknown> =
  | {
      readonly kind: 'elementwise';
      /** A WGSL expression of the operands; `index` is the element's flat index. */
      readonly wgsl: (operands: readonly string[], attrs: A, index: string, dtype: DType) => string;
      /** True where computing it twice costs more than storing it. */
      readonly costly?: boolean;
      readonly usesIndex?: boolean;
      /** Names of the WGSL helpers in `webgpu/prelude.ts` that the expression calls. */
      readonly helpers?: readonly string[];
    }
  | {
      readonly kind: 'movement';
      readonly pieces: (coords: readonly Affine[], attrs: A, inputs: readonly Shape[]) => readonly Piece[];
      /** The value where no piece is valid. */
      readonly fill?: (attrs: A) => number;
    }
  /** Rows of the first input by the numbers in the second: they melt into whoever reads them, as views do. */
  | { readonly kind: 'lookup' }
  | { readonly kind: 'reduce'; readonly combine: 'sum' | 'max' | 'min'; readonly axes: (attrs: A) => readonly number[] }
  | { readonly kind: 'contract'; readonly dims: (attrs: A) => ContractDims }
  | { readonly kind: 'kernel'; readonly kernel: (inputs: readonly Meta[], attrs: A, isSoftware: boolean) => Kernel }
  | { readonly kind: 'composite'; readonly expand: (inputs: readonly Tensor[], attrs: A) => Tensor }
  | { readonly kind: 'scan' }
  | { readonly kind: 'loop' }
  | { readonly kind: 'identity' };

/** Which axes of two operands are batched and which are summed over; the result is [batch, free of a, free of b]. */
export interface ContractDims {
  readonly batch: readonly [readonly number[], readonly number[]];
  readonly contract: readonly [readonly number[], readonly number[]];
}

/** Nodes of one op with an equal key that are results of one run. */
export interface Family<A> {
  readonly key: (attrs: A, inputs: readonly Tensor[]) => string;
  /** Fills the result of each member, where all of them cost no more than one. Their inputs are the same. */
  readonly reference?: (inputs: readonly HostArray[], attrs: readonly A[], outs: readonly HostArray[]) => void;
  /** The gradient of each input, for the members' cotangents (undefined where nobody reads a member). */
  readonly vjp: (
    dys: readonly (Tensor | undefined)[],
    members: readonly Applied<A>[],
    options: GradOptions,
  ) => readonly (Tensor | undefined)[];
}

/** Equal for results of one run; undefined for an op without a family. */
export const familyKey = ({ op, inputs, attrs }: Pick<Applied, 'inputs' | 'attrs'> & { readonly op: Op }) =>
  op.family?.key(attrs, inputs);

/** Equal for equal inputs. */
export const idsOf = (inputs: readonly Tensor[]): string => inputs.map((input) => input.id).join();

/** An op is one record: the specification, the gradient and the way to the GPU side by side. */
export interface Op<A = unknown> {
  readonly name: string;
  /** Shape and dtype of the result; raises `ShapeError` naming the op and the shapes. */
  readonly infer: (inputs: readonly Meta[], attrs: A) => Meta;
  /** The specification, in double precision: fills `out.data`. */
  readonly reference: (inputs: readonly HostArray[], attrs: A, out: HostArray) => void;
  /** A cache-friendly form of the reference for the CPU device, tested equal to it. */
  readonly fast?: (inputs: readonly HostArray[], attrs: A, out: HostArray) => void;
  /** The gradient of each input, as a graph of ops; undefined where there is none. `options` are those of the whole gradient. */
  readonly vjp?: (dy: Tensor, node: Applied<A>, options?: GradOptions) => readonly (Tensor | undefined)[];
  /** For an op with several results. */
  readonly family?: Family<A>;
  readonly lowering: Lowering<A>;
}

/** A node that applies `op`. Shapes and dtypes are checked here, at the public door, and nowhere below. */
export function apply<A>(op: Op<A>, inputs: readonly TensorLike[], attrs: A): Tensor {
  const tensors = operands(op.name, inputs);
  const device = commonDevice(op.name, tensors);
  const meta = op.infer(tensors, attrs);
  return new Tensor({ ...meta, device }, { kind: 'op', op: op as Op, inputs: tensors, attrs });
}

/** Reads parameters and gives numbers the dtype of the first tensor beside them (`f32` where there is none). */
export function operands(where: string, inputs: readonly TensorLike[]): Tensor[] {
  const read = inputs.map((input) => (input instanceof Parameter ? input.read() : input));
  const partner = read.find((input): input is Tensor => input instanceof Tensor);
  const dtype = partner?.dtype ?? (read.every((input) => typeof input === 'boolean') ? 'bool' : 'f32');
  return read.map((input) => toTensor(where, input, dtype));
}

function toTensor(where: string, input: Tensor | number | boolean, dtype: DType): Tensor {
  if (input instanceof Tensor) {
    assertUsable(input, where);
    return input;
  }
  if (typeof input !== 'number' && typeof input !== 'boolean')
    throw new ShapeError(`${where}: expected a tensor, a parameter or a number, got ${describe(input)}`);
  if (!isFloat(dtype) && !Number.isInteger(Number(input)))
    throw new ShapeError(
      `${where}: ${input} is not a whole number and its partner is ${dtype}; cast the tensor to f32`,
    );
  return scalar(Number(input), dtype);
}

const describe = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array (wrap it in tensor())' : typeof value;

/** One tensor of a `TensorLike`. */
export const asTensor = (input: TensorLike): Tensor => operands('tensor', [input])[0];

function commonDevice(where: string, tensors: readonly Tensor[]): Device | undefined {
  const devices = new Set(tensors.map((t) => t.device).filter((device) => device !== undefined)); // who names none adopts its partner's
  if (devices.size > 1)
    throw new ShapeError(`${where}: operands live on different devices; move one with data() and tensor()`);
  return [...devices][0];
}

/** The dtype that all inputs share, or a `ShapeError`. */
export function sameDType(where: string, inputs: readonly Meta[]): DType {
  const [first, ...rest] = inputs;
  const other = rest.find((input) => input.dtype !== first.dtype);
  if (other)
    throw new ShapeError(
      `${where}: expected operands of one dtype, got ${first.dtype} and ${other.dtype}; cast one of them`,
    );
  return first.dtype;
}
