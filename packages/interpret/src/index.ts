export type { Attribution, AttributionOptions } from './attribution/attribution';
export { IncompleteAttribution } from './attribution/attribution';
export { deepLift, type DeepLiftOptions, deepShap, type DeepShapOptions } from './attribution/deep-lift';
export {
  expectedGradients,
  type ExpectedGradientsOptions,
  gradient,
  inputTimesGradient,
  type InputTimesGradientOptions,
  smoothGradient,
  type SmoothGradientOptions,
} from './attribution/gradients';
export { integratedGradients, type IntegratedGradientsOptions } from './attribution/integrated-gradients';
export { offSimplexCorrected } from './attribution/off-simplex';
export type { Quadrature } from './attribution/quadrature';
export type { ReferenceChoice, References } from './attribution/references';
export type { RevealCancelChoice } from './attribution/reveal-cancel';
export { deepLiftRules } from './attribution/rules';
export type { Target } from './attribution/target';

export type { ShapleyOptions, ShapleyValues } from './shapley/coalitions';
export { exactShapley } from './shapley/exact';
export { kernelShap, type KernelShapOptions } from './shapley/kernel-shap';

export {
  type Ablation,
  ablation,
  type AblationOptions,
  brokenConsensus,
  drawnLetters,
  type Replacement,
  shuffledLetters,
  type Site,
} from './perturbation/ablation';
export { epistasis, type Epistasis, type EpistasisOptions } from './perturbation/epistasis';
export { marginalization, type Marginalization, type MarginalizationOptions } from './perturbation/marginalization';
export type { FeatureModel, Perturbable, Reach, Streamable, Streamed, StreamingModel } from './perturbation/model';
export { meanCentred, mutagenesis, type Mutagenesis, type MutagenesisOptions } from './perturbation/mutagenesis';
export { occlusion, type Occlusion, type OcclusionOptions } from './perturbation/occlusion';
export type { PerturbationOptions } from './perturbation/options';
export { motifOrders, type SpacingOptions, type SpacingScan, spacingScan, motifStrands } from './perturbation/spacing';
export type { Estimate } from './perturbation/statistics';
export { bothStrands } from './perturbation/strands';
export { type Variant, type VariantEffects, variantEffects, type VariantOptions } from './perturbation/variants';

export type { ActivationBatch, FilterWindow } from './filters/activation-batch';
export { ActivationSummary } from './filters/activation-summary';
export { coActivation, type CoActivation, type CoActivationOptions, type FilterPair } from './filters/co-activation';
export type { EventOptions } from './filters/filter-events';
export {
  type ActivationStream,
  filtersToMotifs,
  type FilterMotifOptions,
  streamFiltersToMotifs,
} from './filters/filters-to-motifs';
export { maximaToMotifs, MaximumSites, type MaximumSitesOptions } from './filters/maximum-sites';
export { receptiveWindow, type SlidingLayer, windowOfField } from './filters/receptive-window';
export { SiteCounter } from './filters/site-counter';
export { scaleForInformation, softmaxOfWeights } from './filters/softmax-of-weights';
export { filterSpacing, type FilterSpacingOptions, type Spacing } from './filters/spacing';
export { StrongestSites, strongestSitesToMotifs, type StrongestSitesOptions } from './filters/strongest-sites';

export { consensus } from './motifs/consensus';
export { columnInformation, informationBits, smallSampleBits, trimColumns } from './motifs/information';
export { type Matrix, probabilities, reverseComplement } from './motifs/matrix';
export type { Motif } from './motifs/motif';
export { distinctMotifs, enrichment, motifScore, netInformation, rankMotifs } from './motifs/rank';
export { alignMotifs, type MotifAlignment } from './motifs/similarity';

export { type Extraction, extractSeqlets, type Seqlet, type SeqletOptions } from './seqlets/extract-seqlets';
export { findPatterns, type Patterns } from './seqlets/find-patterns';
export type { Pattern, PatternSite } from './seqlets/pattern';
export type { PatternOptions } from './seqlets/settings';
export { readTracks, type Tracks } from './seqlets/tracks';
export type { WindowSum } from './seqlets/window-sums';

