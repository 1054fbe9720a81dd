/** One training step in a process of its own; prints the loss. */
import './gpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { sequences } from '../training/examples';
import { trainWithTfjs } from '../training/tfjs';
import { cut, TfLstm } from '../training/tfjs-cells';
import { size, startingWeights } from './problem';

tf.enableProdMode();
if (!(await tf.setBackend('webgpu'))) throw new Error('the backend webgpu does not start');
const { x, target } = sequences(size);
const weights = startingWeights().map(({ values }) => values);
const net = new TfLstm(tf, weights, size.hidden);
const steps = cut(tf, x);
const forward = () => tf.stack(net.walk(steps), 1);
const step = trainWithTfjs(tf, { variables: net.variables, inputs: steps, forward }, target);
const [loss] = Array.from(await step.turn());
console.log(loss);
process.exit();
