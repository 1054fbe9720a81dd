import {
  attentionMap,
  circularMap,
  contributionHeights,
  informationHeights,
  logo,
  logoRows,
  logoZoom,
  lossCurve,
  mutagenesisMap,
  precisionRecallCurve,
  probabilities,
  reliabilityDiagram,
  rocCurve,
  stateMap,
} from '../../src/index';
import { lcg } from '../lcg';
import { contributions, ctcfMatrix, effects, gates, head, phiX174, plant, randomSequence, track } from './samples';

const protein = 'ACDEFGHIKLMNPQRSTVWY';
const dna200 = plant(plant(randomSequence(200, 3), 'CACCTGCTGA', 60), 'AGATAAGA', 130);
const dna1200 = randomSequence(1200, 5);
const words = ['The', 'regulatory', 'region', 'upstream', 'of', 'TAL1', 'binds', 'GATA1', 'in', 'erythroblasts', '.'];
const peaks = [
  { at: 60, width: 10, size: 0.6 },
  { at: 130, width: 8, size: -0.5 },
];
const planted = [
  { start: 60, end: 70, name: 'TAL1' },
  { start: 130, end: 138, name: 'GATA' },
];
const longPeaks = [
  { at: 215, width: 12, size: 0.9 },
  { at: 640, width: 9, size: -0.7 },
  { at: 1010, width: 15, size: 0.5 },
];
const longSpans = [
  { start: 215, end: 227, name: 'CTCF, planted' },
  { start: 640, end: 649, name: 'repressor' },
  { start: 660, end: 668, name: 'close neighbour' },
  { start: 1010, end: 1025, name: 'weak site' },
];

/** Random protein columns, some of them sharp. */
function proteinMatrix(): number[][] {
  const random = lcg(4);
  return Array.from({ length: 14 }, (_, i) => {
    const power = i % 3 === 0 ? 14 : 4;
    return [...protein].map(() => random() ** power);
  });
}

/** A staircase of a fair model. */
function staircase(power: number): [number, number][] {
  return Array.from({ length: 201 }, (_, i): [number, number] => [i / 200, (i / 200) ** power]);
}

const random = lcg(9);
const plasmid = Array.from({ length: 30 }, (_, i) => ({
  name: `a gene with a long name ${i}`,
  start: (i * 97) % 3900,
  end: ((i * 97) % 3900) + 40 + Math.floor(250 * random()),
  strand: i % 3 === 0 ? ('-' as const) : ('+' as const),
}));

