import { enhancerState, type EnhancerEvent } from '@hairpin/bio';
import { RNN, type RNNCell } from '@hairpin/layers';
import { type DType, linearScan, Rng, scan, tap, type Tensor, tensor, zeros } from '@hairpin/tensors';

/** Σ r^(t − s) over the enhancers that begin at s ≤ t, for each step t of each event.   → [events · length] */
export function byFormula(events: readonly EnhancerEvent[], length: number, r: number): Float64Array {
  return Float64Array.from({ length: events.length * length }, (_, i) =>
    enhancerState(events[Math.floor(i / length)].enhancers, i % length, r),
  );
}

/** h′ = r·h + x, step by step.   x: [batch, length, 1] → the same shape */
export function byLoop(r: number, x: Tensor): Tensor {
  const { shape, dtype } = x;
  const factor = tensor([r], { dtype });
  const body = (h: Tensor, own: Tensor) => {
    const next = tap(h, 'memory').mul(factor).add(own); // with the tap it stays a loop; without, it becomes a linearScan
    return [next, next] as const;
  };
  return scan<Tensor, Tensor, Tensor>(body, zeros([shape[0], 1], { dtype }), x)[1];
}

/** The same without a loop, stretches of steps side by side. */
export const inParallel = (r: number, x: Tensor): Tensor => linearScan(tensor([r], { dtype: x.dtype }), x);

/** The same as a recurrent net of one unit, whose weights are 1 and r. */
export function byNet(r: number, x: Tensor): Tensor {
  const { dtype } = x;
  const net = new RNN({ in: 1, hidden: 1, nonlinearity: 'identity', dtype, rng: new Rng(0) });
  const cell = net.layers[0].forward as unknown as RNNCell;
  const set = (weight: RNNCell['weightHh'], value: number) => weight.assign(filled(weight.shape, value, dtype));
  set(cell.weightIh, 1);
  set(cell.weightHh, r);
  for (const bias of [cell.biasIh, cell.biasHh]) set(bias, 0);
  return net.forward(x);
}

const filled = (shape: readonly number[], value: number, dtype: DType): Tensor =>
  tensor(new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(value), { shape, dtype });
