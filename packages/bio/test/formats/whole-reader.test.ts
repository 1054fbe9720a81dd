import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  distanceMatrixFrom,
  FormatError,
  readJaspar,
  readMeme,
  readNewick,
  readPhylipDistances,
  readTransfac,
  writeJaspar,
  writeMeme,
  writeNewick,
  writePhylipDistances,
  writeTransfac,
} from '../../src/index';
import type { Input, Motif, WholeReader } from '../../src/index';
import { dataFiles, dataFolder, dataPath } from '../support';

const motif: Motif = {
  id: 'M1',
  name: 'µ-factor', // two bytes in UTF-8
  probabilities: [
    [0.5, 0.5, 0, 0],
    [0, 0, 0.25, 0.75],
  ],
  sites: 4,
};

/** A text that each reader understands. */
const cases: Record<string, { read: WholeReader<unknown>; text: string }> = {
  MEME: { read: readMeme, text: writeMeme([motif]) },
  JASPAR: { read: readJaspar, text: writeJaspar([motif]) },
  TRANSFAC: { read: readTransfac, text: writeTransfac([motif]) },
  Newick: { read: readNewick, text: writeNewick({ name: 'µ', children: [{ name: 'a', length: 1, children: [] }] }) },
  PHYLIP: { read: readPhylipDistances, text: writePhylipDistances(distanceMatrixFrom(['µ', 'b'], [[], [0.5]])) },
};

/** Bytes one by one, so that letters of several bytes come torn. */
async function* byteByByte(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (const byte of bytes) yield await Promise.resolve(Uint8Array.of(byte));
}

describe.each(Object.entries(cases))('%s', (_, { read, text }) => {
  const bytes = new TextEncoder().encode(text);
  const marked = Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes);
  const inputs: Record<string, Input> = {
    bytes,
    'bytes with a byte order mark': marked,
    gzip: new Uint8Array(gzipSync(bytes)),
    'a stream of single bytes': byteByByte(bytes),
    'a stream of gzip': byteByByte(new Uint8Array(gzipSync(bytes))),
    'a blob': new Blob([bytes]),
    'a readable stream': new Blob([bytes]).stream(),
  };

  it('is read at once from text', () => {
    expect(read(text)).not.toBeInstanceOf(Promise);
    expect(read(`\uFEFF${text}`)).toEqual(read(text));
  });

  it.each(Object.entries(inputs))('is read from %s', async (_kind, input) => {
    const result = read(input);
    expect(result).toBeInstanceOf(Promise);
    expect(await result).toEqual(read(text));
  });

  it('names the file when gzip data is damaged, and when the text is none', async () => {
    const torn = new Uint8Array(gzipSync(bytes)).subarray(0, -12);
    await expect(read(torn, { source: 'torn.gz' })).rejects.toThrow(FormatError);
    await expect(read(torn, { source: 'torn.gz' })).rejects.toThrow('torn.gz');
    await expect(read(new TextEncoder().encode('((('), { source: 'odd.txt' })).rejects.toThrow('odd.txt');
  });
});

describe.skipIf(!dataFolder)('gzipped motif files of the data folder', () => {
  it.each(dataFiles(/\.meme$|JASPAR.*\.pfm$|(REB1|SRF)\.pfm$/))('%s reads alike from text and gzip', async (path) => {
    const text = readFileSync(dataPath(path), 'utf8');
    const read: WholeReader<unknown> = path.endsWith('.meme') ? readMeme : readJaspar;
    expect(await read(new Uint8Array(gzipSync(text)))).toEqual(read(text));
  });
});