/** One of each picture, with data such as one meets, and the shapes that are hard to draw. */
export const gallery: Readonly<Record<string, () => string>> = {
  'logo-ctcf': () => logo(informationHeights(ctcfMatrix), { domain: [0, 2], title: 'CTCF' }),
  'logo-probability': () => logo(probabilities(ctcfMatrix), { unit: 'probability' }),
  'logo-rna': () => logo(informationHeights(ctcfMatrix.slice(8, 16)), { letters: 'ACGU' }),
  'logo-protein': () => logo(informationHeights(proteinMatrix()), { letters: protein, firstPosition: 118 }),
  'logo-signed': () =>
    logo(contributionHeights(dna200.slice(50, 150), contributions(200, peaks).slice(50, 150)), {
      unit: 'contribution to the logit',
      columnWidth: 9,
      firstPosition: 51,
      highlights: planted.map((h) => ({ ...h, start: h.start - 50, end: h.end - 50 })),
    }),
  'logo-flipped': () =>
    logo([[-0.5, 0.3, 0.9, -0.1], [0.2, -0.9, 0.1, 0.1], [-0.3, -0.2, -0.4, 0.8], [0.001, 0, 0, -0.7]], { negative: 'flipped', unit: 'log-odds' }), // prettier-ignore
  'logo-tiny-heights': () => logo(contributionHeights('GATTACA', [2e-5, -1e-5, 3e-5, 0, 1e-5, -4e-5, 2e-5])),
  'logo-one-position': () => logo([[0.2, 0.3, 1.2, 0.1]], { highlights: [{ start: 0, end: 1, name: 'a long name' }] }),
  'logo-rows-200': () =>
    logoRows(contributionHeights(dna200, contributions(200, peaks)), { unit: 'contribution', highlights: planted }),
  'logo-rows-1200': () =>
    logoRows(contributionHeights(dna1200, contributions(1200, longPeaks)), {
      unit: 'contribution',
      perRow: 120,
      firstPosition: 28_950_001,
      highlights: longSpans,
    }),
  'logo-zoom-1200': () =>
    logoZoom(contributionHeights(dna1200, contributions(1200, longPeaks)), {
      unit: 'contribution',
      highlights: longSpans,
    }),
  'logo-zoom-50000': () =>
    logoZoom(
      contributionHeights(randomSequence(50_000, 2), contributions(50_000, [{ at: 30_000, width: 20, size: 1 }])),
      {
        windows: [{ start: 29_980, end: 30_060 }],
        negative: 'flipped',
      },
    ),
  'attention-4-heads': () =>
    attentionMap([0, 1, 2, 3].map((kind) => head(dna200.slice(50, 100), kind)), { queries: dna200.slice(50, 100), firstPosition: 51 }), // prettier-ignore
  'attention-words': () =>
    attentionMap([head(words.join('').slice(0, 11), 0)], { queries: words, heads: ['layer 2, head 5'] }),
  'attention-rectangle': () => {
    const shape = [2, 30, 120];
    const numbers = lcg(6);
    return attentionMap({ data: Float32Array.from({ length: 7200 }, () => numbers() ** 6), shape });
  },
  'state-64x200': () =>
    stateMap([{ name: 'forget gate', values: gates(200, 64), domain: [0, 1] }], {
      sequence: dna200,
      highlights: [...planted, { start: 80, end: 80, name: 'exon' }, { start: 120, end: 120, name: 'intron' }],
    }),
  'state-lstm': () =>
    stateMap(
      [
        { name: 'input gate', values: gates(90, 16, 2), domain: [0, 1] },
        { name: 'forget gate', values: gates(90, 16, 3), domain: [0, 1] },
        { name: 'cell state', values: gates(90, 16, 4).map((row) => row.map((v) => 6 * v - 3)) },
      ],
      { sequence: randomSequence(90, 8, protein) },
    ),
  'state-named-units': () =>
    stateMap([{ name: 'probe', values: gates(30, 3), units: ['in a gene', 'on the reverse strand', 'frame'], scale: 'diverging' }]), // prettier-ignore
  'state-200x1000': () =>
    stateMap([{ name: 'state', values: gates(1000, 200).map((row) => row.map((v) => 2 * v - 1)) }]),
  'mutagenesis-200': () =>
    mutagenesisMap(effects(dna200, { at: 60, width: 10 }), dna200, {
      unit: 'change of the logit',
      highlights: planted,
    }),
  'mutagenesis-protein': () => {
    const sequence = randomSequence(60, 4, protein);
    return mutagenesisMap(effects(sequence, { at: 20, width: 6 }, protein), sequence, {
      letters: protein,
      firstPosition: 101,
    });
  },
  'circle-phix174': () =>
    circularMap({
      lengthBp: 5386,
      name: 'phiX174',
      features: phiX174,
      tracks: [
        { name: 'GC content', values: track(108, 0.44, 0.04, 1) },
        { name: 'GC skew', values: track(108, 0, 0.06, 2) },
      ],
    }),
  'circle-both-strands': () => circularMap({ lengthBp: 4361, name: 'a crowded plasmid', features: plasmid }),
  'circle-chromosome': () =>
    circularMap({
      lengthBp: 4_641_652,
      name: 'E. coli K-12',
      features: [
        { name: 'oriC', start: 3_925_743, end: 3_925_975, strand: '.' },
        { name: 'prophage', start: 4_500_000, end: 4_760_000, strand: '-' },
        { name: 'operon', start: 360_000, end: 640_000, strand: '+' },
      ],
      tracks: [
        {
          name: 'genes of the forward strand per 10 kb',
          values: track(464, 8, 1.5, 4),
          colours: ['#139e7a', '#139e7a'],
          baseline: 0,
        },
        { name: 'GC skew', values: track(4641, 0.01, 0.03, 5) },
      ],
    }),
  'circle-bare': () => circularMap({ lengthBp: 900 }),
  roc: () => rocCurve(staircase(0.25), { auroc: 0.8 }),
  'precision-recall': () => precisionRecallCurve(staircase(3).map(([x, y]) => [x, 1 - 0.7 * y]), { auprc: 0.83, positiveShare: 0.3 }), // prettier-ignore
  reliability: () =>
    reliabilityDiagram(
      {
        predicted: [0.05, 0.15, 0.24, 0.36, 0.45, 0.55, 0.66, 0.74, 0.86, 0.97],
        observed: [0.02, 0.08, 0.15, 0.3, 0.44, 0.58, 0.75, 0.85, 0.93, 1],
        counts: [1204, 310, 150, 80, 40, 41, 77, 160, 402, 2210],
      },
      { ece: 0.043 },
    ),
  'reliability-crowded': () =>
    reliabilityDiagram({
      predicted: Array.from({ length: 40 }, (_, i) => (i / 40) ** 2),
      observed: Array.from({ length: 40 }, (_, i) => Math.min(1, (i / 40) ** 1.5)),
      counts: Array.from({ length: 40 }, (_, i) => 100_000 * (i + 1)),
    }),
  loss: () =>
    lossCurve(
      Array.from({ length: 40 }, (_, i) => ({
        epoch: i + 1,
        train: 0.7 * 0.92 ** i,
        validation: 0.7 * 0.94 ** i + 0.004 * i,
      })),
      { bestEpoch: 21 },
    ),
  'loss-large': () =>
    lossCurve(Array.from({ length: 3 }, (_, i) => ({ epoch: (i + 1) * 1_000_000, train: 2e6 / (i + 1) }))),
};
