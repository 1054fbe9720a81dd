import { receptiveWindow, windowOfField } from '@hairpin/interpret';
import { Conv1d, MaxPool1d, receptiveField, Sequential } from '@hairpin/layers';
import { grad, Rng, slice, type Tensor, tanh, uniform } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';

const rng = new Rng(1);
const stack = new Sequential(
  new Conv1d({ in: 4, out: 6, width: 5, padding: 'same', rng }),
  tanh,
  new MaxPool1d({ width: 3 }),
  new Conv1d({ in: 6, out: 3, width: 3, dilation: 2, rng }),
);

describe('the window of a deep layer', () => {
  it('is the same from the layers and from their numbers', () => {
    const layers = [
      { width: 5, before: 2 },
      { width: 3, stride: 3 },
      { width: 3, dilation: 2 },
    ];
    expect(windowOfField(receptiveField(stack))).toEqual(receptiveWindow(layers));
  });

  it('holds all letters that the gradient of a unit reaches', async () => {
    const { width, stride, offset } = windowOfField(receptiveField(stack));
    const x = uniform(rng, [1, 60, 4], -1, 1);
    for (const position of [1, 4]) {
      const unit = (input: Tensor) => slice(stack.forward(input), [0, position, 2], [1, position + 1, 3]).sum();
      const gradient = await grad(unit)(x).data();
      const reached = Array.from({ length: 60 }, (_, at) => at).filter((at) =>
        gradient.subarray(4 * at, 4 * at + 4).some((value) => value !== 0),
      );
      expect(reached.length).toBeGreaterThan(10); // a pool passes the gradient on to one of its three only
      expect(reached[0]).toBeGreaterThanOrEqual(offset + position * stride);
      expect(reached.at(-1)).toBeLessThan(offset + position * stride + width);
    }
  });
});
