export { checkLetters, codeOf, defineAlphabet, dna, LetterError, protein, rna } from './alphabet';
export type { Alphabet, AlphabetDefinition } from './alphabet';
export type { RandomSource } from './random-source';

export { FormatError } from './formats/format-error';
export type { Place } from './formats/format-error';
export { lineBatches } from './formats/input';
export type { Input, ReadOptions } from './formats/input';
export type { WholeReader } from './formats/whole-reader';
export { collectFasta, readFasta, readFastaChunks, writeFasta } from './formats/fasta';
export type { FastaRecord } from './formats/fasta';
export type { FastaChunk, FastaOptions } from './formats/fasta-scanner';

export { collectFastq, readFastq, writeFastq } from './formats/fastq';
export type { FastqRecord } from './formats/fastq';
export { IndexedFasta, openIndexedFasta } from './formats/indexed-fasta';
export type { IndexedFastaFiles } from './formats/indexed-fasta';
export { indexFasta } from './formats/index-fasta';
export type { ByteRanges, RandomAccess } from './formats/random-access';
export { openUrl } from './formats/url-ranges';
export type { UrlOptions } from './formats/url-ranges';
export { HttpError } from './http/http-error';
export { collectBed, readBed } from './formats/bed';
export type { BedFeature, BedOptions, Interval } from './formats/bed';
export { writeBed } from './formats/write-bed';
export { collectGff3, readGff3 } from './formats/gff3';
export type { Gff3Feature, Gff3Item } from './formats/gff3';
export { readGff3Trees } from './formats/gff3-tree';
export type { Gff3Node, Gff3TreeOptions } from './formats/gff3-tree';
export { writeGff3 } from './formats/write-gff3';
export { collectGenBank, readGenBank } from './formats/genbank';
export type { GenBankFeature, GenBankRecord } from './formats/genbank';
export { writeGenBank } from './formats/write-genbank';
export { writeLocation } from './formats/write-location';
export { lettersAt } from './formats/location';
export type { Location, LocationPart } from './formats/location';
export { BigWig, openBigWig } from './formats/bigwig';
export type { BigWigSummary, MeansOptions, Stretch } from './formats/bigwig';
export type { BigWigIntervals } from './formats/bigwig-sections';

export { decodeOneHot, oneHot, oneHotFasta } from './encoders/one-hot';
export type { EncodedChunk, OneHotOptions } from './encoders/one-hot';
export type { Encoded } from './encoders/encoded';
export type { LetterPolicy } from './encoders/encoding-table';
export { trackOf, withTracks } from './encoders/tracks';
export type { Track, TrackOptions } from './encoders/tracks';
export { decodeKmers, gappedKmerCounts, gappedPatterns, kmerCounts, kmerIndices, kmerLetters } from './encoders/kmers';
export type { KmerCountOptions, KmerOptions } from './encoders/each-kmer';
export {
  CODON_NAMES,
  codonCounts,
  decodeCodons,
  encodeCodons,
  relativeCodonUsage,
  UNKNOWN_CODON,
} from './encoders/codons';
export {
  chargeAt,
  decodeProperties,
  encodeProperties,
  hydropathy,
  polarity,
  propertyScales,
  volume,
} from './encoders/amino-acid-properties';
export type { PropertyOptions, PropertyScale } from './encoders/amino-acid-properties';
export { smilesTokens } from './encoders/smiles';
export type { SmilesOptions } from './encoders/smiles';
export { decodeTokens, encodeTokens, vocabularyOf } from './encoders/vocabulary';
export type { EncodedTokens, Vocabulary } from './encoders/vocabulary';
export { encodedTensors, oneHotTensor } from './encoders/one-hot-tensor';
export type { EncodedTensors } from './encoders/one-hot-tensor';

export { complement, reverse, reverseComplement, reverseComplementEncoded } from './edits/reverse-complement';
export type { StrandSwap } from './edits/reverse-complement';
export { reverseComplementTensors } from './edits/reverse-complement-tensor';
export type { StrandTensorOptions } from './edits/reverse-complement-tensor';
export { maskRandomly } from './edits/mask';
export { dinucleotideShuffle, kmerShuffle } from './edits/shuffle';
export { insert, remove, substitute } from './edits/replace';
export { randomMutations } from './edits/random-mutations';
export type { Mutation, MutationOptions } from './edits/random-mutations';
export { cutWindows, windows } from './edits/windows';
export type { WindowOptions } from './edits/windows';
export { gcMatchedNegatives } from './edits/gc-matched';
export type { GcMatchedOptions, GenomePiece } from './edits/gc-matched';

