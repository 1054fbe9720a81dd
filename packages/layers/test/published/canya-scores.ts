import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { loadWeights } from '../../src/index';
import { readKerasWeights } from '../../src/keras/index';
import { dataFolder } from '../data';
import { Canya, canyaNames, peptides } from './canya';

/** A file of the networks. */
export const canyaFile = (...path: string[]): Buffer => readFileSync(join(dataFolder!, 'canya_aggregation', ...path));

/** Peptides and the scores that each network gives them. */
function table(): string[][] {
  const [, ...rows] = canyaFile('example_expected_scores.tsv').toString().trim().split('\n');
  return rows.map((row) => row.split('\t'));
}

/** The scores of one of the ten networks, from its Keras file, against those that are stored. */
export async function checkCanya(network: number): Promise<void> {
  const weights = await readKerasWeights(canyaFile('keras_h5', `model_weights${network}.h5`));
  const model = new Canya();
  loadWeights(model, weights, { layout: 'keras', mapping: canyaNames });
  const rows = table();
  const scores = await model.forward(peptides(rows.map(([, sequence]) => sequence))).data();
  expect(scores.length).toBe(367);
  const deviations = rows.map((row, i) => Math.abs(scores[i] - Number(row[1 + network])));
  expect(Math.max(...deviations)).toBeLessThan(1e-5);
}
