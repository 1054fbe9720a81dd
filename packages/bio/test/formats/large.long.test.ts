import { createGzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readFastaChunks } from '../../src/index';

const LETTERS = 1e9;
const PIECE = 'GATTACACGTACGTTTGACA'.repeat(50_000);

/** A FASTA file of 10⁹ letters in one line, made while it is read. */
function* oneLine(): Generator<Uint8Array> {
  yield new TextEncoder().encode('>chromosome\n');
  const bytes = new TextEncoder().encode(PIECE);
  for (let i = 0; i < LETTERS / PIECE.length; i++) yield bytes;
}

async function* asAsync<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const sources = {
  plain: () => asAsync(oneLine()),
  gzip: () => Readable.from(oneLine()).pipe(createGzip({ level: 1 })),
};

for (const [name, open] of Object.entries(sources)) {
  it(`a line of 10⁹ letters, ${name}, is read in bounded memory`, async () => {
    const before = process.memoryUsage().rss;
    let [letters, guanines, highest] = [0, 0, 0];
    for await (const chunk of readFastaChunks(open(), { source: 'one-line.fa' })) {
      for (let i = 0; i < chunk.letters.length; i++) if (chunk.letters[i] === 71) guanines++;
      letters += chunk.letters.length;
      highest = Math.max(highest, process.memoryUsage().rss);
    }
    console.log(`${name}: ${((highest - before) / 1e6).toFixed(0)} MB above the beginning`);
    expect([letters, guanines]).toEqual([LETTERS, (LETTERS / 20) * 4]);
    expect(highest - before).toBeLessThan(400e6);
  });
}