export { locusOf, splitByChromosome } from './splits/by-chromosome';
export type { Header, Locus } from './splits/by-chromosome';
export { splitByGroup } from './splits/by-group';
export type { Parts, ShareOptions } from './splits/by-group';
export { clusterBySimilarity, leakageOf, splitBySimilarity } from './splits/by-similarity';
export type { Leakage } from './splits/by-similarity';
export type { SimilarityOptions } from './splits/kmer-sets';

export type { Motif } from './motifs/motif';
export {
  countLetters,
  fromLogOdds,
  logOdds,
  reverseComplementMatrix,
  toCounts,
  toProbabilities,
  uniform,
} from './motifs/pwm';
export type { Background, Matrix, Pseudocount, PseudocountOptions } from './motifs/pwm';
export {
  fromInformation,
  informationByPosition,
  informationContent,
  smallSampleBits,
  toInformation,
  trimMotif,
} from './motifs/information';
export type { InformationOptions } from './motifs/information';
export { consensus, majority } from './motifs/consensus';
export type { Strand } from './strand';
export { bestSite, scanSequence } from './motifs/scan';
export type { Site } from './motifs/scan';
export { placements, sideBySide } from './motifs/placement';
export type { OverlapOptions, Placement } from './motifs/placement';
export { bestMatch, compareMotifs } from './motifs/compare';
export type { Comparison, Match } from './motifs/compare';
export { jsDivergence, klDivergence, motifDivergence } from './motifs/divergence';
export type { Divergence, DivergenceOptions } from './motifs/divergence';
export { clusterMotifs } from './motifs/cluster/cluster-motifs';
export type { ClusterMember, ClusterOptions, MotifCluster } from './motifs/cluster/cluster-motifs';
export { piZero, qValues } from './motifs/q-values';
export type { QValueOptions } from './motifs/q-values';
export { tomtom, tomtomSearch } from './motifs/tomtom/tomtom';
export type { TomtomMatch, TomtomOptions } from './motifs/tomtom/tomtom';
export type { TomtomDistance } from './motifs/tomtom/column-scores';
export { fimo, NRDB_BACKGROUND } from './motifs/fimo/fimo';
export type { FimoHit, FimoOptions, NamedSequence } from './motifs/fimo/fimo';
export { fimoTable, tomtomTable } from './motifs/files/write-tables';
export { readJaspar } from './motifs/files/read-jaspar';
export type { ReadJasparOptions } from './motifs/files/read-jaspar';
export { readJasparSites } from './motifs/files/read-jaspar-sites';
export { writeJaspar } from './motifs/files/write-jaspar';
export type { WriteJasparOptions } from './motifs/files/write-jaspar';
export { readMeme } from './motifs/files/read-meme';
export type { MemeFile } from './motifs/files/read-meme';
export { writeMeme } from './motifs/files/write-meme';
export type { WriteMemeOptions } from './motifs/files/write-meme';
export { readTransfac } from './motifs/files/read-transfac';
export { writeTransfac } from './motifs/files/write-transfac';

