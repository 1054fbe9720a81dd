import { isFloat } from './dtype';
import { HairpinError, shapeError, UnsupportedRule } from './errors';
import { pendingInputs, topological } from './graph';
import { flattenNest, mapNest } from './nest';
import { type Applied, apply, type ContractDims, familyKey, type Op } from './op';
import { add, copy } from './ops/elementwise';
import { onesLike, zerosLike } from './ops/generate';
import { concat } from './ops/join';
import { slice } from './ops/movement';
import { Parameter } from './parameter';
import { formatShape } from './shape';
import { Tensor } from './tensor';

/** Both sides of a node: at the input and, with `baseline`, at the baseline input. */
export interface RuleNode {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: unknown;
  /** The node at the baseline; absent where no baseline was given. */
  readonly baseline?: { readonly inputs: readonly Tensor[]; readonly output: Tensor };
  /** The op's own gradient, for a rule that only sometimes differs; at other `inputs` of the same shapes where they are given. */
  readonly usual: (dy: Tensor, inputs?: readonly Tensor[]) => readonly (Tensor | undefined)[];
}

/** A replaced backward rule: cotangents of the inputs for the cotangent of the output. */
export type Rule = (dy: Tensor, node: RuleNode) => readonly (Tensor | undefined)[];

/** What a backward pass does otherwise than usual. */
export interface GradOptions {
  /** Backward rules by op name; all others stay as they are. */
  readonly rules?: Readonly<Record<string, Rule>>;
  /**
   * A second input, of the shape of the first argument (one tensor, batch first). Function and rules then see both
   * as the two halves of one batch, and the gradient is that of the first half.
   */
  readonly baseline?: Tensor;
}

/** For a nest of tensors and parameters, the nest of their gradients. */
export type GradientOf<W> = W extends Tensor | Parameter ? Tensor : { [K in keyof W]: GradientOf<W[K]> };

/** A function's value and gradient. */
export interface ValueAndGrad<W> {
  readonly value: Tensor;
  readonly grad: GradientOf<W>;
  /** The value at the baseline, where one was given. */
  readonly baseline?: Tensor;
}

type Differentiable<W, A extends unknown[]> = (wrt: W, ...rest: A) => Tensor;

/** f's value and its gradient with respect to the first argument: a tensor, a parameter, or a nest of them. f returns one number. */
export function valueAndGrad<W, A extends unknown[]>(f: Differentiable<W, A>, options: GradOptions = {}) {
  return (wrt: W, ...rest: A): ValueAndGrad<W> => {
    if (options.baseline) return doubled(f, wrt, rest, options);
    const { value, pullback } = vjp(f, wrt, ...rest);
    if (value.size !== 1) throw shapeError('grad', 'a function that returns one number', value.shape);
    return { value, grad: pullback(onesLike(value), options) };
  };
}

/** The gradient of f (one number) with respect to its first argument. */
export function grad<W, A extends unknown[]>(
  f: Differentiable<W, A>,
  options: GradOptions = {},
): (wrt: W, ...rest: A) => GradientOf<W> {
  return (wrt, ...rest) => valueAndGrad(f, options)(wrt, ...rest).grad;
}

/** f's value, and the map from a cotangent of the value to the cotangent of the first argument. */
export function vjp<W, A extends unknown[]>(f: Differentiable<W, A>, wrt: W, ...rest: A) {
  const own = mapNest(wrt, (leaf) => (leaf instanceof Tensor ? copy(leaf) : leaf)) as W; // the same tensor captured elsewhere is a constant
  const variables = flattenNest(own).map(variableOf);
  const value = f(own, ...rest);
  if (!(value instanceof Tensor))
    throw new HairpinError(`grad: expected a function that returns a tensor, got ${typeof value}`);
  const path = pathTo([value], new Set(variables));
  const pullback = (dy: Tensor, options: GradOptions = {}): GradientOf<W> => {
    const cotangents = backward(path, new Map([[value, dy]]), options);
    const gradients = variables.map((x) => cotangents.get(x) ?? zerosLike(x)); // what no path reaches gets zeros
    let at = 0;
    return mapNest(own, () => gradients[at++]) as GradientOf<W>;
  };
  return { value, pullback };
}

