import { add, type Context, slice, tanh, type Tensor } from '@hairpin/tensors';
import { describe, expect, it } from 'vitest';
import { Cell, DilatedRNN, GivenState, HierarchicalRNN, type HiddenState, Recurrent, type State } from '../src/index';
import { appendSteps, draw64, gru, lstm, part, same, stepOf, x } from './support';

const everyThird = (t: Tensor): Tensor => slice(t, [0, 0], [], [1, 3]);

describe('DilatedRNN', () => {
  it('is a loop in which layer l reads the state of 2^l steps before', async () => {
    const net = new DilatedRNN(gru, { in: 2, layers: 3 });
    let steps = [0, 1, 2, 3, 4, 5, 6].map((t) => stepOf(x, t));
    net.layers.forEach(({ forward: cell }, l) => {
      const states: State[] = [];
      steps = steps.map((step, t) => {
        states.push(cell!.step(states[t - 2 ** l] ?? cell!.init(2, x), step));
        return cell!.output(states[t]);
      });
    });
    const y = net.forward(x);
    for (const [t, expected] of steps.entries()) await same(stepOf(y, t), expected);
  });

  it('tells its cells what they were given, a row for each subsequence', async () => {
    class Shifted extends Cell {
      step({ h }: HiddenState, x: Tensor, { given }: Context = {}): HiddenState {
        return { h: tanh(add(h, x).add(given!.shift)) };
      }
    }
    const make = (inputs: number) => new Shifted({ in: inputs, hidden: 2 });
    const given = { shift: draw64(7, [2, 2]) };
    const net = new Recurrent(make, { in: 2, dilation: () => 3 });
    const y = net.forward(x, { given });
    const odd = new Recurrent(make, { in: 2 }).forward(everyThird(x), { given });
    await same(everyThird(y), odd);
  });
});

describe('HierarchicalRNN', () => {
  it('is the upper net over the ends of the lower one in each chunk', async () => {
    const [lower, upper] = [new Recurrent(gru, { in: 2, initial: 'learned' }), new Recurrent(lstm, { in: 3 })];
    const net = new HierarchicalRNN({ lower, upper, chunk: 3 });
    lower.parameters()['initial.value'].assign(draw64(6, [3]));
    const ends = [0, 3, 6].map((from) => lower.last(lower.run(part(x, from, from + 3)).state));
    const steps = ends.map((end) => end.reshape([2, 1, 3])).reduce(appendSteps);
    await same(net.forward(x), upper.forward(steps));
  });

  it('hands on what was given, to the lower net once for each chunk', async () => {
    const initial = () => new GivenState('start', (t) => t);
    const lower = new Recurrent(gru, { in: 2, initial });
    const net = new HierarchicalRNN({ lower, upper: new Recurrent(gru, { in: 3 }), chunk: 4 });
    const given = { start: draw64(8, [2, 3]) };
    const ends = [part(x, 0, 4), part(x, 4)].map((chunk) => lower.last(lower.run(chunk, { given }).state));
    await same(net.forward(x, { given }), net.upper.forward(ends.map((e) => e.reshape([2, 1, 3])).reduce(appendSteps)));
    expect(() => new HierarchicalRNN({ lower, upper: lower, chunk: 0 })).toThrow('chunk to be a whole number');
    expect(() => net.forward(draw64(1, [2, 2]))).toThrow('HierarchicalRNN: expected input [batch, length, channels]');
  });
});
