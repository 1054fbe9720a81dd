import { publish } from '../../../../scripts/browser/page';
import { dataLibrary, opfsDataStore, openUrl } from '../../src/index';
import type { Dataset, StoredFile } from '../../src/index';

/** What the test hands over in the address: a set, and the address of one of its files. */
interface Given {
  readonly set: Dataset;
  readonly wrong: Dataset;
  readonly url: string;
}

const { location, reportReceived } = globalThis as unknown as {
  location: { hash: string };
  reportReceived(received: number): void;
};
const given = JSON.parse(decodeURIComponent(location.hash.slice(1))) as Given;

function same(what: string, got: unknown, wanted: unknown): void {
  const [a, b] = [got, wanted].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`${what}: expected ${b}, got ${a}`);
}

const offline = () => Promise.reject(new TypeError('offline'));

async function sumOf(file: StoredFile): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file) pieces.push(piece);
  const digest = await crypto.subtle.digest(
    'SHA-256',
    await new Blob(pieces as Uint8Array<ArrayBuffer>[]).arrayBuffer(),
  );
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

publish(async () => [
  {
    name: 'a download from another origin goes on after a cut, and is read without a connection',
    async run() {
      const { name, files } = given.set;
      const cache = opfsDataStore('sets');
      const onProgress = ({ received }: { received: number }) => reportReceived(received);
      const library = dataLibrary({ datasets: [given.set], cache, waitMs: 1 });
      const file = await library.open(name, undefined, { onProgress });
      same('sum', await sumOf(file), files[0].sha256);
      const later = dataLibrary({ datasets: [given.set], cache: opfsDataStore('sets'), fetch: offline, retries: 0 });
      const again = await later.open(name);
      same('place', again.location, `opfs:sets/${name}/${files[0].path}`);
      same('sum again', await sumOf(again), files[0].sha256);
      same('a part', (await again.read(10, 14)).length, 4);
      same('state', (await later.where(name))[0].state, 'cache');
      same('the part', await cache.open(`${name}/${files[0].path}.part`), undefined);
    },
  },
  {
    name: 'nothing is kept of a file with a wrong checksum',
    async run() {
      const cache = opfsDataStore('wrong');
      const { name, files } = given.wrong;
      const library = dataLibrary({ datasets: [given.wrong], cache, waitMs: 1 });
      const message = await library.open(name).then(
        () => 'no error',
        (error: Error) => error.message,
      );
      same('message', /nothing was kept/.test(message), true);
      const paths = ['', '.part', '.part.json'].map((ending) => `${name}/${files[0].path}${ending}`);
      for (const path of paths) same(path, await cache.open(path), undefined);
    },
  },
  {
    name: 'the store appends, moves over and removes',
    async run() {
      const store = opfsDataStore('notes');
      const write = async (path: string, text: string) => {
        const sink = await store.append(path);
        await sink.write(new TextEncoder().encode(text));
        await sink.close();
      };
      const text = async (path: string) => {
        const file = await store.open(path);
        return file && new TextDecoder().decode(await file.read(0, file.size));
      };
      await write('a/b', 'longer than ');
      await write('a/b', 'before');
      same('appended', await text('a/b'), 'longer than before');
      await write('a/c', 'old');
      await store.move('a/c', 'a/b');
      same('moved', [await text('a/b'), await text('a/c')], ['old', undefined]);
      await store.remove('a/b');
      await store.remove('never/was');
      same('removed', await text('a/b'), undefined);
    },
  },
  {
    name: 'a file of another origin is read in parts',
    async run() {
      const file = await openUrl(given.url);
      same('size', file.size, given.set.files[0].bytes);
      same('part', (await file.read(100, 164)).length, 64);
    },
  },
]);
