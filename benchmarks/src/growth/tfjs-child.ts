/** Measures tfjs-webgpu over sizes, as `climbApart` asks: a line of JSON for each point, and one for what is missing. */
import { Absent } from '../harness/benchmark';
import { asleep } from '../harness/asleep';
import { loadTfjs } from '../systems/tfjs';
import type { Asked, Said } from './apart';
import { climb } from './climb';
import type { Size } from './sweeps';
import { tfjsStep } from './tfjs';

const { system, sizes, limitMs } = JSON.parse(process.argv[2]) as Asked;
const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`);

try {
  const tf = await loadTfjs('webgpu');
  const open = async (size: Size) => {
    const { turn, ...rest } = tfjsStep(tf, size);
    return { turn: () => asleep(turn()), ...rest };
  };
  const { missing } = await climb(system, sizes, open, limitMs, (point) => say({ point }));
  say({ missing });
} catch (error) {
  if (!(error instanceof Absent)) throw error;
  say({ missing: sizes.map((size) => ({ size, reason: error.message })) });
}
process.exit(); // a peer that fell silent may still hold the event loop
