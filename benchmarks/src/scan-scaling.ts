import { type Cell, type CellOptions, GRUCell, LSTMCell, Recurrent, type State } from '@hairpin/layers';
import { Rng } from '@hairpin/tensors';
import type { Benchmark, Case, System } from './harness/benchmark';
import { MadeUpCell } from './made-up-cell';
import { hairpinDevice } from './systems/hairpin';
import { asName, sequences, type SequenceSize } from './training/examples';
import { trainOn } from './training/hairpin';

/** A cell, and what it costs. */
interface Kind {
  readonly name: string;
  readonly make: (options: CellOptions) => Cell<State>;
  /** Numbers in the matrices of the cell. */
  readonly entries: (inputs: number, hidden: number) => number;
}

const lstm: Kind = {
  name: 'LSTM',
  make: (options) => new LSTMCell(options),
  entries: (inputs, hidden) => 4 * hidden * (inputs + hidden),
};
const gru: Kind = {
  name: 'GRU',
  make: (options) => new GRUCell(options),
  entries: (inputs, hidden) => 3 * hidden * (inputs + hidden),
};
const madeUp: Kind = {
  name: 'made up',
  make: (options) => new MadeUpCell(options),
  entries: (inputs, hidden) => hidden * (inputs + 2 * hidden),
};

/** Is a loop fast whatever its cell, and does a longer one take longer in proportion? */
export const scanScaling: Benchmark = {
  name: 'scan-scaling',
  question:
    'Does the time of a training step follow the operations of its cell, whatever cell that is, and the number of its steps? Sizes are batch × steps, inputs → hidden.',
  notes: [
    'All lines are Hairpin, and the ratio is the time over that of the first line. They do different work, so no numbers are compared.',
    'The training step is that of the benchmark `lstm`. Its operations are those of the products of a cell: a product [1, k]·[k, n] counts 2·k·n, times batch and steps, times 3 for forward and both gradients. LSTM: inputs·4H + H·4H. GRU: inputs·3H + H·3H. Made up, two products one behind the other, layer norm and softmax: inputs·H + 2·H·H.',
  ],
  cases: [
    cellsCase({ batch: 32, steps: 200, inputs: 4, hidden: 128 }),
    cellsCase({ batch: 64, steps: 600, inputs: 4, hidden: 64 }),
    lengthsCase({ batch: 16, steps: 1000, inputs: 4, hidden: 32 }, 8),
  ],
};

function cellsCase(size: SequenceSize): Case {
  const bar = (of: string) => ({ of, over: 'LSTM', per: 'flop', atMost: 1.5 }) as const;
  return {
    name: asName(size),
    compare: 0,
    tolerance: 0,
    systems: [lstm, gru, madeUp].map((kind) => training(kind.name, kind, size)),
    bars: [bar('GRU'), bar('made up')],
  };
}

function lengthsCase(size: SequenceSize, times: number): Case {
  const long = { ...size, steps: times * size.steps };
  const name = ({ steps }: SequenceSize) => `LSTM, ${steps} steps`;
  return {
    compare: 0,
    tolerance: 0,
    name: `${size.batch} × …, ${size.inputs} → ${size.hidden}`,
    systems: [size, long].map((each) => training(name(each), lstm, each)),
    bars: [{ of: name(long), over: name(size), atLeast: times - 1, atMost: times + 1 }],
  };
}

function training(name: string, { make, entries }: Kind, size: SequenceSize): System {
  const { batch, steps, inputs, hidden } = size;
  const open = async () => {
    const device = await hairpinDevice();
    const net = new Recurrent(make({ in: inputs, hidden, rng: new Rng(2) }));
    return trainOn(device, { weights: net.parameters(), forward: (x) => net.forward(x) }, sequences(size));
  };
  return { name, open, flop: 3 * 2 * entries(inputs, hidden) * batch * steps };
}
