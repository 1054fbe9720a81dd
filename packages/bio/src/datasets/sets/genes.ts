import type { DatasetEntry } from '../dataset';
import { debian, github } from '../sources';
import { converted, part, renamed } from './obtain';

/** Structure of genes, splicing and direction. */
export const genes: readonly DatasetEntry[] = [
  {
    name: 'gene_labels_celegans',
    title: 'Genes of C. elegans with a label for each base: outside, exon, intron',
    source: github('KorfLab/genDL', 'ae87f5c3f079', 'data/3state_genomic.txt.gz'),
    licence: 'not stated',
    serves: [31, 29, 12, 48],
    heldOutPart: true,
    obtain: part('1 800 genes of the file'),
  },
  {
    name: 'splice42_celegans',
    title: 'Donor and acceptor sites of C. elegans, 42 bp, with three kinds of negatives',
    source: github('KorfLab/genDL', 'ae87f5c3f079', 'data/splice42'),
    licence: 'not stated (KorfLab/datacore, of which it was made: MIT)',
    serves: [26, 44, 51, 11],
    heldOutPart: true,
    obtain: part('the first 20 000 of 53 516 sequences of each kind'),
  },
  {
    name: 'cds_strand_frame',
    title: 'Pieces of coding sequence, 51 bp: any frame, other strand, frame 0, at the start, and random',
    source: github('KorfLab/genDL', 'ae87f5c3f079', 'data/cds*.fa.gz'),
    licence: 'not stated',
    serves: [28, 5],
    obtain: converted('the sequences of the FASTA files, one to a line'),
  },
  {
    name: 'uci_splice3190',
    title: 'Splice junctions of primates, 60 bp: exon to intron, intron to exon, neither',
    source: github('joely-nelson/deep_learning_DNA_CNN', 'be2151282fbe', 'splice.data'),
    licence: 'CC BY 4.0 (UCI)',
    citation: 'UCI Molecular Biology (Splice-junction); Towell, Noordewier & Shavlik 1992',
    serves: [26, 12, 50],
    obtain: renamed('splice.data of the repository, or of the UCI Machine Learning Repository'),
  },
  {
    name: 'uci_promoters106',
    title: 'Promoters of E. coli, 57 bp, and as many sequences without',
    source: debian('r-cran-kernlab', '0.9-32', 'promotergene'),
    licence: 'CC BY 4.0 (UCI); package GPL-2',
    citation: 'UCI Molecular Biology (Promoter); Harley & Reynolds 1987',
    serves: [38, 26],
    obtain: converted('the data frame promotergene of the R package kernlab, written as a table'),
  },
];