function variableOf(leaf: unknown): Tensor {
  const tensor = leaf instanceof Parameter ? leaf.read() : leaf;
  if (!(tensor instanceof Tensor))
    throw new HairpinError(`grad: expected tensors or parameters as first argument, got ${typeof leaf}`);
  if (!isFloat(tensor.dtype)) throw shapeError('grad', 'floats as first argument', `${tensor}`);
  return tensor;
}

/** What a node was made of, noted when the function ran: once realised, a node forgets it. */
export interface Step extends Applied {
  readonly op: Op;
}

/** All that depends on the variables and leads to a result. */
export interface Path {
  /** Each before what it was made of. */
  readonly steps: readonly Step[];
  readonly nodes: ReadonlySet<Tensor>;
}

/** How a backward pass meets one step: cotangents of its inputs for that of its output. */
type Meet = (step: Step, dy: Tensor) => Cotangents;

/** Walks a path backwards and adds up cotangents. `meet` is the usual gradient, or the rules of `options`, unless said. */
export function backward(
  path: Path,
  cotangents: Map<Tensor, Tensor>,
  options: GradOptions,
  meet: Meet = (step, dy) => gradientsOf(step, dy, options, path.nodes),
): Map<Tensor, Tensor> {
  const left = familiesIn(path.steps);
  const addAll = (step: Step, found: Cotangents) =>
    found.forEach((dx, i) => {
      const input = step.inputs[i];
      if (dx && path.nodes.has(input)) cotangents.set(input, accumulate(cotangents.get(input), dx));
    });
  for (const step of path.steps) {
    const family = left.get(familyKey(step));
    if (family) {
      if (family.at(-1) !== step) continue; // all members at once, when the cotangent of each is complete
      const dys = family.map((member) => cotangents.get(member.output));
      if (dys.some((dy) => dy !== undefined)) addAll(step, step.op.family!.vjp(dys, family, options));
      continue;
    }
    const dy = cotangents.get(step.output);
    if (dy) addAll(step, meet(step, dy));
  }
  return cotangents;
}

/** The members of each family, in the order of the steps. */
function familiesIn(steps: readonly Step[]): Map<string | undefined, Step[]> {
  const families = new Map<string | undefined, Step[]>();
  for (const step of steps) {
    const key = familyKey(step);
    if (key !== undefined) families.set(key, [...(families.get(key) ?? []), step]);
  }
  return families;
}

const accumulate = (soFar: Tensor | undefined, dx: Tensor): Tensor => (soFar ? add(soFar, dx) : dx);

/** The paths from the variables to the roots. */
export function pathTo(roots: readonly Tensor[], variables: ReadonlySet<Tensor>): Path {
  const inputsOf = (node: Tensor) => (variables.has(node) ? [] : pendingInputs(node));
  const nodes = new Set(variables);
  const steps: Step[] = [];
  for (const output of topological(roots, inputsOf)) {
    if (output.source.kind !== 'op' || !inputsOf(output).some((x) => nodes.has(x))) continue;
    nodes.add(output);
    steps.push({ output, ...output.source });
  }
  return { steps: steps.reverse(), nodes };
}

type Cotangents = readonly (Tensor | undefined)[];

/** Cotangents of a step's inputs. A `baseline` that is known already is the step over other rows. */
export function gradientsOf(
  step: Step,
  dy: Tensor,
  options: GradOptions,
  onPath: ReadonlySet<Tensor>,
  other?: RuleNode['baseline'],
): Cotangents {
  const { op, inputs, output, attrs } = step;
  const { rules = {}, baseline } = options;
  const usual: RuleNode['usual'] = (d, own) => op.vjp?.(d, own ? again(step, own) : step, options) ?? [];
  const rule = rules[op.name];
  if (!rule) return usual(dy);
  if (other || !baseline) return rule(dy, { inputs, output, attrs, usual, ...(other && { baseline: other }) });
  return onHalves(rule, dy, step, halvesOf(step, baseline.shape[0], onPath), usual);
}

