import './methods';
import { claimSingleCopy } from './single-copy';

claimSingleCopy();

export { autotune, tuningOf, useTuning } from './autotune';
export type { TuningRecord } from './autotune';
export { checkpoint } from './checkpoint';
export { explain } from './explain';
export type { DispatchExplanation, Explanation, LoopExplanation } from './explain';
export { compile } from './compile';
export type { Compiled } from './compile';
export type { Context, Model } from './context';
export { customGradient } from './custom-gradient';
export type { Pullback } from './custom-gradient';
export { tensor } from './create';
export type { NestedNumbers, TensorOptions } from './create';
export { Device } from './device';
export type { DType, TypedArray } from './dtype';
export {
  DeviceLostError,
  DeviceUnavailableError,
  DisposedError,
  HairpinError,
  InvalidShaderError,
  OutOfMemoryError,
  ShapeError,
  shapeError,
  UnsupportedRule,
} from './errors';
export { grad, valueAndGrad, vjp } from './grad';
export type { GradientOf, GradOptions, Rule, RuleNode, ValueAndGrad } from './grad';
export type { Nest } from './nest';
export type { TensorLike } from './op';
export { defaultDevice, openDevice, setDefaultDevice } from './open-device';
export type { DeviceKind } from './open-device';
export { argsort } from './ops/argsort';
export { attention, attentionWeights } from './ops/attention';
export type { AttentionOptions } from './ops/attention';
export { broadcastTo, sum } from './ops/broadcast';
export type { Axes, ReduceOptions } from './ops/broadcast';
export { contractGeneral, matmul } from './ops/contract';
export { conv1d, convTranspose1d, padSequence } from './ops/conv';
export type { Conv1dOptions, Padding } from './ops/conv';
export { cumsum } from './ops/cumsum';
export { add, div, maximum, minimum, mul, pow, sub } from './ops/elementwise';
export {
  equal,
  greater,
  greaterEqual,
  isFinite,
  less,
  lessEqual,
  logicalAnd,
  logicalNot,
  logicalOr,
  notEqual,
} from './ops/elementwise';
export {
  abs,
  ceil,
  exp,
  expm1,
  floor,
  log,
  log1p,
  neg,
  reciprocal,
  round,
  rsqrt,
  sign,
  sqrt,
  square,
} from './ops/elementwise';
export { cos, relu, sigmoid, sin, softplus, tanh } from './ops/elementwise';
export { cast, clamp, copy, stopGradient, tap, where } from './ops/elementwise';
export { embedding, gather, scatterAdd, take, takeAlong } from './ops/gather';
export { arange, full, ones, onesLike, zeros, zerosLike } from './ops/generate';
export { concat, split, stack } from './ops/join';
export { maskedSoftmax } from './ops/masked-softmax';
export { flip, pad, permute, slice, transpose } from './ops/movement';
export { avgPool1d, maxPool1d } from './ops/pool';
export type { PoolOptions } from './ops/pool';
export { bernoulli, normal, randomBits, uniform } from './ops/random';
export { argmax, logSoftmax, logSumExp, max, mean, min, softmax } from './ops/reduce';
export { reshape } from './ops/reshape';
export { sort, topK } from './ops/sort';
export { buffer, Parameter, parameter, parameters, trainable } from './parameter';
export type { ParameterOptions } from './parameter';
export { Rng } from './random';
export type { RngState } from './random';
export { measureCeilings } from './profile/ceilings';
export type { Ceilings } from './profile/ceilings';
export type { ChromeTrace, ChromeTraceEvent } from './profile/chrome-trace';
export type { DispatchProfile, KernelProfile, Rates } from './profile/parts';
export { profile } from './profile/profile';
export type { FirstCall, Profile, ProfileOptions, StepProfile } from './profile/profile';
export type { ArenaRecord, Timing } from './profile/recording';
export { realize } from './realize';
export { linearScan } from './scan/linear';
export type { LinearScanOptions } from './scan/linear';
export { scan } from './scan/scan';
export type { ScanBody, ScanOptions, TensorsOf } from './scan/scan';
export type { Shape } from './shape';
export { Tensor } from './tensor';
export { firstNotFinite } from './first-not-finite';
export type { NotFinite } from './first-not-finite';
export { stepsBetween } from './steps';
export type { GraphStep } from './steps';
export { cutAt, taps } from './taps';
export type { Cut, Tapped } from './taps';
