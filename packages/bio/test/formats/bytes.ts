import { gzipSync } from 'node:zlib';

/** The text in UTF-8. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The bytes as a stream of pieces of the given size. */
export function streamOf(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.slice(i * size, (i + 1) * size),
  );
  return new ReadableStream({
    pull: (controller) => (pieces.length > 0 ? controller.enqueue(pieces.shift()!) : controller.close()),
  });
}

/** A bgzip block: a gzip member that tells its own size in an extra field. */
export function bgzipBlock(text: string): Uint8Array {
  const plain = gzipSync(text);
  const header = Uint8Array.from([31, 139, 8, 4, 0, 0, 0, 0, 0, 255, 6, 0, 66, 67, 2, 0, 0, 0]);
  new DataView(header.buffer).setUint16(16, plain.length + 8 - 1, true);
  return Buffer.concat([header, plain.subarray(10)]);
}

/** The empty block that ends a bgzip file. */
export const BGZIP_END = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex');

/** A bgzip file with blocks of so many letters, and its `.gzi`. */
export function bgzip(text: string, blockLength: number): { bytes: Uint8Array; gzi: Uint8Array } {
  const parts = Array.from({ length: Math.ceil(text.length / blockLength) }, (_, i) =>
    bgzipBlock(text.slice(i * blockLength, (i + 1) * blockLength)),
  );
  const gzi = new DataView(new ArrayBuffer(8 + 16 * (parts.length - 1)));
  gzi.setBigUint64(0, BigInt(parts.length - 1), true);
  let at = 0;
  for (let i = 1; i < parts.length; i++) {
    at += parts[i - 1].length;
    gzi.setBigUint64(16 * i - 8, BigInt(at), true);
    gzi.setBigUint64(16 * i, BigInt(i * blockLength), true);
  }
  return { bytes: Buffer.concat([...parts, BGZIP_END]), gzi: new Uint8Array(gzi.buffer) };
}
