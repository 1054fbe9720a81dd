import type { LoopExplanation } from '../explain';
import { topological } from '../graph';
import { familyKey } from '../op';
import type { Tensor } from '../tensor';
import { type Call, callOf, type ScanAttrs } from './op';
import { madeOf, type Stream } from './program';

/** The runs of loops in a graph, each with the streams that somebody asks for. */
export function loopsIn(roots: readonly Tensor[]): { call: Call; streams: Stream[] }[] {
  const runs = new Map<string, { call: Call; streams: Stream[] }>();
  for (const { source } of topological(roots)) {
    if (source.kind !== 'op' || source.op.name !== 'scan') continue;
    const { program, stream } = source.attrs as ScanAttrs;
    const key = familyKey(source)!;
    const run = runs.get(key) ?? { call: callOf(program, source.inputs), streams: [] };
    run.streams.push(stream);
    runs.set(key, run);
  }
  return [...runs.values()];
}

/** What a loop is, whatever device runs it. */
export function describe({ program, xs }: Call, streams: readonly Stream[]): LoopExplanation {
  const { batch, length, reverse, state, nodes } = program;
  const body: Record<string, number> = {};
  for (const node of nodes) {
    const name = madeOf(node)?.op.name;
    if (name !== undefined) body[name] = (body[name] ?? 0) + 1;
  }
  return {
    ...{ batch, length, reverse, body },
    state: state.map(shape),
    hoisted: xs.filter(isComputed).map((t) => `${expression(t)} ${shape(t)}`),
    streams: counted(
      streams.map((stream) => {
        const node = stream.kind === 'value' ? nodes[stream.node] : state[stream.state];
        return `${streamNames[stream.kind]} ${shape(node)}`;
      }),
    ),
  };
}

const streamNames = { final: 'last state', history: 'states of all steps', value: 'values of all steps' };

const shape = (t: Tensor): string => `[${t.shape.join(', ')}]`;

/** Equal texts once, with their number. */
function counted(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => (count > 1 ? `${count} × ${text}` : text));
}

/** True for what was worked out for all steps; what another loop left behind is only read. */
function isComputed(t: Tensor): boolean {
  const made = madeOf(t);
  if (!made) return false;
  const { kind } = made.op.lowering;
  return kind === 'identity' || kind === 'movement' ? made.inputs.some(isComputed) : kind !== 'scan';
}

/** The ops that made a tensor, to a depth that a person reads. */
function expression(t: Tensor, depth = 3): string {
  const made = madeOf(t);
  if (made?.op.lowering.kind === 'identity') return expression(made.inputs[0], depth);
  if (!made) return t.source.kind === 'scalar' ? 'number' : `${t.dtype}[${t.shape.join(', ')}]`;
  if (depth === 0) return '…';
  return `${made.op.name}(${made.inputs.map((input) => expression(input, depth - 1)).join(', ')})`;
}
