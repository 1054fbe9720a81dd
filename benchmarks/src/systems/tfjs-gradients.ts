import { createRequire } from 'node:module';

/** They stand in files of their own, written as ES modules without saying so: only `require`, as tsx has it, reads them. */
export const registerGradients = (): Promise<void> =>
  Promise.resolve(createRequire(import.meta.url)('@tensorflow/tfjs-core/dist/register_all_gradients') as void);
