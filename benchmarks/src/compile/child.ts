/** The hybrid's training step twice in a process of its own; prints the milliseconds of the calls of each, as JSON. */
import { examples, model } from '../hybrid';
import { hairpinDevice } from '../systems/hairpin';
import { trainOn } from '../training/hairpin';

const device = await hairpinDevice();

async function calls(count: number): Promise<number[]> {
  const { turn, close } = trainOn(device, model(), examples());
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await turn();
    times.push(performance.now() - start);
  }
  await close();
  return times;
}

console.log(JSON.stringify([await calls(6), await calls(6)]));
process.exit();
