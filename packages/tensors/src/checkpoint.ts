import { isFloat } from './dtype';
import { HairpinError } from './errors';
import { backward, pathTo } from './grad';
import { substitute, topological } from './graph';
import { flattenNest, mapNest } from './nest';
import { apply, type Op } from './op';
import { add } from './ops/elementwise';
import { Parameter } from './parameter';
import { Tensor } from './tensor';

/** What a checkpointed call computed: its results, as a graph over placeholders for what it was given. */
interface Call {
  readonly number: number;
  readonly results: readonly Tensor[];
  readonly given: readonly Tensor[];
}

interface Checkpointed {
  readonly call: Call;
  readonly result: number;
  toJSON(): number;
}

/** x, as a node that is never taken for x: what is computed from it is computed again. */
const againOp: Op<undefined> = {
  name: 'again',
  infer: ([{ shape, dtype }]) => ({ shape, dtype }),
  reference: ([x], _, out) => out.data.set(x.data),
  vjp: (dy) => [dy],
  lowering: { kind: 'movement', pieces: (coords) => [{ input: 0, coords }] },
};

/** One result of a checkpointed call: of itself, as it was computed, and then of all that the call was given. */
const checkpointOp: Op<Checkpointed> = {
  name: 'checkpoint',
  infer: ([{ shape, dtype }]) => ({ shape, dtype }),
  reference: ([x], _, out) => out.data.set(x.data),
  family: {
    key: ({ call }) => `checkpoint ${call.number}`,
    vjp: (dys, members, options) => {
      const [{ attrs, inputs }] = members;
      const { results, given } = attrs.call;
      const own = inputs.slice(1).map((input) => apply(againOp, [input], undefined));
      const wanted = members.flatMap((member, i) =>
        dys[i] ? [{ result: results[member.attrs.result], dy: dys[i] }] : [],
      );
      const computed = substitute(
        wanted.map(({ result }) => result),
        new Map(given.map((node, i) => [node, own[i]])),
      );
      const seeds = new Map<Tensor, Tensor>();
      computed.forEach((result, i) => {
        const soFar = seeds.get(result); // a state that is an output too
        seeds.set(result, soFar ? add(soFar, wanted[i].dy) : wanted[i].dy);
      });
      const path = pathTo(computed, new Set(own.filter((t) => isFloat(t.dtype))));
      const cotangents = backward(path, seeds, options);
      return [undefined, ...own.map((t) => cotangents.get(t))];
    },
  },
  lowering: { kind: 'composite', expand: ([x]) => x },
};

let calls = 0;

/**
 * f, but nothing that it computes is kept for the gradient: that computes it again from the arguments (Chen et al. 2016). Less memory
 * for a second forward pass. f takes and returns nests of tensors; what it captures is kept.
 */
export function checkpoint<A extends unknown[], R>(f: (...args: A) => R): (...args: A) => R {
  return (...args) => {
    const outer: Tensor[] = [];
    const given: Tensor[] = [];
    const own = mapNest(args, (leaf) => {
      if (!(leaf instanceof Tensor)) return leaf;
      outer.push(leaf);
      const stand = new Tensor(leaf, { kind: 'placeholder', name: 'argument' });
      given.push(stand);
      return stand;
    }) as A;
    const returned = f(...own);
    const results = flattenNest(returned).map((leaf) => {
      const value = leaf instanceof Parameter ? leaf.read() : leaf;
      if (!(value instanceof Tensor))
        throw new HairpinError(`checkpoint: expected a function that returns tensors, got ${typeof value}`);
      return value;
    });
    for (const captured of capturedBy(results, given)) {
      outer.push(captured);
      given.push(captured);
    }
    const computed = substitute(results, new Map(given.map((node, i) => [node, outer[i]])));
    const call: Call = { number: calls++, results, given };
    const nodes = computed.map((value, result) =>
      apply(checkpointOp, [value, ...outer], { call, result, toJSON: () => result }),
    );
    let at = 0;
    return mapNest(returned, () => nodes[at++]) as R;
  };
}

/** What the results read that was not made of the arguments. */
function capturedBy(results: readonly Tensor[], given: readonly Tensor[]): Tensor[] {
  const inputsOf = ({ source }: Tensor) => (source.kind === 'op' ? source.inputs : []);
  const inside = new Set(given);
  const order = topological(results);
  for (const node of order) if (inputsOf(node).some((input) => inside.has(input))) inside.add(node);
  const read = order.filter((node) => inside.has(node)).flatMap(inputsOf);
  return [...new Set([...read, ...results])].filter((node) => !inside.has(node));
}
