import type * as jaxCore from '@jax-js/jax';
import { Absent, type Contender, type System } from '../harness/benchmark';
import { provideWebGpu } from './adapter';

/** The library as a module. */
export type Jax = typeof jaxCore;

/** Its tensors, which what they are given to takes away unless it is given their `ref`. */
export type JaxArray = InstanceType<Jax['Array']>;

let loaded: Promise<Jax> | undefined;

/** jax-js on WebGPU. Rejects with `Absent` where it does not start. */
const load = (): Promise<Jax> => (loaded ??= start().catch(asAbsent));

async function start(): Promise<Jax> {
  provideWebGpu();
  const jax = await import('@jax-js/jax');
  if (!(await jax.init('webgpu')).includes('webgpu')) throw new Absent('its WebGPU does not start');
  jax.defaultDevice('webgpu');
  return jax;
}

function asAbsent(error: Error): never {
  throw new Absent(error.message);
}

/** The system of one piece of work written for jax-js. */
export const jax = (make: (jax: Jax) => Contender | Promise<Contender>): System => ({
  name: 'jax-js',
  open: async () => make(await load()),
});

/** What a reader must know of this system. */
export const jaxNotes = ['jax-js runs what it was given under `jit`, on WebGPU, and waits as tfjs-webgpu does.'];
