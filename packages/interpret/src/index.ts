export type { ActivationBatch, FilterWindow } from './filters/activation-batch';
export { ActivationSummary } from './filters/activation-summary';
export {
  type ActivationStream,
  filtersToMotifs,
  type FilterMotifOptions,
  streamFiltersToMotifs,
} from './filters/filters-to-motifs';
export { SiteCounter } from './filters/site-counter';
export { scaleForInformation, softmaxOfWeights } from './filters/softmax-of-weights';
export { StrongestSites, strongestSitesToMotifs, type StrongestSitesOptions } from './filters/strongest-sites';
export { consensus } from './motifs/consensus';
export { columnInformation, informationBits, smallSampleBits, trimColumns } from './motifs/information';
export { type Matrix, probabilities, reverseComplement } from './motifs/matrix';
export type { Motif } from './motifs/motif';
export { distinctMotifs, enrichment, motifScore, netInformation, rankMotifs } from './motifs/rank';
export { alignMotifs, type MotifAlignment } from './motifs/similarity';
export { type EpochLoss, lossCurve, precisionRecallCurve, rocCurve } from './pictures/curves';
export { informationHeights, type InformationHeightsOptions } from './pictures/heights';
export { lineChart, type LineChartOptions, type Point, type Series } from './pictures/line-chart';
export { logo, type LogoOptions } from './pictures/logo';
export { aminoAcidColours, nucleotideColours, palette } from './pictures/palette';
export { escapeXml } from './pictures/svg';
