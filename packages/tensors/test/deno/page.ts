import { publish } from '../../../../scripts/browser/page';
import { openDevice } from '../../src/index';
import { agreesWith, ragged, small } from '../scan/agreement';
import { batchCapture, fastWeights, gruBefore, maxOver, masks, rnn, widths } from '../scan/cells';

const few = [rnn(3, 5), gruBefore(3, 5), widths, maxOver, masks, batchCapture, fastWeights];

publish(async () => {
  const [gpu, cpu] = await Promise.all([openDevice('webgpu'), openDevice('cpu')]);
  return few.map((cell) => ({
    name: cell.name,
    run: () => agreesWith(cpu, gpu, { cell, extent: small, course: ragged }),
  }));
});
