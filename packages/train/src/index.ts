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
export type { AdamMomentsOptions } from './optimizers/adam-moments';
export { AdamW } from './optimizers/adamw';
export type { AdamWOptions } from './optimizers/adamw';
export { clipByNorm, clipByValue, globalNorm } from './optimizers/clip';
export { Descent } from './optimizers/descent';
export type { DescentOptions, Slot } from './optimizers/descent';
export type { GroupOptions, Groups } from './optimizers/groups';
export type { Gradients, Optimizer, Update, Weights } from './optimizers/optimizer';
export { RMSprop } from './optimizers/rmsprop';
export type { RMSpropOptions } from './optimizers/rmsprop';
export { SGD } from './optimizers/sgd';
export type { SGDOptions } from './optimizers/sgd';

export { constant } from './schedules/constant';
export { cosine } from './schedules/cosine';
export type { CosineOptions } from './schedules/cosine';
export { Plateau, plateau } from './schedules/plateau';
export type { PlateauOptions } from './schedules/plateau';
export type { Schedule } from './schedules/schedule';
export { stepDecay } from './schedules/step-decay';
export type { StepDecayOptions } from './schedules/step-decay';
export { warmUp } from './schedules/warm-up';
export type { WarmUp, WarmUpOptions } from './schedules/warm-up';

export { accuracy, classify } from './metrics/accuracy';
export { auprc, precisionRecallCurve } from './metrics/auprc';
export type { PrecisionRecallCurve } from './metrics/auprc';
export { auroc, rocCurve } from './metrics/auroc';
export type { RocCurve } from './metrics/auroc';
export { bootstrapInterval } from './metrics/bootstrap';
export type { BootstrapOptions, Interval, Metric } from './metrics/bootstrap';
export type { BinaryLabels } from './metrics/labelled-scores';
