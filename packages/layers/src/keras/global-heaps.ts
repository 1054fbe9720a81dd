import { ArrayFileError } from '@hairpin/tensors/files';

// HDF5 File Format Specification 3.0, III.E: a collection has a header and objects one after the other, each with a header.
const COLLECTION = [0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0]; // GCOL, version 1
const HEADER = 16;

/**
 * Raises an error unless the objects of every global heap, where names of any length stand, lead from one to the next: in a
 * damaged heap HDF5 can walk in a circle for ever.
 */
export function checkGlobalHeaps(bytes: Uint8Array, label: string): void {
  if (lengthBytes(bytes) !== 8)
    throw new ArrayFileError(`${label}: expected an HDF5 file with lengths of 8 bytes, found ${lengthBytes(bytes)}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = bytes.indexOf(COLLECTION[0]); at >= 0; at = bytes.indexOf(COLLECTION[0], at + 1))
    if (at + HEADER <= bytes.length && COLLECTION.every((byte, i) => bytes[at + i] === byte))
      checkCollection(view, at, label);
}

/** Size of lengths, which the superblock says at another place from version 2 on. */
const lengthBytes = (bytes: Uint8Array): number | undefined => bytes[bytes[8] < 2 ? 14 : 10];

function checkCollection(view: DataView, start: number, label: string): void {
  const end = Math.min(start + Number(view.getBigUint64(start + 8, true)), view.byteLength);
  for (let at = start + HEADER; at + HEADER <= end;) {
    const isFree = view.getUint16(at, true) === 0; // the rest of the collection, its header included
    const size = Number(view.getBigUint64(at + 8, true));
    const step = isFree ? size : HEADER + Math.ceil(size / 8) * 8;
    if (step < HEADER || at + step > end)
      throw new ArrayFileError(`${label}: expected a heap of names at byte ${start}, found damage at byte ${at}`);
    at += step;
  }
}