/** The step over other inputs. */
const again = ({ op, attrs }: Step, inputs: readonly Tensor[]): Step => {
  return { op, attrs, inputs, output: apply(op, inputs, attrs) };
};

/** How the batch lies in a step's tensors: first the inputs' rows, then the baselines'. */
interface Halves {
  readonly isDoubled: (t: Tensor) => boolean;
  readonly first: (t: Tensor) => Tensor;
  readonly second: (t: Tensor) => Tensor;
}

function halvesOf({ op, inputs, output, attrs }: Step, batch: number, onPath: ReadonlySet<Tensor>): Halves {
  const isBatched = (t: Tensor) => t.shape.length > 0 && t.shape[0] > 0 && t.shape[0] % (2 * batch) === 0;
  if (!isBatched(output))
    throw new UnsupportedRule(
      `${op.name}: a rule with a baseline needs the batch on axis 0, got shape ${formatShape(output.shape)}`,
    );
  // Beside the path lie weights, whose first axis may have the batch's length by chance, and tensors tiled with the input.
  const isTiled = (t: Tensor) => t.shape.length === output.shape.length && t.shape[0] === output.shape[0];
  const mayBeTiled = op.lowering.kind !== 'contract' && op.lowering.kind !== 'composite';
  const isBatchOfProduct = (t: Tensor) =>
    op.lowering.kind === 'contract' && (attrs as ContractDims).batch[inputs.indexOf(t)]?.includes(0);
  const isDoubled = (t: Tensor) =>
    isBatched(t) && (onPath.has(t) || (mayBeTiled && isTiled(t)) || isBatchOfProduct(t) === true);
  return {
    isDoubled,
    first: (t) => (isDoubled(t) ? slice(t, [0], [t.shape[0] / 2]) : t),
    second: (t) => (isDoubled(t) ? slice(t, [t.shape[0] / 2]) : t),
  };
}

/** Gives a rule the two halves of a doubled batch, and its answer to both. */
function onHalves(rule: Rule, dy: Tensor, step: Step, halves: Halves, usual: RuleNode['usual']): Cotangents {
  const { inputs, output, attrs } = step;
  const { isDoubled, first, second } = halves;
  const both = (d: Tensor) => concat([d, d], 0);
  const upper = (d: Tensor) => slice(d, [0], [d.shape[0] / 2]);
  const answers = rule(upper(dy), {
    inputs: inputs.map(first),
    output: first(output),
    attrs,
    baseline: { inputs: inputs.map(second), output: second(output) },
    usual: (d, own) =>
      own ? usual(d, own) : usual(both(d)).map((dx, i) => dx && (isDoubled(inputs[i]) ? upper(dx) : dx)),
  });
  return answers.map((dx, i) => dx && (isDoubled(inputs[i]) ? both(dx) : dx));
}

/** Input and baseline as one batch of 2B; the gradient of the first half. */
function doubled<W, A extends unknown[]>(f: Differentiable<W, A>, wrt: W, rest: A, options: GradOptions) {
  const baseline = options.baseline!;
  if (!(wrt instanceof Tensor)) throw new UnsupportedRule('grad: a baseline needs a single tensor as first argument');
  const both = concat([wrt, baseline], 0);
  const { value, pullback } = vjp(f as unknown as Differentiable<Tensor, A>, both, ...rest);
  if (value.shape[0] !== both.shape[0] || value.size !== value.shape[0])
    throw shapeError(
      'grad with a baseline',
      `a function that returns one number for each of the ${both.shape[0]} rows`,
      value.shape,
    );
  const dx = pullback(onesLike(value), options);
  const batch = wrt.shape[0];
  const [first, second] = [slice(value, [0], [batch]), slice(value, [batch])];
  return { value: first, grad: slice(dx, [0], [batch]) as GradientOf<W>, baseline: second };
}
