import type { DatasetEntry } from '../dataset';
import { debian, github, rawFiles } from '../sources';
import { converted, packed, part } from './obtain';

const biopython = 'biopython/biopython';
const alfpy = 'aziele/alfpy';
const ncbi = 'https://ftp.ncbi.nlm.nih.gov/genomes/all/GCF/000/005/845/GCF_000005845.2_ASM584v2';

/** Genomes, circular molecules and trees. */
export const genomes: readonly DatasetEntry[] = [
  {
    name: 'mito_mammals41',
    title: 'Complete mitochondrial genomes of 41 mammals, all circular, with orders and a reference tree',
    source: github('grandhawa/MLDSP', '69be63e520d1', 'DataBase/Mammals'),
    licence: 'MIT (repository); GenBank data unrestricted',
    citation: 'Randhawa et al. 2019 BMC Genomics 20:267; sequences from GenBank',
    serves: [40, 42, 39],
    obtain: converted(
      'the FASTA files of the folder joined; the table of orders and the tree are from the species names',
    ),
  },
  {
    name: 'mito_vertebrates200',
    title: 'Complete mitochondrial genomes of five classes of vertebrates, 40 of each',
    source: github('grandhawa/MLDSP', '69be63e520d1', 'DataBase/Vertebrates'),
    licence: 'MIT',
    citation: 'Randhawa et al. 2019 BMC Genomics 20:267; sequences from GenBank',
    serves: [39, 40, 42],
    heldOutPart: true,
    obtain: part('every n-th of the 4 322 sequences, sorted by accession'),
  },
  {
    name: 'influenza_na38',
    title: 'Neuraminidase genes of influenza A, five subtypes',
    source: github('grandhawa/MLDSP', '69be63e520d1', 'DataBase/Influenza'),
    licence: 'MIT',
    citation: 'Randhawa et al. 2019 BMC Genomics 20:267; sequences from GenBank',
    serves: [42],
    obtain: converted('the FASTA files of the folder joined'),
  },
  {
    name: 'circular_small',
    title: 'Annotated small circular molecules: phiX174, plasmids, a chloroplast, and phage lambda',
    source: {
      what: 'GitHub biopython/biopython, Tests/GFF and Tests/GenBank, commit 8b4d499f0e42; barricklab/breseq, tests/data, commit 77916ce0087c',
      address: `https://github.com/${biopython}`,
    },
    licence: 'Biopython licence or BSD (biopython); GPL-2 (breseq); records from GenBank',
    citation: 'the GenBank records name their publications',
    serves: [40, 31],
    obtain: 'phage_lambda.gb is tests/data/lambda/lambda.gbk of https://github.com/barricklab/breseq.',
    urls: {
      ...rawFiles(biopython, '01f837c36f0b2e30a4ca8c039b4c85918b7315f8', {
        'chloroplast_Arabidopsis_NC_000932.gb': 'Tests/GenBank/NC_000932.gb',
      }),
      ...rawFiles(biopython, '31682996710363537638a1e46ae303f1648ace05', {
        'phiX174_NC_001422.gb': 'Tests/GFF/NC_001422.gbk',
      }),
      ...rawFiles(biopython, '171d42c5fc933c9ed696a02e1ad201b69a68ee22', {
        'plasmid_addgene11664.gb': 'Tests/GenBank/addgene-plasmid-11664-sequence-180430.gbk',
      }),
      ...rawFiles(biopython, 'da2d081d43d3a4108a6925c41141867da604189c', {
        'plasmid_pBAD30.gb': 'Tests/GenBank/pBAD30.gb',
      }),
      ...rawFiles(biopython, 'a2ae5161468dc60bc7f9c3d410316e954f518b3f', {
        'plasmid_pPCP1_NC_005816.gb': 'Tests/GenBank/NC_005816.gb',
      }),
      ...rawFiles('barricklab/breseq', '789c7d422b584b6a9072fef7b53fc943d310874b', {
        'plasmid_pDCAF3_KC619530.gb': 'tests/data/pDCAF3/KC619530.gbk',
      }),
    },
  },
  {
    name: 'ecoli_mg1655',
    title: 'Genome of E. coli K-12 MG1655 with RefSeq annotation, and the gene calls of Prodigal 2.6.3',
    source: github('iankorf/E.coli', 'a26209528446', 'GCF_000005845.2 of NCBI'),
    licence: 'not stated (NCBI data: unrestricted)',
    citation: 'Blattner et al. 1997; Prodigal: Hyatt et al. 2010',
    serves: [31, 28, 39, 40],
    obtain: packed(
      'the annotation is the GFF of GCF_000005845.2 in the repository (NCBI serves newer ones), the calls are those of Prodigal on the FASTA file with default settings',
    ),
    urls: { 'GCF_000005845.2_genomic.fna.gz': `${ncbi}/GCF_000005845.2_ASM584v2_genomic.fna.gz` },
  },
  {
    name: 'eukaryote_1pct',
    title: 'The first percent of each chromosome of C. elegans and A. thaliana, with curated genes',
    source: github('KorfLab/datacore', '9f0501d5c4f1', 'genome_celegans and genome_athaliana'),
    licence: 'MIT',
    citation: 'WormBase WS282; TAIR10',
    serves: [39, 31, 28, 25],
    heldOutPart: true,
    obtain: part('1 % samples of both genomes, of the annotation only the curated source lines'),
  },
  {
    name: 'codon_alignments',
    title: 'Alignments of PAML: 13 mitochondrial genes of 20 mammals with a tree, and globins of 5 mammals',
    source: debian('paml-doc', '4.9j', 'examples/mtCDNA and examples/abglobin.*'),
    licence: 'GPL-3',
    citation: 'Yang, Nielsen & Hasegawa 1998',
    serves: [41, 42],
    heldOutPart: true,
    obtain: part('some of the examples of the package'),
  },
  {
    name: 'nj_reference',
    title: 'Distance matrices and an alignment with known neighbour-joining and UPGMA trees',
    source: {
      what: 'GitHub scikit-bio/scikit-bio, skbio/tree/tests/test_nj.py, commit 429fbdc80cdf; biopython/biopython, Tests/TreeConstruction, commit 8b4d499f0e42; aziele/alfpy, example_data, commit 25545be14aff',
      address: `https://github.com/${biopython}`,
    },
    licence: 'BSD (scikit-bio); Biopython licence; MIT (alfpy)',
    serves: [42],
    obtain:
      'nj_cases.json was gathered from the tests of https://github.com/scikit-bio/scikit-bio; alfpy_bears.dna.fasta.pairwise is output/bears.dna.fasta.pairwise of the commit 25545be14aff of https://github.com/aziele/alfpy.',
    urls: {
      ...rawFiles(alfpy, '0cb77a5e79f5be1c4e7f47ae970dfa9afcf28f02', {
        'alfpy_bears.dna.fasta': 'example_data/input/bears.dna.fasta',
        'alfpy_bears.dna.fasta.1mer': 'example_data/output/bears.dna.fasta.1mer',
        'alfpy_bears.dna.fasta.2mer': 'example_data/output/bears.dna.fasta.2mer',
        'alfpy_bears.dna.fasta.3mer': 'example_data/output/bears.dna.fasta.3mer',
        'alfpy_bears.dna.fasta.phylip': 'example_data/output/bears.dna.fasta.phylip',
      }),
      ...rawFiles(biopython, '3087f3b675739d73c1975c63a701f01c47faca12', {
        'biopython_msa.phy': 'Tests/TreeConstruction/msa.phy',
      }),
      ...rawFiles(biopython, '64bd81111a1a3f53f849ebcb29727bbfed89574d', {
        'biopython_neighbor_trees.tre': 'Tests/TreeConstruction/neighbor_trees.tre',
        'biopython_nj.tre': 'Tests/TreeConstruction/nj.tre',
      }),
      ...rawFiles(biopython, '0f421b58670c4290af0bdb554ab6c9a0d34344db', {
        'biopython_nj_min.tre': 'Tests/TreeConstruction/nj_min.tre',
      }),
      ...rawFiles(biopython, '89748b6079ae9791646a2232cb073cdb2c170731', {
        'biopython_upgma.tre': 'Tests/TreeConstruction/upgma.tre',
      }),
    },
  },
];
