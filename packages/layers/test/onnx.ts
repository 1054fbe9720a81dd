import { mul, realize, sum, type Tensor, tensor, valueAndGrad } from '@hairpin/tensors';
import { assertClose, distance } from '@hairpin/tensors/testing';
import { expect } from 'vitest';
import { GRU, loadWeights, LSTM, type Recurrent, RNN } from '../src/index';
import { asTensor, onnxCase, type OnnxCase, type Precision } from './data';
import { partsOf, stateFrom } from './golden';
import { netRng } from './support';

/** The recurrent cases of `reference_vectors`: all kinds and directions, both GRU resets, lengths, 200 steps. */
export const onnxNames = [
  ...['lstm_fwd', 'lstm_rev', 'lstm_bi', 'lstm_bi_lens', 'gru_fwd', 'gru_fwd_linear_before_reset', 'gru_bi_lens_lbr'],
  ...['gru_rev', 'rnn_tanh_fwd', 'rnn_relu_bi_lens', 'lstm_long_T200', 'gru_long_T200_lbr'],
];

function netOf({ op, attributes, inputs }: OnnxCase, { dtype }: Precision): Recurrent {
  const { hidden_size: hidden, direction, linear_before_reset: isAfter, activations } = attributes;
  const options = { in: inputs.X.shape[2], hidden, direction, dtype, rng: netRng() };
  if (op === 'LSTM') return new LSTM(options);
  if (op === 'GRU') return new GRU({ ...options, reset: isAfter ? 'after' : 'before' });
  return new RNN({ ...options, nonlinearity: activations?.[0] === 'Relu' ? 'relu' : 'tanh' });
}

/** The net of a case with its weights and lengths, and the two layouts of its sequences. */
function prepared(name: string, precision: Precision) {
  const file = onnxCase(name);
  const net = netOf(file, precision);
  const { W, R, B, L } = file.inputs;
  loadWeights(net, { W, R, B }, { layout: 'onnx' });
  const lengths = tensor(Int32Array.from(L.data));
  const directions = W.shape[0];
  /** [batch, length, directions · hidden] → [length, directions, batch, hidden] */
  const theirs = (y: Tensor) => {
    const [batch, length, width] = y.shape;
    return y.reshape([batch, length, directions, width / directions]).permute([1, 2, 0, 3]);
  };
  const run = ({ X, h0, c0 }: Record<string, Tensor>) =>
    net.run(X.permute([1, 0, 2]), { state: stateFrom(net, c0 ? { h: h0, c: c0 } : { h: h0 }), lengths });
  const inputs = Object.fromEntries(
    ['X', 'h0', 'c0'].filter((key) => file.inputs[key]).map((key) => [key, asTensor(file.inputs[key], precision)]),
  );
  return { file, net, run, theirs, inputs };
}

/** Outputs and last states against ONNX Runtime, which computed them in single precision. */
export async function checkOnnxForward(name: string, precision: Precision): Promise<void> {
  const { file, run, theirs, inputs } = prepared(name, precision);
  const { y, state } = run(inputs);
  const { Y, Yh, Yc } = file.outputs_f32;
  await realize(y, ...['h', 'c'].flatMap((part) => (Yc || part === 'h' ? partsOf(state, part) : [])));
  assertClose(await theirs(y).data(), Y.data, precision.tolerance, 'Y');
  for (const [part, expected] of Object.entries(Yc ? { h: Yh, c: Yc } : { h: Yh })) {
    const rows = await Promise.all(partsOf(state, part).map((t) => t.data()));
    const all = rows.flatMap((row) => Array.from(row));
    assertClose(all, expected.data, precision.tolerance, `last ${part}`);
  }
}

/** The loss Σ Y·w and its gradients against JAX in double precision. */
export async function checkOnnxGradients(name: string, precision: Precision): Promise<void> {
  const { file, net, run, theirs, inputs } = prepared(name, precision);
  const loss = (leaves: Record<string, Tensor>) =>
    sum(mul(theirs(run(leaves).y), asTensor(file.loss_weight, precision)));
  const found = valueAndGrad(loss as (leaves: never) => Tensor)({ ...inputs, ...net.parameters() } as never);
  const grad = found.grad as unknown as Record<string, Tensor>;
  await realize(found.value, ...Object.values(grad));
  expect(distance([await found.value.item()], [file.loss_value_f64])).toBeLessThan(precision.tolerance);
  for (const key of Object.keys(inputs))
    assertClose(await grad[key].data(), file.grads_f64[key].data, precision.tolerance, `gradient of ${key}`);

  // Gradients come back in our order of gates: theirs are brought there by the loader.
  const expected = netOf(file, precision);
  const { W, R, B } = file.grads_f64;
  loadWeights(expected, { W, R, B }, { layout: 'onnx' });
  for (const [path, parameter] of Object.entries(expected.parameters()))
    assertClose(await grad[path].data(), await parameter.data(), precision.tolerance, `gradient of ${path}`);
}
