import { openDevice, parameters, setDefaultDevice } from '@hairpin/tensors';
import { publish } from '../../../../scripts/browser/page';
import { fit, opfsStore, snapshot } from '../../src/index';
import { problem } from '../problem';

function same(what: string, got: unknown, wanted: unknown): void {
  const [a, b] = [got, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

publish(async () => {
  setDefaultDevice(await openDevice('webgpu'));
  return [
    {
      name: 'a store in the browser keeps what was last saved',
      async run() {
        const store = opfsStore('notes');
        same('before', await store.load(), undefined);
        for (const word of ['a longer text', 'short']) await store.save(new TextEncoder().encode(word));
        same('after', text(await opfsStore('notes').load()), 'short');
        same('another file', await opfsStore('others').load(), undefined);
      },
    },
    {
      name: 'a run goes on from the browser store to the same weights',
      async run() {
        const trained = async (stopAt?: number) => {
          const store = opfsStore(`run ${String(stopAt)}`);
          const stop = new AbortController();
          let seen = 0;
          const onProgress = () => void (++seen === stopAt && stop.abort());
          const options = { epochs: 3, learningRate: 0.1, readEvery: 2, checkpoint: { store } };
          const first = await problem();
          await fit({ ...options, step: first.step, loader: first.loader, onProgress, signal: stop.signal });
          const second = await problem({ seed: 2 });
          await fit({ ...options, step: second.step, loader: first.loader });
          return Object.values(await snapshot(parameters(second.step))).map(({ data }) =>
            Array.from(data as Float32Array),
          );
        };
        same('weights', await trained(5), await trained());
      },
    },
  ];
});
