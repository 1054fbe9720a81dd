import { bothWays } from '../bilstm-inference';
import type { Case } from '../harness/benchmark';
import { lstmCase } from '../lstm';
import { square } from '../matmul';

/** The work that is given to the systems of a page, by its question. */
export const cases: readonly Case[] = [
  named('matmul', square(512)),
  named('lstm', lstmCase({ batch: 16, steps: 50, inputs: 4, hidden: 32 }, ['tfjs'])),
  named('bilstm-inference', bothWays({ batch: 16, steps: 50, inputs: 4, hidden: 64 })),
];

/** Bars are for the devices on which the questions are asked otherwise. */
function named(question: string, { bars: _, ...work }: Case): Case {
  return { ...work, name: `${question}, ${work.name}`, rounds: 5 };
}
