import type { Device, Replay } from './device';
import { HairpinError, ShapeError } from './errors';
import { flattenNest, mapNest } from './nest';
import { Parameter } from './parameter';
import { defaultDevice } from './open-device';
import { realize } from './realize';
import { scalar, Tensor } from './tensor';
import { activeTrace, recordAssignments, Trace, tracing } from './trace';

/** A compiled function: call it like the function, await the result. */
export type Compiled<A extends unknown[], R> = ((...args: A) => Promise<R>) & {
  /** Gives the memory of all plans back. */
  dispose(): void;
  /** How many plans it holds: one for each key met so far, the least recently used ones dropped. */
  readonly plans: number;
};

/** Plans kept for one function: lengths are padded to at most eight, times the last batch, times training or not. */
const maxPlans = 32;

interface Plan {
  readonly replay: Replay;
  readonly trace: Trace;
  /** The result's nest, its tensors replaced by their numbers. */
  readonly result: unknown;
  readonly numbers: number[];
}

/**
 * Traces f once for each key and replays the plan. The key is the shapes, dtypes and structure of the arguments, and every
 * boolean, string and object in them; numbers become scalars of the step, numbers captured from outside are constants.
 * Parameters are read and assigned inside. f must not ask for data. The uncompiled call gives the same numbers.
 */
export function compile<A extends unknown[], R>(f: (...args: A) => R): Compiled<A, R> {
  const plans = new Map<string, Promise<Plan | undefined>>();
  const call = (...args: A): Promise<R> => {
    if (activeTrace())
      throw new HairpinError('compile: a compiled function was called inside another; call the plain function there');
    return run(args);
  };
  const run = async (args: A): Promise<R> => {
    const leaves = flattenNest(args);
    const named = deviceOf(leaves);
    if (named && !(await named.backend()).compile) return runEagerly(f, args);
    const plan = await recent(plans, keyOf(args), () => trace(f, args, named));
    return plan ? ((await replay(plan, leaves)) as R) : runEagerly(f, args);
  };
  const dispose = () => {
    for (const plan of plans.values()) void plan.then((made) => made?.replay.dispose());
    plans.clear();
  };
  return Object.defineProperty(Object.assign(call, { dispose }), 'plans', { get: () => plans.size }) as Compiled<A, R>;
}

/** The first device that a tensor or parameter names. */
const deviceOf = (values: Iterable<unknown>): Device | undefined =>
  [...values]
    .map((value) => (value instanceof Tensor || value instanceof Parameter ? value.device : undefined))
    .find((device) => device !== undefined);

/** The entry of a bounded least-recently-used map, made where it is missing. */
async function recent(
  plans: Map<string, Promise<Plan | undefined>>,
  key: string,
  make: () => Promise<Plan | undefined>,
): Promise<Plan | undefined> {
  const entry = plans.get(key) ?? make();
  plans.delete(key);
  plans.set(key, entry);
  entry.catch(() => plans.delete(key));
  const [oldest] = plans.keys();
  if (plans.size > maxPlans) {
    void plans.get(oldest)!.then((made) => made?.replay.dispose());
    plans.delete(oldest);
  }
  return entry;
}

/** The plan of one key; undefined where the device has nothing to compile. */
async function trace<A extends unknown[], R>(
  f: (...args: A) => R,
  args: A,
  named: Device | undefined,
): Promise<Plan | undefined> {
  const trace = new Trace();
  const inputs: Tensor[] = [];
  const numbers: number[] = [];
  const own = mapNest(args, (leaf) => {
    if (leaf instanceof Tensor) return put(inputs, new Tensor(leaf, { kind: 'placeholder', name: 'argument' }));
    if (typeof leaf !== 'number') return leaf;
    const at = numbers.push(leaf) - 1;
    return scalar(() => numbers[at], 'f32');
  }) as A;
  const returned = tracing(trace, () => f(...own));
  if (returned instanceof Promise)
    throw new HairpinError('compile: the function must not be async; await the compiled call instead');
  const outputs: Tensor[] = [];
  const result = mapNest(returned, (leaf) => {
    const value = leaf instanceof Parameter ? trace.read(leaf) : leaf;
    return value instanceof Tensor ? { tensor: outputs.push(value) - 1 } : value;
  });
  const device = named ?? deviceOf([...trace.reads.values(), ...trace.writes.keys(), ...outputs]) ?? defaultDevice();
  const backend = await device.backend();
  if (!backend.compile) return undefined;
  return { replay: await backend.compile(trace.finish(inputs, outputs, device)), trace, result, numbers };
}

function put<T>(list: T[], item: T): T {
  list.push(item);
  return item;
}

async function replay({ replay, trace, result, numbers }: Plan, leaves: readonly unknown[]): Promise<unknown> {
  const values = leaves.filter((leaf): leaf is number => typeof leaf === 'number');
  values.forEach((value, i) => (numbers[i] = value));
  const running = replay.run(leaves.filter((leaf): leaf is Tensor => leaf instanceof Tensor)); // reads the numbers at once
  trace.advance();
  return mapResult(result, await running);
}

const isOutput = (value: unknown): value is { tensor: number } =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'tensor';

function mapResult(result: unknown, outputs: readonly Tensor[]): unknown {
  if (isOutput(result)) return outputs[result.tensor];
  if (Array.isArray(result)) return result.map((item) => mapResult(item, outputs));
  if (typeof result !== 'object' || result === null || Object.getPrototypeOf(result) !== Object.prototype)
    return result;
  return Object.fromEntries(Object.entries(result).map(([key, item]) => [key, mapResult(item, outputs)]));
}

/** Where a device has nothing to compile: the function itself, its results and assigned parameters realised. */
async function runEagerly<A extends unknown[], R>(f: (...args: A) => R, args: A): Promise<R> {
  const { result, assigned } = recordAssignments(() => f(...args));
  if (result instanceof Promise)
    throw new HairpinError('compile: the function must not be async; await the compiled call instead');
  const tensors = flattenNest(result).filter((leaf): leaf is Tensor => leaf instanceof Tensor);
  await realize(...tensors, ...[...assigned].filter((cell): cell is Parameter => cell instanceof Parameter));
  return result;
}

let nextIdentity = 0;
const identities = new WeakMap<object, number>();

/** Structure, shapes and dtypes of the arguments; objects count by identity, numbers only by their presence. */
function keyOf(args: readonly unknown[]): string {
  const parts: string[] = [];
  mapNest(args, (leaf, path) => parts.push(`${path}:${leafKey(leaf)}`));
  return parts.join(';');
}

function leafKey(leaf: unknown): string {
  if (leaf instanceof Tensor) return `${leaf.dtype}[${leaf.shape.join()}]`;
  if (typeof leaf === 'number') return 'number';
  if (typeof leaf === 'symbol') throw new ShapeError('compile: an argument must not be a symbol');
  if ((typeof leaf !== 'object' && typeof leaf !== 'function') || leaf === null)
    return `${typeof leaf} ${JSON.stringify(leaf)}`;
  if (!identities.has(leaf)) identities.set(leaf, nextIdentity++);
  return `object ${identities.get(leaf)}`;
}
