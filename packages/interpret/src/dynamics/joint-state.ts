import { add, concat, Parameter, reshape, type Shape, shapeError, slice, Tensor } from '@hairpin/tensors';

/** The tensors of a state as one vector, [batch, width]: for an LSTM h and c side by side. */
export interface JointState<S> {
  readonly width: number;
  /** Path and width of each tensor, in the order in which they lie in the vector. */
  readonly parts: readonly { readonly path: string; readonly width: number }[];
  /** A nest of [...lead, …] → [...lead, width] */
  pack(state: unknown): Tensor;
  /** [...lead, width] → the nest of [...lead, …] */
  unpack(joint: Tensor): S;
  /** The same state, its keys in the order of the first one. */
  order(state: unknown): S;
  /** Tensor by tensor. */
  add(a: S, b: S): S;
}

/** How the state `like`, a nest of [batch, …], lies in one vector. */
export function jointState<S>(where: string, like: S): JointState<S> {
  const shapes = new Map(entriesOf(where, like).map(([path, { shape }]) => [path, shape.slice(1)]));
  const parts = [...shapes].map(([path, shape]) => ({ path, width: sizeOf(shape) }));
  const order = (state: unknown) => {
    const found = new Map(entriesOf(where, state));
    return rebuild(like, (path) => found.get(path) ?? missing(where, path)) as S;
  };
  const pack = (state: unknown) => {
    const leaves = entriesOf(where, order(state)).map(([path, leaf]) => flat(leaf, shapes.get(path)!));
    return leaves.length === 1 ? leaves[0] : concat(leaves, leaves[0].shape.length - 1);
  };
  const unpack = (joint: Tensor) => {
    const [lead, first] = [joint.shape.slice(0, -1), joint.shape.slice(0, -1).map(() => 0)];
    const leaves = new Map<string, Tensor>();
    let at = 0;
    for (const { path, width } of parts) {
      const part = parts.length === 1 ? joint : slice(joint, [...first, at], [...lead, at + width]);
      leaves.set(path, reshape(part, [...lead, ...shapes.get(path)!]));
      at += width;
    }
    return rebuild(like, (path) => leaves.get(path)!) as S;
  };
  const plus = (a: S, b: S) => {
    const added = new Map(entriesOf(where, b));
    const sums = new Map(entriesOf(where, a).map(([path, leaf]) => [path, add(leaf, added.get(path)!)]));
    return rebuild(like, (path) => sums.get(path)!) as S;
  };
  return { width: parts.reduce((sum, part) => sum + part.width, 0), parts, pack, unpack, order, add: plus };
}

const sizeOf = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);

function missing(where: string, path: string): never {
  throw shapeError(where, `the step to return a state with the tensors of the first one`, `none at "${path}"`);
}

/** What follows the leading axes becomes one axis. */
function flat(leaf: Tensor, own: Shape): Tensor {
  return reshape(leaf, [...leaf.shape.slice(0, leaf.shape.length - own.length), sizeOf(own)]);
}

function entriesOf(where: string, nest: unknown, path = ''): [string, Tensor][] {
  if (nest instanceof Tensor) return [[path, nest]];
  if (nest instanceof Parameter) return [[path, nest.read()]];
  if (typeof nest !== 'object' || nest === null)
    throw shapeError(where, `a state of tensors`, `${nest === null ? 'null' : typeof nest} at "${path}"`);
  return Object.entries(nest).flatMap(([key, item]) => entriesOf(where, item, below(path, key)));
}

function rebuild(nest: unknown, leaf: (path: string) => Tensor, path = ''): unknown {
  if (nest instanceof Tensor || nest instanceof Parameter) return leaf(path);
  const entries = Object.entries(nest as object).map(([key, item]) => [key, rebuild(item, leaf, below(path, key))]);
  return Array.isArray(nest) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

const below = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
