import { stateJacobians } from '@hairpin/interpret';
import { LSTMCell, Recurrent } from '@hairpin/layers';
import { compile, type Tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { atMost, exactly } from '../frame/bound';
import { AveragingCell, filled, movingAverage } from './averaging-cell';
import type { Context } from './experiment';

/** What holds of the cell whatever its weights: its bounds, that units do not mix, and that it is a moving average. */
export async function showLaws(context: Context): Promise<void> {
  await showBounds(context);
  await showUnitsApart(context);
  await showAverage(context);
}

const units = 8;

/** Random weights, and random inputs of all sizes, from memories between 0 and 1. */
async function showBounds({ report, options: { inputs }, rng, phase, progress }: Context): Promise<void> {
  phase('bounds of the memory');
  let [outside, least, most] = [0, Infinity, -Infinity];
  const memories = memoriesOfRandomCells();
  for (let done = 0; done < inputs; done += atOnce) {
    for (const value of Array.from(await memories(rng.fork(`bounds ${done}`)))) {
      if (!(value >= 0 && value <= 1)) outside++;
      [least, most] = [Math.min(least, value), Math.max(most, value)];
    }
    progress({ done: Math.min(done + atOnce, inputs), total: inputs });
  }
  const name = `Memories outside 0 to 1, ${units} after each of ${inputs} inputs of up to ±10 000`;
  report.number({ row: 16, name, value: outside, threshold: exactly(0) });
  report.number({ row: 16, name: 'Smallest of them', value: least });
  report.number({ row: 16, name: 'Largest of them', value: most });
}

const [rows, steps] = [100, 100];
/** Inputs that one cell reads. */
const atOnce = rows * steps;

/** Gives, each time, the memories of a cell with weights of its own after inputs of its own. */
function memoriesOfRandomCells(): (rng: Rng) => Promise<ArrayLike<number>> {
  const cell = new AveragingCell({ in: 4, hidden: units, rng: new Rng(0) });
  const net = new Recurrent(cell);
  const walk = compile((x: Tensor, h: Tensor, c: Tensor) => net.run(x, { state: [{ forward: { h, c } }] }).y);
  return async (rng) => {
    for (const weights of [cell.weightIh, cell.weightHh, cell.biasIh, cell.biasHh])
      weights.assign(filled(weights.shape, () => 20 * rng.next() - 10));
    const x = filled([rows, steps, 4], () => ofAnySize(rng));
    const [h, c] = [filled([rows, units], () => 2 * rng.next() - 1), filled([rows, units], () => rng.next())];
    using memories = await walk(x, h, c);
    return await memories.data(); // before they are disposed of
  };
}

/** How a unit's state depends on those of the others: not at all, while an ordinary LSTM mixes them. */
async function showUnitsApart({ report, rng, phase }: Context): Promise<void> {
  phase('Jacobians');
  const own = rng.fork('units apart');
  const xs = filled([4, 50, 4], () => own.normal());
  const acrossUnits = async (cell: LSTMCell) => {
    const init = cell.init(4, xs);
    const { values, shape } = await stateJacobians({ step: (state, x) => cell.step(state, x), init, xs });
    const width = shape[2]; // h of all units, then c of all units
    const isAcross = (at: number) => (at % width) % units !== Math.floor(at / width) % units;
    return values.reduce((most, value, at) => (isAcross(at) ? Math.max(most, Math.abs(value)) : most), 0);
  };
  const name = 'Largest derivative of a unit by the state of another';
  const size = { in: 4, hidden: units, rng: own.fork('weights') };
  report.number({ row: 16, name, value: await acrossUnits(new AveragingCell(size)), threshold: exactly(0) });
  const ordinary = new LSTMCell({ ...size, rng: own.fork('ordinary') });
  report.number({ row: 16, name: `${name}, ordinary LSTM`, value: await acrossUnits(ordinary) });
}

/** With a constant f it is the moving average Σ (1 − f)·f^(t−s)·g_s, here beside one in double precision. */
async function showAverage({ report, rng, phase }: Context): Promise<void> {
  phase('a constant gate');
  const own = rng.fork('average');
  const [rows, length] = [4, 500];
  const keeps = Array.from({ length: units }, (_, unit) => 1 - 0.5 ** (unit + 1)); // ½, ¾, … of the memory
  const cell = movingAverage({ keeps, rng: own });
  const x = filled([rows, length, units], () => 3 * own.normal());
  const [values, given] = [await new Recurrent(cell).run(x).y.data(), await x.data()];
  let worst = 0;
  for (let row = 0; row < rows; row++)
    keeps.forEach((keep, unit) => {
      for (let t = 0, average = 0; t < length; t++) {
        const at = (row * length + t) * units + unit;
        average = keep * average + (1 - keep) / (1 + Math.exp(-given[at]));
        worst = Math.max(worst, Math.abs(values[at] - average));
      }
    });
  const name = 'With a constant f, largest distance from the moving average';
  report.number({ row: 16, name, value: worst, threshold: atMost(1e-6) });
}

/** A number of any size up to 10⁴, of either sign; every tenth is as large as that. */
function ofAnySize(rng: Rng): number {
  const size = rng.next() < 0.1 ? 1e4 : 10 ** (8 * rng.next() - 4);
  return rng.next() < 0.5 ? size : -size;
}
