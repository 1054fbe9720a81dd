import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { logSoftmax, permute, type Tensor, tensor } from '@hairpin/tensors';
import { assertClose } from '@hairpin/tensors/testing';
import { describe, expect, it } from 'vitest';
import { crossEntropy, nll } from '../../src/index';

interface Value {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  readonly nodes: readonly [{ op: string; attributes: { reduction: 'mean' | 'sum' | 'none'; ignore_index?: number } }];
  readonly inputs: readonly [scores: Value, labels: Value, classWeights?: Value];
  readonly outputs: readonly [loss: Value, logProbabilities?: Value];
}

const file = join(process.env.HAIRPIN_DATA ?? '', 'onnx_tests/loss.json.gz');
const cases: Record<string, Case> = existsSync(file) ? JSON.parse(gunzipSync(readFileSync(file)).toString()) : {};

const losses = { NegativeLogLikelihoodLoss: nll, SoftmaxCrossEntropyLoss: crossEntropy };

/** ONNX has the classes on axis 1, here they are last; and back. */
const classesLast = (x: Tensor) => permute(x, [0, ...x.shape.slice(2).map((_, d) => d + 2), 1]);
const classesSecond = (x: Tensor) => permute(x, [0, x.shape.length - 1, ...x.shape.slice(2).map((_, d) => d + 1)]);
const f64 = ({ data, shape }: Value) => tensor(Float64Array.from(data), { shape });

describe.skipIf(!existsSync(file))("ONNX's losses", () => {
  it('are twelve', () => expect(Object.keys(cases)).toHaveLength(12));

  it.each(Object.entries(cases))('%s', async (_, { nodes: [{ op, attributes }], inputs, outputs }) => {
    const [scores, labels, weights] = inputs;
    const z = classesLast(f64(scores));
    const loss = losses[op as keyof typeof losses](z, tensor(Int32Array.from(labels.data), { shape: labels.shape }), {
      reduce: attributes.reduction,
      ...(attributes.ignore_index !== undefined && { ignoreIndex: attributes.ignore_index }),
      ...(weights && { classWeights: f64(weights) }),
    });
    expect(loss.shape).toEqual(outputs[0].shape);
    assertClose(await loss.data(), outputs[0].data, 1e-6); // theirs are in f32
    if (outputs[1]) assertClose(await classesSecond(logSoftmax(z)).data(), outputs[1].data, 1e-6);
  });
});
