/** One training step in a process of its own; prints the loss. */
import { LSTM } from '@hairpin/layers';
import { Rng, tensor } from '@hairpin/tensors';
import { hairpinDevice } from '../systems/hairpin';
import { sequences } from '../training/examples';
import { trainOn } from '../training/hairpin';
import { size, startingWeights } from './problem';

const device = await hairpinDevice();
const net = new LSTM({ in: size.inputs, hidden: size.hidden, rng: new Rng(1) });
const start = startingWeights();
Object.values(net.parameters()).forEach((cell, i) => cell.assign(tensor(start[i].values, { shape: start[i].shape })));
const step = trainOn(device, { weights: net.parameters(), forward: (x) => net.forward(x) }, sequences(size));
const [loss] = Array.from(await step.turn());
console.log(loss);
process.exit();
