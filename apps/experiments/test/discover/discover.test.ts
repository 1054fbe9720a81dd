import { compareMotifs, reverseComplement, simulateGenome, toProbabilities } from '@hairpin/bio';
import { defaultDevice, Rng, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { discover, type DiscoverContext, discoverDefaults, type ExperimentEvent } from '../../src/index';
import { encode } from '../../src/discover/batches';
import { fixedExamples } from '../../src/discover/examples';
import { matrixAuroc, measure } from '../../src/discover/measure';
import { MotifNet } from '../../src/discover/motif-net';

const rng = () => new Rng(6);

/** 200 sequences of 60 bp with GATTACACAG in them, on either strand. */
function peaks(): string {
  const draws = rng();
  const records = Array.from({ length: 200 }, (_, i) => {
    const site = draws.integer(2) ? 'GATTACACAG' : reverseComplement('GATTACACAG');
    return `>${i}\n${simulateGenome(30, draws)}${site}${simulateGenome(20, draws)}\n`;
  });
  return records.join('');
}

const oneHotMatrix = (letters: string) =>
  [...letters].map((letter) => [...'ACGT'].map((other) => Number(other === letter)));

const context = (own: Partial<DiscoverContext> = {}): DiscoverContext => ({
  data: { open: async () => peaks() },
  device: defaultDevice(),
  ...own,
});

describe('MotifNet', () => {
  const net = new MotifNet({ ...discoverDefaults.model, filters: 4, width: 6, hidden: 3, rng: rng() });
  const sequence = simulateGenome(30, rng());

  it('says the same of both strands', async () => {
    const x = encode([sequence, reverseComplement(sequence)], 30);
    const [here, there] = await net.forward(x).data();
    expect(there).toBeCloseTo(here, 5);
  });

  it('does not see the padding', async () => {
    const alone = await net.forward(encode([sequence], 30)).item();
    const padded = net.forward(encode([sequence], 50), { lengths: tensor(Int32Array.of(30)) });
    expect(await padded.item()).toBeCloseTo(alone, 5);
  });
});

describe('MotifNet with isCentred', () => {
  const net = new MotifNet({ ...discoverDefaults.model, filters: 2, width: 6, isCentred: true, rng: rng() });
  const scores = async (...sequences: string[]) => net.forward(encode(sequences, sequences[0].length)).data();

  it('is the plain net at the start, and then says the same of both strands', async () => {
    const sequence = simulateGenome(31, rng());
    const plain = new MotifNet({ ...discoverDefaults.model, filters: 2, width: 6, rng: rng() });
    expect(await scores(sequence)).toEqual(await plain.forward(encode([sequence], 31)).data());
    net.offCentre!.assign(tensor([0.3, 0.7]));
    const [here, there] = await scores(sequence, reverseComplement(sequence));
    expect(here).not.toBeCloseTo(await plain.forward(encode([sequence], 31)).item(), 3);
    expect(there).toBeCloseTo(here, 5);
  });

  it('takes from a score what the filter loses at the ends, and nothing in the middle', async () => {
    const x = encode(['A'.repeat(16)], 16); // 11 places, all alike
    const pooled = async (lost: number) => {
      net.offCentre!.assign(tensor([lost, lost]));
      return net.forward(x).item();
    };
    const unmoved = await pooled(0);
    expect(await pooled(5)).toBeCloseTo(unmoved, 6); // the best place is the sixth, in the middle
    expect(Math.abs((await pooled(-5)) - unmoved)).toBeGreaterThan(0.01); // and here it is one of the ends
  });

  it('refuses sequences of several lengths', () =>
    expect(() => net.forward(encode(['A'.repeat(20)], 20), { lengths: tensor(Int32Array.of(18)) })).toThrow('must have one length')); // prettier-ignore
});

describe('measure', () => {
  it('gives areas with intervals, and the curve', () => {
    const examples = fixedExamples(['A', 'C', 'G'], ['T', 'A', 'C']);
    const { auroc, roc } = measure(examples, Float32Array.of(3, 2, 0, 1, -1, -2), rng());
    expect(auroc.estimate).toBeCloseTo(8 / 9, 10);
    expect(auroc.low).toBeLessThanOrEqual(auroc.estimate);
    expect([roc[0], roc.at(-1)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it('finds the site of a matrix on either strand', () => {
    const matrix = oneHotMatrix('GATTACA');
    const examples = fixedExamples(['CCGATTACACC', 'CCTGTAATCCC'], ['CCGATTTCACC', 'CCCCCCCCCCC']);
    expect(matrixAuroc(matrix, examples, rng())).toBe(1);
  });
});

describe('discover', () => {
  const model = { filters: 8, width: 14 };

  it('learns a planted motif from a file, and tells how it went', async () => {
    const events: ExperimentEvent[] = [];
    const checkpoints: Uint8Array[] = [];
    const onCheckpoint = async (bytes: Uint8Array) => void checkpoints.push(bytes);
    const run = { command: 'hairpin discover p.fa', version: '1.2.3', date: '2026-01-01' };
    const result = await discover(
      { peaks: 'p.fa', epochs: 12, model },
      context({ onEvent: (e) => events.push(e), onCheckpoint, run }),
    );
    expect(result.auroc.estimate).toBeGreaterThan(0.97);
    expect(result).toMatchObject({ device: 'cpu', trueMatrixAuroc: null });
    const [first] = result.motifs.map(({ counts }) => toProbabilities(counts, { pseudocount: 0 }));
    expect(compareMotifs(first, oneHotMatrix('GATTACACAG')).pearson).toBeGreaterThan(0.9);
    expect(checkpoints).toHaveLength(result.epochs);
    expect(new Set(events.map(({ kind }) => kind))).toEqual(new Set(['phase', 'progress', 'epoch']));
    expect(Object.keys(result.files).sort()).toEqual([
      'history.json',
      'model.safetensors',
      'motifs.meme',
      'report.html',
    ]);
    for (const text of ['hairpin discover p.fa', '1.2.3', 'a random fifth'])
      expect(result.files['report.html']).toContain(text);
  });

  it('stops where it is told to, for the reason it is given', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const onEvent = (event: ExperimentEvent) => event.kind === 'progress' && stop.abort(reason);
    await expect(discover({ peaks: 'p.fa', model }, context({ signal: stop.signal, onEvent }))).rejects.toBe(reason);
  });
});
