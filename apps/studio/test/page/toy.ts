/** A page of the studio with an experiment that asks for a file and uses a data set. */
import type { Experiment } from '@hairpin/experiments';
import { studio } from '../../src/page/studio';

const toy: Experiment = {
  ...{ name: 'toy', question: 'What stands in a file?', rows: [1], biology: 'None.', equation: 'x = x' },
  options: { peaks: { kind: 'text', says: 'a file of peaks; simulated without one', default: '' } },
  datasets: ['timeseries_lynx_hare'],
  run: () => Promise.reject(new Error('is never run')),
};

studio([toy]);
