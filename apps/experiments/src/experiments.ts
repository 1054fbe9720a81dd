import { addingProblem } from './adding-problem/experiment';
import { circularGenome } from './circular-genome/experiment';
import { enhancerMemoryExperiment } from './enhancer-memory/experiment';
import type { Experiment } from './frame/experiment';
import { gradientReachExperiment } from './gradient-reach/experiment';
import { InputError } from './input-error';
import { irregularTime } from './irregular-time/experiment';
import { methylationMemory } from './methylation-memory/experiment';
import { motifAutomatonExperiment } from './motif-automaton/experiment';
import { orderVersusBag } from './order-versus-bag/experiment';
import { phylogeny } from './phylogeny/experiment';
import { tfBinding } from './tf-binding/experiment';

/** All experiments, by name in the order of the alphabet. */
export const experiments: readonly Experiment[] = [
  addingProblem,
  circularGenome,
  enhancerMemoryExperiment,
  gradientReachExperiment,
  irregularTime,
  methylationMemory,
  motifAutomatonExperiment,
  orderVersusBag,
  phylogeny,
  tfBinding,
];

/** @throws InputError where there is none of that name */
export function experimentNamed(name: string): Experiment {
  const found = experiments.find((experiment) => experiment.name === name);
  if (found) return found;
  throw new InputError(
    `no experiment ${name}; there are ${experiments.map((experiment) => experiment.name).join(', ')}`,
  );
}
