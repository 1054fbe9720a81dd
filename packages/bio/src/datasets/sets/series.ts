import type { DatasetEntry } from '../dataset';
import { debian, github, rawFiles } from '../sources';
import { packed, part, renamed } from './obtain';

/** Tracks along a genome, time series and molecules. */
export const series: readonly DatasetEntry[] = [
  {
    name: 'chromatin_marks_chr11',
    title: 'Presence of CTCF, eight histone marks and a control in 200-bp bins of human chr11, GM12878',
    source: debian('chromhmm-example', '1.24', 'SAMPLEDATA_HG18'),
    licence: 'GPL-3',
    citation: 'Ernst & Kellis 2012',
    serves: [15, 29, 57],
    heldOutPart: true,
    obtain: part('one cell line of the sample data'),
  },
  {
    name: 'methylation_chr21',
    title: 'Methylation of single CpGs on a part of human chr21, and CpG islands',
    source: github('al2na/methylKit', 'ecf85842bdd5', 'inst/extdata'),
    licence: 'Artistic-2.0',
    citation: 'Akalin et al. 2012',
    serves: [16, 49, 19],
    heldOutPart: true,
    obtain: part('some of the samples of the folder'),
  },
  {
    name: 'timeseries_yeast_rnaseq',
    title: 'RNA-seq of yeast through the cell cycle, periodic genes',
    source: github('IFB-ElixirFr/AI-for-scripting-bioanalysis', '05b895502629', 'data/yeast-transcriptome-cell-cycle'),
    licence: 'CC BY-SA 4.0',
    citation: 'runs SRR3405783 to SRR3405832, probably Kelliher et al. 2016 PLoS Genet. 12:e1006453',
    serves: [32, 19, 7],
    heldOutPart: true,
    obtain: part('1 359 of the genes'),
  },
  {
    name: 'timeseries_yeast_cdc15',
    title: 'Microarrays of yeast, cdc15, 40 to 260 min every 10 min',
    source: github('cran/minerva', '7411d97b6fc6', 'tests/Spellman.csv'),
    licence: 'GPL-3',
    citation: 'Spellman et al. 1998; Reshef et al. 2011',
    serves: [32, 19],
    obtain: packed('gzip tests/Spellman.csv'),
  },
  {
    name: 'timeseries_yeast_brown',
    title: 'Expression in yeast under 79 conditions, three classes of genes',
    source: github('biolab/orange3', '86f208ce4434', 'Orange/datasets/brown-selected.tab'),
    licence: 'GPL-3',
    citation: 'Brown et al. 2000',
    serves: [32, 7],
    obtain: 'The file is Orange/datasets/brown-selected.tab of the repository.',
  },
  {
    name: 'timeseries_lynx_hare',
    title: 'Pelts of lynx and hare at Hudson Bay, 1900 to 1920',
    source: github('stan-dev/example-models', '2847a6109735', 'knitr/lotka-volterra'),
    licence: 'not stated in the stored copy (project: BSD-3)',
    serves: [19],
    obtain: 'The file is public.',
    urls: rawFiles('stan-dev/example-models', '3057930df98f3fe54ee32b1d6736a97ac0012ab6', {
      'hudson-bay-lynx-hare.csv': 'knitr/lotka-volterra/hudson-bay-lynx-hare.csv',
    }),
  },
  {
    name: 'timeseries_sporadic_bxlator',
    title: 'A chemical oscillator (Brusselator) observed now and then, two variables with masks',
    source: github('edebrouwer/gru_ode_bayes', 'ddd0b34e884d', 'gru_ode_bayes/datasets/BXLator'),
    licence: 'MIT',
    citation: 'De Brouwer et al. 2019',
    serves: [19],
    obtain: packed('gzip the table of the folder'),
  },
  {
    name: 'smiles',
    title: 'Solubility in water (ESOL) and twelve toxicity assays (Tox21) of molecules',
    source: github('deepchem/deepchem', 'fbe3b911a94a', 'datasets'),
    licence: 'MIT',
    citation: 'Delaney 2004; Wu et al. 2018',
    serves: [27, 3, 57],
    obtain: renamed('esol_delaney.csv is delaney-processed.csv, tox21.csv.gz is the table of that name in the folder'),
  },
];
