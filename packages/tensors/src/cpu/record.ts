import type { Op } from '../op';
import type { PartRecord, Recording } from '../profile/recording';
import { size } from '../shape';
import type { Tensor } from '../tensor';

/** Notes down how long each op takes while `label` computes. */
export function recordOps(recording: Recording, label: string) {
  const start = performance.now();
  const parts: PartRecord[] = [];
  const watch = (nodes: readonly Tensor[], compute: () => void): void => {
    const began = performance.now();
    compute();
    const [{ source }] = nodes;
    if (source.kind === 'op')
      parts.push({ ...partOf(source.op, nodes), start: began - start, ms: performance.now() - began });
  };
  const finish = (): void => {
    const host = { start, submitted: performance.now(), encodeMs: 0, submitMs: 0, submissions: 0 };
    const arena = { buffers: 0, bytes: 0, temporaries: 0, temporaryBytes: 0 };
    recording.runs.push({ ...host, device: label, timing: 'each op', grainMs: 0, parts, arena });
  };
  return { watch, finish };
}

function partOf({ name }: Op, nodes: readonly Tensor[]): Omit<PartRecord, 'start' | 'ms'> {
  const [node] = nodes;
  const inputs = node.source.kind === 'op' ? node.source.inputs : [];
  const bytes = [...nodes, ...inputs].reduce((total, t) => total + t.size * (t.dtype === 'f64' ? 8 : 4), 0);
  const flop = flopOf(node);
  return { name, kernel: name, bytes, ...(flop !== undefined && { flop }) };
}

/** Floating-point operations, where the kind of the op tells them. */
function flopOf({ source, size: results }: Tensor): number | undefined {
  if (source.kind !== 'op') return undefined;
  const { lowering } = source.op;
  const [first] = source.inputs;
  switch (lowering.kind) {
    case 'elementwise':
      return results;
    case 'movement':
    case 'identity':
      return 0;
    case 'reduce':
      return first.size - results;
    case 'contract':
      return 2 * results * size(lowering.dims(source.attrs).contract[0].map((d) => first.shape[d]));
    default:
      return undefined;
  }
}
