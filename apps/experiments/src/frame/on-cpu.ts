import { openDevice, setDefaultDevice } from '@hairpin/tensors';
import type { ExperimentContext } from './experiment';

/** Does what needs f64 on a CPU device of its own, wherever else the experiment runs. */
export async function onCpu<T>({ device }: Pick<ExperimentContext, 'device'>, work: () => Promise<T>): Promise<T> {
  const cpu = await openDevice('cpu');
  setDefaultDevice(cpu);
  try {
    return await work();
  } finally {
    setDefaultDevice(device);
    await cpu.close();
  }
}
