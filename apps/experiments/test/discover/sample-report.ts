import type { DiscoverReport } from '../../src/discover/report';

/** A small report with every field filled. */
export const sampleReport: DiscoverReport = {
  title: 'Motifs in ctcf.fa.gz',
  command: 'hairpin discover ctcf.fa.gz --hold-out chr10,chr11 --seed 1',
  date: '21 November 2026',
  version: '0.1.0',
  device: 'webgpu',
  adapter: 'llvmpipe (LLVM 15.0.6, 256 bits)',
  seed: 1,
  data: {
    source: 'ctcf.fa.gz, 35 885 records of 100 bp',
    isSimulated: false,
    negatives: 'dinucleotide shuffles of the same sequences',
    heldOut: 'chromosomes 10 and 11',
    parts: [
      { name: 'training', positives: 28911, negatives: 28911 },
      { name: 'validation', positives: 3212, negatives: 3212 },
      { name: 'held out', positives: 3762, negatives: 3762 },
    ],
  },
  auroc: { value: 0.98683, low: 0.98441, high: 0.98907 },
  auprc: { value: 0.98812, low: 0.98562, high: 0.99038 },
  trueMatrixAuroc: null,
  roc: [
    [0, 0],
    [0, 0.62],
    [0.01, 0.85],
    [0.03, 0.92],
    [0.1, 0.97],
    [0.3, 0.99],
    [1, 1],
  ],
  history: [
    { epoch: 1, train: 0.4312, validation: 0.2514 },
    { epoch: 2, train: 0.2103, validation: 0.1871 },
    { epoch: 3, train: 0.1722, validation: 0.1655 },
    { epoch: 4, train: 0.1561, validation: 0.1592 },
    { epoch: 5, train: 0.1467, validation: 0.1584 },
    { epoch: 6, train: 0.1402, validation: 0.1601 },
  ],
  bestEpoch: 5,
  seconds: 412.3,
  motifs: [
    {
      consensus: 'GAGGCA',
      counts: [
        [1, 1, 11, 1],
        [9, 2, 2, 1],
        [1, 1, 11, 1],
        [1, 1, 11, 1],
        [1, 10, 1, 2],
        [8, 2, 2, 2],
      ],
      informationBits: 6.31,
      sites: 10,
      match: { name: 'CTCF', id: 'MA0139.1', similarity: 0.972 },
    },
    { consensus: 'W', counts: [[3, 1, 1, 3]], informationBits: 0.19, sites: 1 },
  ],
  settings: { filters: 64, 'filter width': 19, 'learning rate': 0.001 },
};
