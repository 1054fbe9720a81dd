export { loadCheckpoint, saveCheckpoint } from './checkpoint/file';
export { restore, snapshot } from './checkpoint/snapshot';
export type { Snapshot } from './checkpoint/snapshot';

export { Loader } from './data/loader';
export type { LoaderOptions, Rows } from './data/loader';
export { paddedLengths } from './data/padded-lengths';

export { fit } from './fit';
export type { EpochRecord, FitOptions, FitResult, Progress } from './fit';
export { NotFiniteError } from './not-finite-error';
export { predictor } from './predict';
export type { Predictor } from './predict';
export { TrainStep } from './step';
export type { Batch, TrainStepOptions } from './step';

export { binaryCrossEntropy } from './losses/bce';
export type { LossOptions } from './losses/reduce';

export { Adam } from './optimizers/adam';
export type { AdamOptions } from './optimizers/adam';
export type { Optimizer, Update, Weights } from './optimizers/optimizer';

export { accuracy, classify } from './metrics/accuracy';
export { auprc, precisionRecallCurve } from './metrics/auprc';
export type { PrecisionRecallCurve } from './metrics/auprc';
export { auroc, rocCurve } from './metrics/auroc';
export type { RocCurve } from './metrics/auroc';
export { bootstrapInterval } from './metrics/bootstrap';
export type { BootstrapOptions, Interval, Metric } from './metrics/bootstrap';
export type { BinaryLabels } from './metrics/labelled-scores';
