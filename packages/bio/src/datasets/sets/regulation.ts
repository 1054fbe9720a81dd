import type { DatasetEntry } from '../dataset';
import { github, rawFiles } from '../sources';
import { converted, part, renamed } from './obtain';

const gimme = 'vanheeringen-lab/gimmemotifs';
const meme = 'cinquin/MEME';
const nfe2 = 'tests/wgEncodeSydhTfbsGm12878Nfe2hStdAlnRep0';

const distances = ['allr', 'blic1', 'blic5', 'ed', 'kullback', 'pearson', 'sandelin'];
const tomtomRuns = distances.flatMap((distance) => [`tomtom.complete.out.${distance}`, `tomtom.out.${distance}`]);

/** Promoters, enhancers, transcription factors and motifs. */
export const regulation: readonly DatasetEntry[] = [
  {
    name: 'chip_ctcf_pu1',
    title: 'ChIP-seq peaks of CTCF and of PU.1, 100 bp around the summit, human',
    source: github('bernardo-de-almeida/DeepSTARR', 'b02e460c7581', 'DeepSTARR/Neural_Network_DNA_Demo/data'),
    licence: 'MIT',
    serves: [26, 44, 48, 54, 56, 58],
    heldOutPart: true,
    obtain: part('the peaks outside chr8 and chr9'),
  },
  {
    name: 'chip_ctcf_gm12878',
    title: 'The 500 strongest peaks of CTCF in GM12878, 200 bp',
    source: github(gimme, '74512747f541', 'data/examples'),
    licence: 'MIT',
    serves: [44, 56],
    obtain: renamed('top500_w200.bed is the BED file of the same peaks in the folder'),
    urls: rawFiles(gimme, 'b7e00b9f6efe855f59547434b0ae0234bc0b7e03', {
      'top500_w200.fa': 'data/examples/Gm12878.CTCF.top500.w200.fa',
    }),
  },
  {
    name: 'chip_nfe2_gm12878',
    title: 'Peaks of NF-E2 in GM12878 with matched negatives, and the predictions of LS-GKM',
    source: github('Dongwon-Lee/lsgkm', 'd7ef90f7cb32', 'tests'),
    licence: 'GPL-3',
    citation: 'Lee 2016 Bioinformatics 32:2196',
    serves: [26, 48, 3],
    obtain: renamed('wgEncodeSydhTfbsGm12878Nfe2hStdAlnRep0.*'),
    urls: rawFiles('Dongwon-Lee/lsgkm', '5e57ed96ad53019432421dc0a776daa63300c9ce', {
      'train_pos.fa': `${nfe2}.tr.fa`,
      'train_neg.fa': `${nfe2}.neg.tr.fa`,
      'test_pos.fa': `${nfe2}.test.fa`,
      'test_neg.fa': `${nfe2}.neg.test.fa`,
      'gkmsvm_cv_predictions.tsv': `${nfe2}.cvpred.txt`,
      'gkmsvm_test_pos_predictions.tsv': `${nfe2}.test.pred.txt`,
      'gkmsvm_test_neg_predictions.tsv': `${nfe2}.neg.test.pred.txt`,
    }),
  },
  {
    name: 'sim_tal_gata',
    title: 'Simulated sequences with planted TAL1 and GATA motifs, and a small network trained on them',
    source: github('kundajelab/tfmodisco', '20013ff28b4e', 'examples/simulated_tf_binding/generate_scores'),
    licence: 'MIT (repository)',
    citation: 'Shrikumar et al. 2017',
    serves: [45, 46, 47, 57, 51, 11],
    obtain: converted('the weights as arrays, kernels as cross-correlation, and what the network computes from them'),
  },
  {
    name: 'sim_ctcf',
    title: 'Simulated sequences of 150 bp with one CTCF motif, and without',
    source: github('kundajelab/deeplift', '966cdfabd1ba', 'examples/old/assessNoise/pureCTCF'),
    licence: 'MIT',
    serves: [44, 47],
    obtain: converted('the sequences of the folder as tables'),
  },
  {
    name: 'gcpbm',
    title: 'Protein-binding microarray with genomic context: 36-bp probes and log intensities',
    source: github('TsuPeiChiu/DNAshapeR', '4203994d9cd3', 'inst/extdata/PBMsample.s'),
    licence: 'GPL-2',
    citation: 'Zhou et al. 2015 PNAS 112:4654',
    serves: [26, 44, 48],
    obtain: converted('PBMsample.s as a table'),
  },
  {
    name: 'primer_genomics',
    title: 'Demonstration of the primer on deep learning in genomics: 50-bp sequences with and without a word',
    source: github('abidlabs/deep-learning-genomics-primer', '30caa5426ab2'),
    licence: 'not stated',
    citation: 'Zou et al. 2019 Nat. Genet. 51:12',
    serves: [26, 44, 47],
    obtain: 'Both files are public.',
    urls: {
      ...rawFiles('abidlabs/deep-learning-genomics-primer', '60dc3729d8072bece7aad2c445354b987296ca06', {
        'sequences.txt': 'sequences.txt',
      }),
      ...rawFiles('abidlabs/deep-learning-genomics-primer', 'bff84cd8149b37b9b4fcce6226cebe27034ba5cc', {
        'labels.txt': 'labels.txt',
      }),
    },
  },
  {
    name: 'enhancers_ienhancer',
    title: 'Human enhancers and other sequences, 200 bp',
    source: github('khanhlee/bert-enhancer', '421b25f034c2', 'data'),
    licence: 'not stated',
    citation: 'Liu et al. 2016 Bioinformatics 32:362',
    serves: [25, 26],
    heldOutPart: true,
    obtain: part('the training set'),
  },
  {
    name: 'promoters_cnnprom',
    title: 'Promoters of E. coli (sigma 70) and of Arabidopsis (TATA) with negatives',
    source: github('solovictor/CNNPromoterData', 'b4d2949e9bc5'),
    licence: 'not stated',
    citation: 'Umarov & Solovyev 2017 PLoS ONE 12:e0171410',
    serves: [25, 26, 28, 38],
    heldOutPart: true,
    obtain: part('two of the organisms'),
  },
  {
    name: 'promoter_mpra_ecoli',
    title: 'Expression of 150-bp promoter candidates of E. coli, measured in LB',
    source: github('KosuriLab/ecoli_promoter_mpra', '484abdb6ba2d', 'processed_data/endo_tss/lb/model_files'),
    licence: 'not stated',
    citation: 'Urtecho et al. 2020 bioRxiv',
    serves: [38, 26, 54],
    heldOutPart: true,
    obtain: part('the training part of the split by position in the genome'),
  },
  {
    name: 'motifs_jaspar',
    title: 'JASPAR CORE vertebrates, 2022 and 2018, and the factors of each motif',
    source: github(gimme, '74512747f541', 'data/motif_databases'),
    licence: 'CC BY 4.0 (JASPAR)',
    citation: 'Castro-Mondragon et al. 2022',
    serves: [44, 47],
    obtain: 'All files are public.',
    urls: {
      ...rawFiles(gimme, 'adc6abe4530641ed29b2360027a6499fa392cffc', {
        'JASPAR2022_vertebrates.pfm': 'data/motif_databases/JASPAR2022_vertebrates.pfm',
        'JASPAR2022_vertebrates.motif2factors.txt': 'data/motif_databases/JASPAR2022_vertebrates.motif2factors.txt',
      }),
      ...rawFiles(gimme, 'f00000da4459695cee926ea90d169790e1e3e78b', {
        'JASPAR2018_vertebrates.pfm': 'data/motif_databases/JASPAR2018_vertebrates.pfm',
      }),
    },
  },
  {
    name: 'motifs_cisbp_human',
    title: 'Human motifs of CIS-BP in MEME format',
    source: github('davek44/Basset', '71cd8016b28b', 'data/motifs/Homo_sapiens.meme'),
    licence: 'MIT (repository)',
    citation: 'Weirauch et al. 2014',
    serves: [44],
    obtain: 'The file is data/motifs/Homo_sapiens.meme of the repository.',
  },
  {
    name: 'motif_tools_reference',
    title: 'What Tomtom, FIMO and MEME 4.12 give for known input, and motifs in a dozen formats',
    source: {
      what: 'GitHub cinquin/MEME, tests, commit 8ca7292109d0; biopython/biopython, Tests/motifs, commit 8b4d499f0e42',
      address: `https://github.com/${meme}`,
    },
    licence: 'MEME: free for education, research and non-profit use only; Biopython licence',
    serves: [44, 47],
    obtain:
      'Take the files of the same names from tests/ of https://github.com/cinquin/MEME and, for formats/, from Tests/motifs of https://github.com/biopython/biopython; host names were blanked in two of them.',
    urls: rawFiles(meme, '99aa792bd7d3b10d8205b0b08ce0f98567183e76', {
      ...Object.fromEntries(tomtomRuns.map((run) => [`tomtom_expected/${run}.tsv`, `tests/tomtom/${run}`])),
      'fimo_expected/fimo-motif23.txt': 'tests/fimo/fimo-motif23.txt',
      'fimo_expected/crp0.meme.xml': 'tests/common/crp0.meme.xml',
    }),
  },
];