export { simulateAccessibility } from './simulators/accessibility';
export type { SimulateAccessibilityOptions, SimulatedAccessibility } from './simulators/accessibility';
export { simulateAdding } from './simulators/adding-problem';
export type { AddingProblem } from './simulators/adding-problem';
export { motifAutomaton, runAutomaton, simulateMotifStreams } from './simulators/automaton';
export type { MotifAutomaton, SimulatedMotifStreams, SimulateMotifStreamsOptions } from './simulators/automaton';
export { simulateBags } from './simulators/bags';
export type { SimulateBagsOptions, SimulatedBags } from './simulators/bags';
export { simulateCellTypes } from './simulators/cell-types';
export type { SimulateCellTypesOptions, SimulatedCellTypes } from './simulators/cell-types';
export { simulateCoding } from './simulators/coding';
export type { SimulateCodingOptions } from './simulators/coding';
export { simulateCopying } from './simulators/copying';
export type { CopyingProblem, SimulateCopyingOptions } from './simulators/copying';
export { ISLAND_DINUCLEOTIDES } from './simulators/cpg-islands';
export { simulateDistantEnhancers } from './simulators/distant-enhancers';
export type { SimulatedDistantEnhancers, SimulateDistantEnhancersOptions } from './simulators/distant-enhancers';
export { enhancerLetters, enhancerMemory, enhancerState, simulateEnhancers } from './simulators/enhancers';
export type {
  EnhancerEvent,
  EnhancerLettersOptions,
  EnhancerMemory,
  Reach,
  SimulateEnhancersOptions,
} from './simulators/enhancers';
export { simulateEpitopes } from './simulators/epitopes';
export type { SimulatedEpitopes, SimulateEpitopesOptions } from './simulators/epitopes';
export { simulateNetwork } from './simulators/gene-network';
export type { GeneNetwork, Regulation, SimulatedNetwork, SimulateNetworkOptions } from './simulators/gene-network';
export { HUMAN_DINUCLEOTIDES, simulateGenome } from './simulators/genome';
export { simulateHairpins } from './simulators/hairpins';
export type { SimulatedHairpin, SimulateHairpinsOptions } from './simulators/hairpins';
export { simulateHalfLives, UTR_ELEMENTS } from './simulators/half-lives';
export type { SimulatedHalfLives, SimulateHalfLivesOptions, UtrElement } from './simulators/half-lives';
export { simulateHistoneMarks } from './simulators/histone-marks';
export type { SimulatedHistoneMarks, SimulateHistoneMarksOptions } from './simulators/histone-marks';
export { simulateOrthologs, simulatePair } from './simulators/homologs';
export type { SimulatedOrthologs, SimulateOrthologsOptions, SimulatePairOptions } from './simulators/homologs';
export { simulateLatch } from './simulators/latch';
export type { SimulatedLatch, SimulateLatchOptions } from './simulators/latch';
export { simulateLetters } from './simulators/letters';
export { simulateTasks } from './simulators/many-tasks';
export type { SimulatedTasks, SimulateTasksOptions } from './simulators/many-tasks';
export { simulateMethylatedSites } from './simulators/methylated-sites';
export type { SimulatedMethylatedSites, SimulateMethylatedSitesOptions } from './simulators/methylated-sites';
export { simulateMethylation } from './simulators/methylation';
export type { SimulatedMethylation, SimulateMethylationOptions } from './simulators/methylation';
export { simulateMotif } from './simulators/motif';
export { simulateMotifGrammar, simulateMotifOrder, simulateMotifPresence } from './simulators/motif-pairs';
export type {
  MotifGrammarOptions,
  MotifPairOptions,
  MotifPlacesOptions,
  SimulatedMotifPairs,
} from './simulators/motif-pairs';
export { simulatePeaks } from './simulators/peaks';
export type { SimulatedPeaks, SimulatePeaksOptions } from './simulators/peaks';
export { criticalEulerStep, pendulumEigenvalue, swing } from './simulators/pendulum';
export type { Eigenvalue, Pendulum } from './simulators/pendulum';
export { simulateExpression } from './simulators/periodic-expression';
export type { SimulatedExpression, SimulateExpressionOptions } from './simulators/periodic-expression';
export { simulateProkaryote } from './simulators/prokaryote';
export type { SimulatedGene, SimulatedProkaryote, SimulateProkaryoteOptions } from './simulators/prokaryote';
export { simulateRegulatory } from './simulators/regulatory';
export type { RegulatoryElement, SimulateRegulatoryOptions } from './simulators/regulatory';
export { sequenceWith } from './simulators/sequence-with';
export type { SequenceElement, SequenceWithOptions } from './simulators/sequence-with';
export type { PlantedSite } from './simulators/site';
export { simulateSpecies } from './simulators/species';
export type { SimulatedSpecies, SimulateSpeciesOptions } from './simulators/species';
export { simulateSpirals, spiralAt } from './simulators/spirals';
export type { ObservedSpiral, SimulateSpiralsOptions, Spiral } from './simulators/spirals';

