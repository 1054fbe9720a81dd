import { full, type Parameter, parameter, parameters, tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Adam, AdamW, loadCheckpoint, type Groups, saveCheckpoint, SGD } from '../../src/index';
import { matchesPath } from '../../src/optimizers/path-pattern';

const paths = ['encoder.0.weight', 'encoder.0.bias', 'head.weight', 'head.bias'];
const isSafe = true;

const weightsOf = (dtype: 'f32' | 'f64' = 'f64'): Record<string, Parameter> =>
  Object.fromEntries(paths.map((path) => [path, parameter(full([1], 1, { dtype }))]));

/** The steps of one update of plain descent, gradients 1 and learning rate 1: the scale of each weight. */
async function scales(groups: Groups): Promise<number[]> {
  const weights = weightsOf();
  const gradients = Object.fromEntries(paths.map((path) => [path, full([1], 1, { dtype: 'f64' })]));
  new SGD(weights, { learningRate: 1, groups }).apply(weights, gradients, { isSafe });
  return Promise.all(paths.map(async (path) => 1 - (await weights[path].item())));
}

/** The shrinking of each weight without gradient at learning rate 1. */
async function decays(groups: Groups): Promise<number[]> {
  const weights = weightsOf();
  const gradients = Object.fromEntries(paths.map((path) => [path, full([1], 0, { dtype: 'f64' })]));
  new AdamW(weights, { learningRate: 1, weightDecay: 0.25, groups }).apply(weights, gradients, { isSafe });
  return Promise.all(paths.map(async (path) => 1 - (await weights[path].item())));
}

describe('matchesPath', () => {
  it.each([
    ['encoder.*', 'encoder.0.weight', true],
    ['*bias', 'bias', true],
    ['*bias', 'head.bias', true],
    ['*.bias', 'bias', false],
    ['encoder.*.weight', 'encoder.0.weight', true],
    ['encoder.*.weight', 'encoder.weight', false],
    ['encoder', 'encoder.0.weight', false],
    ['encoder.0', 'encoder_0', false],
    ['(a)+*', '(a)+b', true],
    ['*', '', true],
  ])('%s, %s: %s', (pattern, path, expected) => expect(matchesPath(pattern, path)).toBe(expected));
});

describe('groups', () => {
  it('multiply the learning rate of the weights that they match', async () => {
    expect(await scales({})).toEqual([1, 1, 1, 1]);
    expect(await scales({ 'encoder.*': { scale: 0.5 } })).toEqual([0.5, 0.5, 1, 1]);
    expect(await scales({ '*': { scale: 2 }, 'head.bias': { scale: 0 } })).toEqual([2, 2, 2, 0]);
  });

  it('give way to a later one, option by option', async () => {
    const groups = { 'encoder.*': { scale: 0.5, weightDecay: 0.125 }, '*bias': { weightDecay: 0 } };
    expect(await decays(groups)).toEqual([0.0625, 0, 0.25, 0]); // decay times scale, as AdamW's is a share of the learning rate
    expect(await scales({ '*bias': { scale: 3 }, 'encoder.*': { scale: 0.5 } })).toEqual([0.5, 0.5, 1, 3]);
  });

  it('multiply a learning rate that comes with the update', async () => {
    const weights = weightsOf('f32');
    const gradients = Object.fromEntries(paths.map((path) => [path, full([1], 1)]));
    new SGD(weights, { groups: { 'head.*': { scale: 0.5 } } }).apply(weights, gradients, { isSafe, learningRate: 0.5 });
    expect(await weights['encoder.0.bias'].item()).toBe(0.5);
    expect(await weights['head.bias'].item()).toBe(0.75);
  });

  it('travel in checkpoints', async () => {
    const make = () => new SGD(weightsOf('f32'), { groups: { 'encoder.*': { scale: 0 } } });
    const [thawed, restored] = [make(), make()];
    thawed.setScale('encoder.*', 0.5);
    expect(Object.keys(parameters(thawed))).toEqual(['count', 'scales.encoder.*']);
    loadCheckpoint(parameters(restored), await saveCheckpoint(parameters(thawed)));
    expect(await restored.scales['encoder.*'].item()).toBe(0.5);
  });

  it.each([
    [
      { 'encodr.*': { scale: 0 } },
      'SGD: expected a weight that matches "encodr.*", got "encoder.0.weight", "encoder.0.bias", "head.weight", "head.bias"',
    ],
    [{ 'head.*': { scale: -1 } }, 'SGD, group "head.*": expected a finite scale ≥ 0, got -1'],
    [{ 'head.*': { weightDecay: -1 } }, 'SGD, group "head.*": expected weightDecay ≥ 0, got -1'],
  ])('refuse %o', (groups: Groups, message) => {
    expect(() => new SGD(weightsOf(), { groups })).toThrow(message);
  });

  it('refuse a new scale for what is no group, and one out of range', () => {
    const sgd = new SGD(weightsOf(), { groups: { 'encoder.*': { scale: 0 }, '*bias': { weightDecay: 0 } } });
    expect(() => sgd.setScale('*bias', 1)).toThrow(
      'SGD.setScale: expected a group with a scale ("encoder.*"), got "*bias"',
    );
    expect(() => sgd.setScale('encoder.*', NaN)).toThrow('SGD.setScale: expected a finite scale ≥ 0, got NaN');
  });
});

describe('apply', () => {
  it('refuses weights that it does not know, and gradients that are missing', () => {
    const [w, v] = [parameter(tensor([1])), parameter(tensor([1]))];
    const adam = new Adam({ w });
    expect(() => adam.apply({ v }, { v: tensor([1]) }, { isSafe })).toThrow(
      'Adam: expected the weights it was made for, got "v"',
    );
    expect(() => adam.apply({ w }, {}, { isSafe })).toThrow('Adam: expected a gradient of "w", got none');
  });
});
