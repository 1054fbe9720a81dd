import { describe, expect, it } from 'vitest';
import { hasOnnxTests, runTest } from './graph';
import { onnxPage } from './table';
import { everyTest, operators } from './verdict';

const tests = hasOnnxTests ? everyTest() : [];
const runs = tests.filter(({ verdict }) => verdict.kind === 'runs');

describe.skipIf(!hasOnnxTests)("ONNX' node tests", () => {
  it('are 126', () => expect(tests.length).toBe(126));

  it.each(runs)('$name', ({ test }) => runTest(test, operators));

  it('are refused for a reason only where they are not of recurrent nets, one-dimensional, or norms', () => {
    const refused = tests.filter(({ verdict }) => verdict.kind === 'unsupported');
    expect(refused.filter(({ file }) => file === 'rnn')).toEqual([]);
    for (const { test } of refused.filter(({ file }) => file === 'conv')) expect(test.inputs[0].shape.length).toBe(4); // batch, channels and two dimensions
    expect(refused.filter(({ name }) => /norm/.test(name))).toEqual([]);
  });

  it('stand in docs/onnx.md', async () => {
    await expect(await onnxPage()).toMatchFileSnapshot('../../../../docs/onnx.md');
  });
});
