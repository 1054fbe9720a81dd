export { AdditiveAttention } from './attention/additive-attention';
export type { AdditiveAttentionOptions } from './attention/additive-attention';
export { AttentionPool } from './attention/attention-pool';
export type { AttentionPoolOptions } from './attention/attention-pool';
export { LearnedPositions } from './attention/learned-positions';
export { MultiHeadAttention } from './attention/multi-head-attention';
export type { AttendOptions, MultiHeadAttentionOptions } from './attention/multi-head-attention';
export { rotary } from './attention/rotary';
export { scaledDotProductAttention } from './attention/scaled-dot-product';
export type { AttentionForm, ScaledDotProductOptions } from './attention/scaled-dot-product';
export { Cell } from './cells/cell';
export type { CellOptions, HiddenState, State } from './cells/cell';
export { GRUCell } from './cells/gru-cell';
export type { GRUCellOptions } from './cells/gru-cell';
export { initializeStep } from './cells/initialize-step';
export type { Initializer } from './cells/initialize-step';
export { LeakyIntegrator } from './cells/leaky-integrator';
export type { LeakyIntegratorOptions } from './cells/leaky-integrator';
export { LSTMCell } from './cells/lstm-cell';
export type { LSTMCellOptions, LSTMState } from './cells/lstm-cell';
export { MinGRUCell } from './cells/min-gru-cell';
export { MinLSTMCell } from './cells/min-lstm-cell';
export { RNNCell } from './cells/rnn-cell';
export type { RNNCellOptions } from './cells/rnn-cell';
export { Conv1d } from './convolution/conv1d';
export type { Conv1dLayerOptions } from './convolution/conv1d';
export { ConvTranspose1d } from './convolution/conv-transpose1d';
export type { ConvTranspose1dOptions } from './convolution/conv-transpose1d';
export { Dropout, Dropout1d } from './dropout';
export { Embedding } from './embedding';
export type { EmbeddingOptions } from './embedding';
export { GLU } from './glu';
export { Highway } from './highway';
export type { HighwayOptions } from './highway';
export {
  fanIn,
  forgetGateBias,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  orthogonal,
  uniformFanIn,
} from './init';
export { Decoder } from './decoder/decoder';
export type { Decoded, DecoderOptions, DecoderState, Memory } from './decoder/decoder';
export { EncoderDecoder } from './decoder/encoder-decoder';
export type { BeamOptions, DecodeOptions } from './decoder/encoder-decoder';
export type { ForceOptions } from './decoder/force';
export type { Hypothesis } from './decoder/hypotheses';
export { Layer } from './layer';
export type { ReceptiveField } from './receptive-field';
export { clearBeyond, fillBeyond, isInside, windowsIn } from './lengths';
export { Linear } from './linear';
export type { LinearOptions } from './linear';
export { BatchNorm1d } from './norm/batch-norm1d';
export type { BatchNorm1dOptions } from './norm/batch-norm1d';
export { GroupNorm, InstanceNorm1d } from './norm/group-norm';
export type { GroupNormOptions } from './norm/group-norm';
export { LayerNorm } from './norm/layer-norm';
export type { NormOptions } from './norm/layer-norm';
export { RMSNorm } from './norm/rms-norm';
export { Parallel } from './parallel';
export type { ParallelOptions } from './parallel';
export { KMaxPool } from './pooling/k-max-pool';
export { GlobalLogSumExpPool } from './pooling/log-sum-exp-pool';
export { GlobalMaxPool, MaxPool1d } from './pooling/max-pool';
export { AvgPool1d, GlobalMeanPool } from './pooling/mean-pool';
export type { WindowPoolOptions } from './pooling/window-pool';
export type { CircularOptions } from './recurrent/circular';
export { HierarchicalRNN } from './recurrent/hierarchical';
export { ClassState, GivenState } from './recurrent/initial-state';
export type { InitialState } from './recurrent/initial-state';
export type { MakeCell } from './recurrent/make-layers';
export { DilatedRNN, GRU, LSTM, RNN } from './recurrent/nets';
export { NotConverged } from './recurrent/not-converged';
export { Recurrent } from './recurrent/recurrent';
export type { RecurrentOptions, Run, RunOptions } from './recurrent/recurrent';
export type { LayerState, RecurrentState } from './recurrent/state';
export { Residual } from './residual';
export { Sequential } from './sequential';
export { receptiveField } from './step';
export type { Step } from './step';
export { DilatedStack } from './convolution/dilated-stack';
export type { DilatedStackOptions } from './convolution/dilated-stack';
export { ResidualConv1d } from './convolution/residual-conv1d';
export type { ResidualConv1dOptions } from './convolution/residual-conv1d';
export { SeparableConv1d } from './convolution/separable-conv1d';
export type { SeparableConv1dOptions } from './convolution/separable-conv1d';
export { TemporalBlock } from './convolution/temporal-block';
export type { TemporalBlockOptions } from './convolution/temporal-block';
export { EachStrand } from './strands/each-strand';
export { otherStrand } from './strands/other-strand';
export { RCConv1d } from './strands/rc-conv1d';
export type { RCConv1dOptions } from './strands/rc-conv1d';
export { reverseComplementAverage } from './strands/reverse-complement-average';
export type { ReverseComplementAverageOptions } from './strands/reverse-complement-average';
export { StrandConv1d } from './strands/strand-conv1d';
export type { StrandConv1dOptions } from './strands/strand-conv1d';
export { StrandMax, StrandMean } from './strands/strand-pool';
export type { Layout } from './weights/gates';
export { loadWeights } from './weights/load';
export type { LoadWeightsOptions, WeightArray } from './weights/load';
export { pytorchNames } from './weights/pytorch-names';
export type { Mapping } from './weights/slots-of';
export { describe } from './summary/describe';
export type { DescribeOptions, Description, LayerRow } from './summary/describe';
export { summary } from './summary/summary';
