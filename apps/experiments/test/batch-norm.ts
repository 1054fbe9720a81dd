import { BatchNorm1d, Conv1d, GlobalMeanPool, Linear, Sequential } from '@hairpin/layers';
import { normal, relu, Rng, tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { AdamW, type Batch, binaryCrossEntropy, TrainStep } from '@hairpin/train';
import { expect, it } from 'vitest';

const lengths = [9, 4, 6];

/** A net with a norm, a step that trains it, and what the norm reads. */
function setUp(statistics: 'batch' | 'frozen') {
  const rng = new Rng(1);
  const filters = new Conv1d({ in: 4, out: 3, width: 3, bias: false, rng });
  const norm = new BatchNorm1d({ channels: 3, statistics });
  const net = new Sequential(filters, norm, relu, new GlobalMeanPool(), new Linear({ in: 3, out: 1, rng }));
  const weights = net.parameters();
  const loss = (batch: Batch) => {
    const logits = net.forward(batch.x, { training: true, lengths: batch.lengths });
    return binaryCrossEntropy(logits.reshape([-1]), batch.y);
  };
  const step = new TrainStep({ weights, optimizer: new AdamW(weights, { weightDecay: 0.5 }), loss });
  const batch = {
    x: normal(new Rng(2), [3, 9, 4]),
    y: tensor([1, 0, 1]),
    lengths: tensor(Int32Array.from(lengths)),
  };
  return { filters, norm, step, batch };
}

/** Mean and unbiased variance of what three filters give at the positions that rows have. */
function momentsOf(values: ArrayLike<number>, channel: number): [mean: number, variance: number] {
  const own = lengths.flatMap((length, row) =>
    Array.from({ length: length - 2 }, (_, i) => values[(row * 7 + i) * 3 + channel]),
  );
  const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
  return [mean, own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (own.length - 1)];
}

/** What a compiled training step does to the statistics of a norm, on the default device. */
export function checkBatchNorm(): void {
  it('moves towards the statistics of each batch by a tenth of what is left', async () => {
    const { filters, norm, step, batch } = setUp('batch');
    const read = await filters.forward(batch.x).data();
    for (let i = 0; i < 5; i++) await step.run(batch, 0); // rate 0: the filters stay
    const moments = [0, 1, 2].map((channel) => momentsOf(read, channel));
    const left = 0.9 ** 5;
    assertClose(await norm.runningMean.data(), moments.map(([mean]) => (1 - left) * mean), 1e-5); // prettier-ignore
    assertClose(await norm.runningVar.data(), moments.map(([, variance]) => left + (1 - left) * variance), 1e-5); // prettier-ignore
  });

  it('stays where it is frozen, while the weights move', async () => {
    const { filters, norm, step, batch } = setUp('frozen');
    const before = Array.from(await filters.weight.data());
    for (let i = 0; i < 3; i++) await step.run(batch, 0.1);
    expect(Array.from(await norm.runningMean.data())).toEqual([0, 0, 0]);
    expect(Array.from(await norm.runningVar.data())).toEqual([1, 1, 1]);
    expect(Array.from(await filters.weight.data())).not.toEqual(before);
  });
}
