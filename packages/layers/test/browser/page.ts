import { openDevice, setDefaultDevice, tensor } from '@hairpin/tensors';
import { Rng } from '@hairpin/tensors/random';
import { publish } from '../../../../scripts/browser/page';
import { Linear, loadWeights } from '../../src/index';
import { readKerasWeights } from '../../src/keras/index';
import { fillModel, hdf5File, small } from '../keras/keras-file';

function same(what: string, got: unknown, wanted: unknown): void {
  const [a, b] = [got, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

publish(async () => {
  setDefaultDevice(await openDevice('cpu'));
  return [
    {
      name: "a layer takes the weights of Keras' file",
      async run() {
        const weights = await readKerasWeights(await hdf5File((root) => fillModel(root, small)));
        const dense = new Linear({ in: 2, out: 3, rng: new Rng(1) });
        loadWeights(dense, weights, { layout: 'keras', prefix: 'dense/' });
        same('kernel times [1, 10] + bias', Array.from(await dense.forward(tensor([[1, 10]])).data()), [48, 60, 72]);
      },
    },
    {
      name: 'a file that is none is refused',
      async run() {
        const error: unknown = await readKerasWeights(new Uint8Array(100), 'net.h5').catch((error: unknown) => error);
        same('error', (error as Error).message, 'net.h5: expected an intact HDF5 file, found file signature not found');
      },
    },
  ];
});
