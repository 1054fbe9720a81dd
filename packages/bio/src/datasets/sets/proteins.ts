import type { DatasetEntry } from '../dataset';
import { debian, github, rawFiles } from '../sources';
import { converted, part } from './obtain';

const biopython = 'biopython/biopython';
const matrices = 'Bio/Align/substitution_matrices/data';

/** Proteins and peptides. */
export const proteins: readonly DatasetEntry[] = [
  {
    name: 'protein_localization',
    title: 'Proteins with one of ten compartments: the test set of DeepLoc',
    source: github('HannesStark/protein-localization', '7b0be1e64a91', 'data_files/deeploc_test_set.fasta'),
    licence: 'MIT (repository); UniProt data CC BY 4.0',
    citation: 'Almagro Armenteros et al. 2017',
    serves: [20, 3],
    heldOutPart: true,
    obtain: part('2 768 proteins of the file'),
  },
  {
    name: 'protein_localization_profiles',
    title: 'Proteins of MultiLoc as profiles, and four published networks with what they compute',
    source: github('vanessajurtz/lasagne4bio', '8b9b326e5f51', 'subcellular_localization/notebook tutorial'),
    licence: 'GPL-3',
    citation: 'Jurtz et al. 2017',
    serves: [20, 13, 35],
    obtain: converted('the arrays of the notebook as .npz, the softmax outputs computed again'),
  },
  {
    name: 'protein_secondary_structure',
    title: 'Secondary structure of proteins: NetSurfP-2.0 with 3 states, CB513 with 3 and 8',
    source: {
      what: 'GitHub J-SNACKKB/FLIP, splits/secondary_structure, commit 62cace8735f5; shahid-43/protein_secondary_structure_prediction, data/CB513.csv, commit f86c6fa0657d',
      address: 'https://github.com/J-SNACKKB/FLIP',
    },
    licence: 'AFL-3.0 (FLIP); CB513 not stated',
    citation: 'Klausen et al. 2019',
    serves: [30, 3, 12],
    heldOutPart: true,
    obtain: part('the parts for training and validation, and CB513, as tables'),
  },
  {
    name: 'protein_binding_residues',
    title: 'Residues of proteins that bind metal, nucleic acids or small molecules',
    source: github('J-SNACKKB/FLIP', '62cace8735f5', 'splits/bind'),
    licence: 'AFL-3.0',
    citation: 'Littmann et al. 2021',
    serves: [35, 54, 57],
    obtain: converted('the split from_publication as a table'),
  },
  {
    name: 'gb1_landscape',
    title: 'Fitness of nearly all variants of four sites of protein GB1, with three splits',
    source: github('J-SNACKKB/FLIP', '62cace8735f5', 'splits/gb1'),
    licence: 'CC BY 4.0',
    citation: 'Wu et al. 2016 eLife 5:e16965',
    serves: [37, 58],
    obtain: converted('the variants and three of the splits as one table'),
  },
  {
    name: 'canya_aggregation',
    title: 'The ten networks of CANYA for aggregation of peptides, with scores of example peptides',
    source: github('lehner-lab/canya', '3a1efceca9f9', 'canya/models and example_data'),
    licence: 'MIT',
    citation: 'Thompson et al. 2025',
    serves: [24, 35],
    obtain: converted(
      'the weights also as .safetensors, the scores computed from them; the Keras files are those of canya/models',
    ),
  },
  {
    name: 'amyloid_peptides',
    title: 'Amyloid and other peptides, mostly of six residues',
    source: github('michbur/AmyloGramAnalysis', '2fe11e71fd9f', 'data/amyloid_*_benchmark.fasta'),
    licence: 'not stated',
    citation: 'Burdukiewicz et al. 2017 Sci. Rep. 7:12961 (AmyLoad)',
    serves: [24],
    heldOutPart: true,
    obtain: part('the peptides that neither equal nor contain one of the benchmark, nor lie in one'),
  },
  {
    name: 'peptides',
    title:
      'Six sets of peptides in two classes: epitopes, HIV tropism and cleavage, anticancer, cell-penetrating, antimicrobial',
    source: github('spaenigs/peptidereactor', '17efcb993505', 'data'),
    licence: 'MIT (collection)',
    citation: 'Spänig et al. 2021; iBCE-EL: Manavalan et al. 2018',
    serves: [35, 24, 3],
    heldOutPart: true,
    obtain: part('six of the sets as tables'),
  },
  {
    name: 'globins',
    title: 'Globins of many species',
    source: debian('emboss-test', '6.6.0', 'test/data/hmm/globins630.fa'),
    licence: 'EMBOSS licence (GPL/LGPL)',
    serves: [41, 36],
    obtain: 'The file is test/data/hmm/globins630.fa of the package.',
  },
  {
    name: 'protein_alignments',
    title: 'Alignments of protein families, three cases of BAliBASE, and pairs aligned by structure',
    source: {
      what: 'Debian package hmmer-examples 3.3.2, tutorial and testsuite; GitHub TimoLassmann/kalign, tests/data, commit 3e6de1df29d1; flatironinstitute/deepblast, deepblast/tests/data/valid.txt, commit ec661fa4c63d',
      address: 'https://packages.debian.org/hmmer-examples',
    },
    licence: 'BSD-like (HMMER); Apache-2.0 (kalign); BSD-3 (deepblast)',
    serves: [36, 41],
    heldOutPart: true,
    obtain: part('some of the alignments, and the pairs whose TM-scores are at least 0.5'),
  },
  {
    name: 'substitution_matrices',
    title: 'BLOSUM62, BLOSUM45, PAM250 and NUC.4.4',
    source: github(biopython, '8b4d499f0e42', matrices),
    licence: 'Biopython licence',
    serves: [36, 41],
    obtain: 'All files are public.',
    urls: {
      ...rawFiles(biopython, 'ae009bd94cdefccc93c1bfdac593569687d07fed', {
        'BLOSUM45.txt': `${matrices}/BLOSUM45`,
        'BLOSUM62.txt': `${matrices}/BLOSUM62`,
      }),
      ...rawFiles(biopython, 'b3f718e48c0bde2fc473af89f5a949f97f0656c0', { 'NUC.4.4.txt': `${matrices}/NUC.4.4` }),
      ...rawFiles(biopython, '13d702324039507df373adda9805facd986eebd9', { 'PAM250.txt': `${matrices}/PAM250` }),
    },
  },
];