export { foldTree, leavesOf, postorder, preorder, pruneTo, taxaOf } from './trees/tree';
export type { Tree } from './trees/tree';
export { readNewick } from './trees/newick';
export type { ReadNewickOptions } from './trees/newick';
export { writeNewick } from './trees/write-newick';
export { distanceMatrix, distanceMatrixFrom } from './trees/distance-matrix';
export type { DistanceMatrix } from './trees/distance-matrix';
export { readPhylipDistances, writePhylipDistances } from './trees/phylip-distances';
export type { ReadPhylipOptions } from './trees/phylip-distances';
export { neighborJoining } from './trees/neighbor-joining';
export type { NeighborJoiningOptions } from './trees/neighbor-joining';
export { upgma, wpgma } from './trees/upgma';
export { minimumEvolution } from './trees/minimum-evolution';
export type { MinimumEvolutionOptions } from './trees/minimum-evolution';
export { pathLengths } from './trees/path-lengths';
export { randomTree } from './trees/random-tree';
export type { RandomTreeOptions } from './trees/random-tree';
export { robinsonFoulds } from './trees/robinson-foulds';
export type { RobinsonFouldsOptions, TreeComparison } from './trees/robinson-foulds';
export { midpointRoot, rootByOutgroup, unroot } from './trees/rooting';
export { majorityConsensus } from './trees/consensus-tree';
export type { ConsensusOptions } from './trees/consensus-tree';
export { bootstrapColumns, bootstrapSupport, bootstrapTrees } from './trees/bootstrap';
export { copheneticCorrelation, mantelTest } from './trees/mantel';
export type { MantelOptions, MantelResult } from './trees/mantel';
export { asciiTree } from './trees/ascii-tree';
export type { AsciiTreeOptions } from './trees/ascii-tree';
export { svgTree } from './trees/svg-tree';
export type { SvgTreeOptions } from './trees/svg-tree';

export { MarkovModel } from './language/markov-model';
export type { MarkovOptions, MarkovScore } from './language/markov-model';

export { basePairs, jukesCantor, kimura, logDet, pDistance } from './distances/substitutions';
export { kmerFrequencies, kmerSpectrum } from './distances/kmer-spectrum';
export { jaccardIndex, mashDistance, mashSketch } from './distances/mash';
export type { MashOptions, MashSketch } from './distances/mash';
export { angularDistance, cosineDistance, euclideanDistance, geodesicDistances } from './distances/vectors';
export type { GeodesicOptions, Vector } from './distances/vectors';

export { matrixExponential } from './evolution/matrix-exponential';
export { gtr, hky85, jc69, k80, transitionProbabilities } from './evolution/substitution-model';
export type { SubstitutionModel } from './evolution/substitution-model';
export { gammaRates } from './evolution/rate-categories';
export type { Rates } from './evolution/rate-categories';
export { simulateAlignment } from './evolution/simulate-alignment';
export type { SimulateAlignmentOptions, SimulatedAlignment } from './evolution/simulate-alignment';
export type { Indels } from './evolution/indels';

export { CircularSequence, toCanonical } from './circular/circular-sequence';
export type { CanonicalForm, CircularWindow, StrandOptions } from './circular/circular-sequence';
export { leastRotation } from './circular/least-rotation';
export { flipSpan, joinSpans, rotateSpan, spanOf, spansOverlap } from './circular/span';
export type { Span } from './circular/span';
export { spansOf } from './circular/spans-of-location';
export { cumulativeGcSkew, estimateReplication, gcSkew } from './circular/gc-skew';
export type { ReplicationEstimate, SkewOptions } from './circular/gc-skew';

export { geneticCode, geneticCodes } from './genes/genetic-code';
export type { GeneticCode } from './genes/genetic-code';
export { translate } from './genes/translate';
export type { TranslateOptions } from './genes/translate';
export { findOrfs, orfCandidates } from './genes/orfs';
export type { Orf, OrfOptions } from './genes/orfs';
export { codonPhases, geneContext } from './genes/gene-context';
export type { GeneContextOptions } from './genes/gene-context';
export { shineDalgarno } from './genes/shine-dalgarno';
export type { ShineDalgarno, ShineDalgarnoOptions } from './genes/shine-dalgarno';

export { datasetNamed, datasets } from './datasets/registry';
export type { Dataset, DatasetFile, DatasetSource } from './datasets/dataset';
export { describeDataset } from './datasets/describe';
export { dataLibrary } from './datasets/data-library';
export type { DataLibrary, DataLibraryOptions, FileState } from './datasets/data-library';
export type { DownloadOptions, DownloadProgress, DownloadSettings } from './datasets/download';
export { DatasetError } from './datasets/dataset-error';
export { memoryDataStore } from './datasets/memory-data-store';
export { opfsDataStore } from './datasets/opfs-data-store';
export type { ByteSink, DataSource, DataStore, StoredFile } from './datasets/data-store';
