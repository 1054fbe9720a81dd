import type { DatasetEntry } from '../dataset';
import { debian, github } from '../sources';
import { part, renamed } from './obtain';

/** RNA. */
export const rna: readonly DatasetEntry[] = [
  {
    name: 'mirna_human',
    title: 'Human precursors of microRNA and other hairpins, train and test',
    source: github('eleventh83/deepMiRGene', '9fab512db2fb', 'reproduce/dataset'),
    licence: 'not stated',
    citation: 'Park et al. 2017 NIPS',
    serves: [21, 54],
    obtain: renamed('the human sets of the folder'),
  },
  {
    name: 'rrna16s_ten',
    title: '16S ribosomal RNA, nearly whole, at most ten of a genus, with taxonomy',
    source: debian('r-bioc-dada2', '1.26', 'extdata/ten_16s.100.fa.gz'),
    licence: 'LGPL-3 (package)',
    citation: 'Edgar 2018 PeerJ 6:e4652',
    serves: [22, 50],
    heldOutPart: true,
    obtain: part('a part of ten_16s.100.fa.gz'),
  },
  {
    name: 'utr3_stability_siegel',
    title: 'Pieces of 3′ UTRs, 160 nt, with the stability of their mRNA in two cell lines',
    source: github('vagarwal87/saluki_paper', '3aa4e56a19bb', 'Fig6_S7/Siegel_testSet'),
    licence: 'Apache-2.0 (repository)',
    citation: 'Siegel et al. 2022 Cell Rep. 38:110271; Agarwal & Kelley 2022',
    serves: [23, 57],
    heldOutPart: true,
    obtain: part('31 054 sequences of the folder, joined in a table'),
  },
];
