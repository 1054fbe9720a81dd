export { accuracy, classify } from './metrics/accuracy';
export { auprc, precisionRecallCurve } from './metrics/auprc';
export type { PrecisionRecallCurve } from './metrics/auprc';
export { auroc, rocCurve } from './metrics/auroc';
export type { RocCurve } from './metrics/auroc';
export { bootstrapInterval } from './metrics/bootstrap';
export type { BootstrapOptions, Interval, Metric } from './metrics/bootstrap';
export type { BinaryLabels } from './metrics/labelled-scores';
