import { isFloat } from './dtype';
import { HairpinError, shapeError, UnsupportedRule } from './errors';
import { flattenNest, mapNest } from './nest';
import { add, copy } from './ops/elementwise';
import { onesLike, zerosLike } from './ops/generate';
import { concat, slice } from './ops/movement';
import { Parameter } from './parameter';
import { Tensor } from './tensor';

/** Both sides of a node: at the input and, with `baseline`, at the baseline input. */
export interface RuleNode {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: unknown;
  /** The node at the baseline; absent where no baseline was given. */
  readonly baseline?: { readonly inputs: readonly Tensor[]; readonly output: Tensor };
  /** The op's own gradient, for a rule that only sometimes differs. */
  readonly usual: (dy: Tensor) => readonly (Tensor | undefined)[];
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

type Differentiable<W, A extends unknown[]> = (wrt: W, ...rest: A) => Tensor;

/** f's value and its gradient with respect to the first argument: a tensor, a parameter, or a nest of them. f returns one number. */
export function valueAndGrad<W, A extends unknown[]>(f: Differentiable<W, A>, options: GradOptions = {}) {
  return (wrt: W, ...rest: A): { value: Tensor; grad: GradientOf<W> } => {
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
  const pullback = (dy: Tensor, options: GradOptions = {}): GradientOf<W> => {
    const cotangents = backward(value, dy, variables, options);
    let at = 0;
    return mapNest(own, () => cotangents[at++]) as GradientOf<W>;
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

/** Walks the graph from y back to the variables, adding up cotangents; what no path reaches gets zeros. */
function backward(y: Tensor, dy: Tensor, variables: readonly Tensor[], options: GradOptions): Tensor[] {
  const cotangents = new Map<Tensor, Tensor>([[y, dy]]);
  const stops = new Set(variables);
  for (const node of pathsTo(y, stops)) {
    const cotangent = cotangents.get(node);
    if (!cotangent || stops.has(node) || node.source.kind !== 'op') continue;
    const { inputs } = node.source;
    ruleFor(
      node,
      options,
    )(cotangent).forEach((dx, i) => {
      if (dx) cotangents.set(inputs[i], accumulate(cotangents.get(inputs[i]), dx));
    });
  }
  return variables.map((x) => cotangents.get(x) ?? zerosLike(x));
}

const accumulate = (so_far: Tensor | undefined, dx: Tensor): Tensor => (so_far ? add(so_far, dx) : dx);

/** The nodes on some path from y to a stop, each before its inputs. */
function pathsTo(y: Tensor, stops: ReadonlySet<Tensor>): Tensor[] {
  const reaches = new Map<Tensor, boolean>();
  const order: Tensor[] = [];
  const stack: Tensor[] = [y];
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    const inputs = node.source.kind === 'op' && !stops.has(node) ? node.source.inputs : [];
    const next = inputs.find((input) => !reaches.has(input));
    if (next) {
      stack.push(next);
      continue;
    }
    stack.pop();
    if (reaches.has(node)) continue;
    reaches.set(node, stops.has(node) || inputs.some((input) => reaches.get(input)));
    if (reaches.get(node)) order.push(node);
  }
  return order.reverse();
}

function ruleFor(node: Tensor, { rules = {}, baseline }: GradOptions): (dy: Tensor) => readonly (Tensor | undefined)[] {
  if (node.source.kind !== 'op') return () => [];
  const { op, inputs, attrs } = node.source;
  const usual = (dy: Tensor) => op.vjp?.(dy, { inputs, output: node, attrs }) ?? [];
  const rule = rules[op.name];
  if (!rule) return usual;
  if (!baseline) return (dy) => rule(dy, { inputs, output: node, attrs, usual });
  return (dy) => onHalves(rule, dy, node, inputs, attrs, baseline.shape[0], usual);
}

/** Gives a rule the two halves of a doubled batch, and its answer to both. */
function onHalves(
  rule: Rule,
  dy: Tensor,
  node: Tensor,
  inputs: readonly Tensor[],
  attrs: unknown,
  batch: number,
  usual: RuleNode['usual'],
) {
  const isDoubled = (t: Tensor) => t.shape.length > 0 && t.shape[0] % (2 * batch) === 0 && t.shape[0] > 0;
  const where = node.source.kind === 'op' ? node.source.op.name : 'rule';
  if (!isDoubled(node))
    throw new UnsupportedRule(
      `${where}: a rule with a baseline needs the batch on axis 0, got shape [${node.shape.join(', ')}]`,
    );
  const half = (t: Tensor, second: boolean) =>
    isDoubled(t) ? slice(t, [second ? t.shape[0] / 2 : 0], [second ? undefined : t.shape[0] / 2]) : t;
  const first = inputs.map((x) => half(x, false));
  const second = { inputs: inputs.map((x) => half(x, true)), output: half(node, true) };
  const answers = rule(half(dy, false), {
    inputs: first,
    output: half(node, false),
    attrs,
    baseline: second,
    usual: (d) => halfGradients(usual, d),
  });
  return answers.map((dx, i) => dx && (isDoubled(inputs[i]) ? concat([dx, dx], 0) : dx));
}

const halfGradients = (usual: RuleNode['usual'], dy: Tensor) =>
  usual(concat([dy, dy], 0)).map((dx) => dx && slice(dx, [0], [dx.shape[0] / 2]));

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
  return { value: slice(value, [0], [wrt.shape[0]]), grad: slice(dx, [0], [wrt.shape[0]]) as GradientOf<W> };
}
