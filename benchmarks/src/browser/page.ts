import { defaultDevice } from '@hairpin/tensors';
import { measure } from '../harness/measure';
import type { Measured } from '../harness/result';
import { cases } from './cases';

/** What the command asks of the page. */
export interface BenchPage {
  readonly adapter: () => Promise<string>;
  readonly measure: (index: number) => Promise<Measured>;
}

const page: BenchPage = {
  adapter: async () => (await defaultDevice().backend()).label,
  measure: (index) => measure(cases[index]),
};
Object.assign(globalThis, { benchPage: page });
