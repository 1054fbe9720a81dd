import { type Context, type Parameter, parameter, relu, type Tensor, zeros } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import {
  BatchNorm1d,
  Conv1d,
  describe as describeModel,
  Dropout,
  GlobalMaxPool,
  GRU,
  Layer,
  Linear,
  LSTM,
  MaxPool1d,
  Sequential,
  summary,
} from '../src/index';
import { netRng } from './support';

const rng = netRng();

/** The lines of a table written in a test. */
const table = (text: string): string =>
  text
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace(/^ {4}/, ''))
    .join('\n');

describe('summary', () => {
  it('lists layers, shapes, parameters and what they see', () => {
    const model = new Sequential(
      new Conv1d({ in: 4, out: 16, width: 11, rng }), // 4 · 16 · 11 + 16
      new BatchNorm1d({ channels: 16 }),
      relu,
      new MaxPool1d({ width: 4 }),
      new GRU({ in: 16, hidden: 8, direction: 'bidirectional', rng }), // 2 · (24 · 16 + 24 · 8 + 24 + 24)
      new GlobalMaxPool(),
      new Linear({ in: 16, out: 1, rng }),
    );
    expect(summary(model, [2, 110, 4])).toBe(
      table(`
    layer     type           output        parameters   sees
    ────────────────────────────────────────────────────────
    (model)   Sequential     [2, 1]                      all
    layers.0  Conv1d         [2, 100, 16]         720     11
    layers.1  BatchNorm1d    [2, 100, 16]          64      1
    layers.3  MaxPool1d      [2, 25, 16]               4 / 4
    layers.4  GRU            [2, 25, 16]        1,248    all
    layers.5  GlobalMaxPool  [2, 16]                     all
    layers.6  Linear         [2, 1]                17      1
    ────────────────────────────────────────────────────────
    2,049 parameters, of which 32 are buffers
`),
    );
  });

  it("counts what is shared once, and knows a contributor's own layers and what they call", () => {
    class Siamese extends Layer {
      readonly table: Record<string, Parameter> = { scale: parameter(zeros([3])) };
      readonly left = new Sequential(new Linear({ in: 2, out: 3, rng }));
      readonly right = this.left;
      readonly lstm = new LSTM({ in: 3, hidden: 5, layers: 2, rng });
      readonly unused = new Linear({ in: 1, out: 1, rng });

      forward(x: Tensor, context: Context = {}): Tensor {
        const both = this.left.forward(x).add(this.right.forward(x)).mul(this.table.scale);
        return this.lstm.last(this.lstm.run(both, context).state);
      }
    }
    expect(summary(new Siamese(), [4, 7, 2])).toBe(
      table(`
    layer          type        output     parameters  sees
    ──────────────────────────────────────────────────────
    (model)        Siamese     [4, 5]              3   all
    left           Sequential  [4, 7, 3]                 1
    left.layers.0  Linear      [4, 7, 3]           9     1
    right          Sequential  [4, 7, 3]     as left     1
    lstm           LSTM        [4, 7, 5]         440   all
    unused         Linear      –                   2     1
    ──────────────────────────────────────────────────────
    454 parameters
`),
    );
  });

  it('asks for nothing to be computed, and leaves the model as it was', async () => {
    const model = new Sequential(new Linear({ in: 2, out: 1_000_000_000, zero: false, rng: netRng() })); // 12 GB
    expect(describeModel(model, [1_000, 2]).rows[0].output).toEqual([1_000, 1_000_000_000]);
    const layer = model.layers[0] as Linear;
    expect(Object.keys(layer)).toEqual(['weight', 'bias']);
    expect(layer.forward).toBe(Linear.prototype.forward);
  });

  it('leaves the model as it was when the shape does not fit', () => {
    const linear = new Linear({ in: 2, out: 1, rng });
    expect(() => summary(linear, [1, 3])).toThrow('Linear: expected input [..., 2], got [1, 3]');
    expect(linear.forward).toBe(Linear.prototype.forward);
  });
});

describe('describe', () => {
  it('gives the same as a record', () => {
    const model = new Sequential(new Conv1d({ in: 1, out: 2, width: 3, stride: 2, rng }), new Dropout(0.5));
    const { rows, ...totals } = describeModel(model, [1, 9, 1]);
    expect(totals).toEqual({ parameters: 8, buffers: 0 });
    expect(rows.map(({ path, type, output }) => [path, type, output])).toEqual([
      ['', 'Sequential', [1, 4, 2]],
      ['layers.0', 'Conv1d', [1, 4, 2]],
      ['layers.1', 'Dropout', [1, 4, 2]],
    ]);
    expect(rows[1].receptiveField).toEqual({ size: 3, stride: 2, offset: 0 });
    expect(JSON.parse(JSON.stringify(rows[2]))).toEqual({
      ...{ path: 'layers.1', type: 'Dropout', output: [1, 4, 2], parameters: 0, buffers: 0 },
      receptiveField: { size: 1, stride: 1, offset: 0 },
    });
  });
});