export type { GradientReach } from './dynamics/adjoint';
export { eventAverage, type EventAverage, type EventAverageOptions } from './dynamics/event-average';
export { autocorrelation, type GateOptions, gateStatistics, type GateStatistics } from './dynamics/gate-statistics';
export { gradientReach, type GradientReachOptions } from './dynamics/gradient-reach';
export { jacobianProduct, type JacobianProduct, type ProductOptions } from './dynamics/jacobian-product';
export { stateJacobians } from './dynamics/jacobians';
export { type LyapunovOptions, type LyapunovSpectrum, lyapunovSpectrum } from './dynamics/lyapunov';
export {
  type DecayRate,
  decayRate,
  halfLives,
  type MemoryLength,
  memoryLength,
  selfFactors,
} from './dynamics/memory-length';
export type { NdArray } from './dynamics/nd-array';
export { outputJacobian, type OutputJacobian, type OutputJacobianOptions } from './dynamics/output-jacobian';
export { pca, type Pca, projectOnto } from './dynamics/pca';
export type { Recurrence, Step } from './dynamics/recurrence';
export { type StatesOptions, statesOverTime, type StatesOverTime } from './dynamics/states-over-time';
export { umap, type UmapOptions } from './dynamics/umap';
export { type Automaton, automatonOutput, automatonStates } from './dynamics/automata/automaton';
export {
  type Agreement,
  automatonAgreement,
  automatonIsomorphism,
  distinguishingWord,
} from './dynamics/automata/compare';
export {
  extractAutomaton,
  type ExtractedAutomaton,
  type ExtractOptions,
  type Observations,
} from './dynamics/automata/extract';
export { gridCells } from './dynamics/automata/grid-cells';
export { type KMeans, kMeans, type KMeansOptions } from './dynamics/automata/k-means';
export { minimizeAutomaton } from './dynamics/automata/minimize';
export { motifAutomaton } from './dynamics/automata/motif-automaton';
export { controlTargets } from './dynamics/probes/control-task';
export type { ProbeOptions } from './dynamics/probes/fit-probe';
export { ridgeClassifier, type RidgeClassifier } from './dynamics/probes/ridge-classifier';
export { ridgeProbe, type RidgeProbe } from './dynamics/probes/ridge-probe';
export type { Group } from './dynamics/probes/split-groups';

export { type EpochLoss, lossCurve, precisionRecallCurve, rocCurve } from './pictures/curves';
export type { NumberArray } from './pictures/grid';
export { contributionHeights, informationHeights, type InformationHeightsOptions } from './pictures/heights';
export type { Highlight } from './pictures/highlights';
export { type ChartAxis, lineChart, type LineChartOptions, type Point, type Series } from './pictures/line-chart';
export { logo, type LogoOptions } from './pictures/logo';
export type { LetterOptions } from './pictures/logo-plot';
export { logoRows, type LogoRowsOptions } from './pictures/logo-rows';
export { logoZoom, type LogoZoomOptions } from './pictures/logo-zoom';
export { aminoAcidColours, nucleotideColours, palette } from './pictures/palette';
export { type ReliabilityBins, reliabilityDiagram } from './pictures/reliability-diagram';
export { type PositionWindow, strongestWindows } from './pictures/strongest-windows';
export { escapeXml } from './pictures/svg';
export { type CircularGenome, circularMap, type CircularMapOptions } from './pictures/circle/circular-map';
export type { CircularFeature } from './pictures/circle/feature';
export type { CircularTrack } from './pictures/circle/ring';
export { attentionMap, type AttentionMapOptions } from './pictures/maps/attention-map';
export type { ColourScaleOptions } from './pictures/maps/colour-scale';
export { mutagenesisMap, type MutagenesisMapOptions } from './pictures/maps/mutagenesis-map';
export { stateMap, type StateMapOptions, type StatePanel } from './pictures/maps/state-map';

export type { LongRun } from './long-run';
