import { substitute } from '../../graph';
import { concat } from '../../ops/join';
import { slice } from '../../ops/movement';
import { reshape } from '../../ops/reshape';
import type { Call } from '../../scan/op';
import type { Stream } from '../../scan/program';
import type { Tensor } from '../../tensor';

/** A loop step by step, for bodies that one kernel cannot run: slower, and never wrong. */
export function unroll({ program, init, xs, captured }: Call, streams: readonly Stream[]): Tensor[] {
  const { state, x, next, nodes, length, reverse } = program;
  const wanted = streams.map((stream) => (stream.kind === 'value' ? nodes[stream.node] : undefined));
  const shared = captured.map((t, i) => [program.captured[i], t] as const);
  const values: Tensor[][] = streams.map(() => []);
  let now: readonly Tensor[] = init;
  const keep = (slot: number) =>
    streams.forEach((stream, k) => {
      if (stream.kind === 'history') values[k][slot] = asStep(now[stream.state]);
    });
  keep(reverse ? length : 0);
  for (let i = 0; i < length; i++) {
    const t = reverse ? length - 1 - i : i;
    const known = new Map<Tensor, Tensor>([
      ...shared,
      ...state.map((node, s) => [node, now[s]] as const),
      ...x.map((node, j) => [node, stepOf(xs[j], t)] as const),
    ]);
    const results = substitute([...next, ...wanted.filter((node) => node !== undefined)], known);
    now = results.slice(0, next.length);
    let at = next.length;
    wanted.forEach((node, k) => {
      if (node) values[k][t] = asStep(results[at++]);
    });
    keep(reverse ? t : t + 1);
  }
  return streams.map((stream, k) => (stream.kind === 'final' ? now[stream.state] : concat(values[k], 1)));
}

const stepOf = (sequence: Tensor, t: number): Tensor =>
  reshape(slice(sequence, [0, t], [undefined, t + 1]), [sequence.shape[0], ...sequence.shape.slice(2)]);

const asStep = (t: Tensor): Tensor => reshape(t, [t.shape[0], 1, ...t.shape.slice(1)]);
