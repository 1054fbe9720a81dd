import type * as tfjsCore from '@tensorflow/tfjs-core';
import { Absent, type Contender, type System } from '../harness/benchmark';
import { asleep, isPolling } from '../harness/asleep';
import { provideWebGpu } from './adapter';
import { registerGradients } from './tfjs-gradients';

/** The library as a module. */
export type Tf = typeof tfjsCore;

/** Where TensorFlow.js computes. */
export type TfjsBackend = 'webgpu' | 'wasm' | 'cpu';

const packages = {
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
};

/** What a reader must know of these systems. */
export const tfjsNotes = [
  'All that use WebGPU share one process, one instance of Dawn and one adapter.',
  "tfjs-webgpu waits as its users' programs do: while a promise is pending, Node's binding of WebGPU polls without a pause, which on a software adapter takes a core from the work. The line `asleep` lends it Hairpin's way of waiting, which sleeps between polls; its pipelines are compiled already.",
];

let core: Tf | undefined;

/** TensorFlow.js with one backend active, in production mode. Rejects with `Absent` where it does not start. */
async function load(backend: TfjsBackend): Promise<Tf> {
  provideWebGpu();
  const tf = (core ??= await import('@tensorflow/tfjs-core').catch(asAbsent));
  tf.enableProdMode();
  await packages[backend]().catch(asAbsent);
  await registerGradients();
  if (!(await tf.setBackend(backend).catch(asAbsent))) throw new Absent(`the backend ${backend} does not start`);
  return tf;
}

function asAbsent(error: Error): never {
  throw new Absent(error.message);
}

/** A piece of work written for TensorFlow.js. */
type Make = (tf: Tf) => Contender | Promise<Contender>;

/** TensorFlow.js with one backend active. Rejects with `Absent` where it does not start. */
export { load as loadTfjs };

/** The systems of one piece of work written for TensorFlow.js: on WebGPU as it comes and with waits that sleep, then others. */
export function tfjs(make: Make, others: readonly TfjsBackend[] = []): System[] {
  return [
    { name: 'tfjs-webgpu', isRequired: true, open: () => open('webgpu', make) },
    ...(isPolling
      ? [{ name: 'tfjs-webgpu, asleep', isRequired: true, open: async () => whileAsleep(await open('webgpu', make)) }]
      : []),
    ...others.map((backend) => ({ name: `tfjs-${backend}`, open: () => open(backend, make) })),
  ];
}

/** The contender with its backend made the active one before each turn, because several share the process. */
async function open(backend: TfjsBackend, make: Make): Promise<Contender> {
  const tf = await load(backend);
  const { turn, close } = await make(tf);
  const activate = () => tf.setBackend(backend);
  return { turn: () => activate().then(turn), close };
}

const whileAsleep = ({ turn, close }: Contender): Contender => ({ turn: () => asleep(turn()), close });

/** Gives the GPU device of TensorFlow.js back, if it was opened. */
export function closeTfjs(): void {
  if (core?.engine().registry.webgpu) core.removeBackend('webgpu');
}
