import type { FilterWindow } from './activation-batch';

/** A layer that slides over its input: a convolution or a pool. */
export interface SlidingLayer {
  /** Positions that it looks at, or pools. */
  width: number;
  /** Positions from one look to the next; 1 unless said. */
  stride?: number;
  /** Positions from one that it looks at to the next; 1 unless said. */
  dilation?: number;
  /** Positions of padding before the first; 0 unless said. */
  before?: number;
}

/**
 * The letters that a unit of a deep layer sees, through all layers from the input to it: width 1 + Σ (kᵢ − 1)·dᵢ·Sᵢ, offset
 * −Σ bᵢ·Sᵢ, with Sᵢ the product of the strides before layer i (Araujo, Norris & Sim 2019, "Computing receptive fields of
 * convolutional neural networks"). Layers that look at each position alone may be left out.
 */
export function receptiveWindow(layers: readonly SlidingLayer[]): Required<FilterWindow> {
  let [width, stride, offset] = [1, 1, 0];
  for (const [i, layer] of layers.entries()) {
    checkLayer(layer, i);
    width += (layer.width - 1) * (layer.dilation ?? 1) * stride;
    offset -= (layer.before ?? 0) * stride;
    stride *= layer.stride ?? 1;
  }
  return { width, stride, offset };
}

/**
 * The same of a receptive field that is known: output p sees `size` letters from `offset + p · stride` on.
 * @throws RangeError where it has no bounds, as after recurrence, attention or a pool of the whole sequence
 */
export function windowOfField(field: { size: number; stride: number; offset: number }): Required<FilterWindow> {
  const { size, stride, offset } = field;
  if (!Number.isFinite(size) || !Number.isFinite(offset)) {
    throw new RangeError(
      `windowOfField: expected a layer that sees a bounded stretch of the sequence, got size ${size}`,
    );
  }
  return { width: size, stride, offset };
}

function checkLayer(layer: SlidingLayer, i: number): void {
  const { width, stride = 1, dilation = 1, before = 0 } = layer;
  const isCount = (value: number) => Number.isInteger(value) && value >= 1;
  if ([width, stride, dilation].every(isCount) && Number.isInteger(before) && before >= 0) return;
  const got = JSON.stringify({ width, stride, dilation, before });
  throw new RangeError(
    `receptiveWindow: expected whole numbers of 1 or more, padding of 0 or more, got layer ${i} ${got}`,
  );
}
