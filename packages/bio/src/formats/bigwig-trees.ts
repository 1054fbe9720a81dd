import type { PartReader } from './random-access';

/** A chromosome of a bigWig file. */
export interface BigWigChromosome {
  readonly id: number;
  readonly length: number;
}

/** Where a compressed block of data stands in the file. */
export interface Block {
  readonly offset: number;
  readonly size: number;
}

/** A stretch of a chromosome, from `start` to before `end`. */
export interface Query {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

const CHROMOSOME_MAGIC = 0x78ca8c91;
const INDEX_MAGIC = 0x2468ace0;

/** The B+ tree of chromosomes (Kent et al. 2010, supplement, tables 8–11). */
export async function readChromosomes(
  file: PartReader,
  offset: number,
  isLittle: boolean,
): Promise<Map<string, BigWigChromosome>> {
  const head = view(await file.read(offset, 32));
  const keySize = head.getUint32(8, isLittle);
  const isTree = head.getUint32(0, isLittle) === CHROMOSOME_MAGIC && head.getUint32(12, isLittle) === 8;
  if (!isTree) throw file.error(offset, 'expected the tree of chromosomes');
  const chromosomes = new Map<string, BigWigChromosome>();
  const walker = new Walker(file, isLittle, keySize + 8, keySize + 8);
  await walker.walk(offset + 32, (item, isLeaf) => {
    if (!isLeaf) return uint64(item, keySize, isLittle);
    const name = utf8.decode(bytesOf(item, keySize)).replace(/\0+$/, '');
    chromosomes.set(name, { id: item.getUint32(keySize, isLittle), length: item.getUint32(keySize + 4, isLittle) });
    return undefined;
  });
  const expected = uint64(head, 16, isLittle);
  if (chromosomes.size !== expected) {
    throw file.error(offset, `expected ${expected} chromosomes, got ${chromosomes.size}`);
  }
  const numbers = new Set([...chromosomes.values()].map(({ id }) => id).filter((id) => id < expected));
  if (numbers.size === expected) return chromosomes;
  throw file.error(offset, `the chromosomes are not numbered from 0 to ${expected - 1}`);
}

/** The blocks that may hold data of a stretch, in the order of the file, from the R tree (tables 14–17). */
export async function findBlocks(file: PartReader, offset: number, isLittle: boolean, query: Query): Promise<Block[]> {
  const head = view(await file.read(offset, 48));
  if (head.getUint32(0, isLittle) !== INDEX_MAGIC) throw file.error(offset, 'expected the index of the data');
  const blocks: Block[] = [];
  const walker = new Walker(file, isLittle, 32, 24);
  await walker.walk(offset + 48, (item, isLeaf) => {
    if (!overlaps(item, isLittle, query)) return undefined;
    const at = uint64(item, 16, isLittle);
    if (!isLeaf) return at;
    blocks.push({ offset: at, size: uint64(item, 24, isLittle) });
    return undefined;
  });
  const bytes = blocks.reduce((total, { size }) => total + size, 0);
  if (bytes > file.size)
    throw file.error(offset, `the index tells of ${bytes} bytes of data, the file has ${file.size}`);
  return blocks.sort((a, b) => a.offset - b.offset);
}

function overlaps(item: DataView, isLittle: boolean, { id, start, end }: Query): boolean {
  const [fromId, from, toId, to] = [0, 4, 8, 12].map((at) => item.getUint32(at, isLittle));
  const beginsBefore = fromId < id || (fromId === id && from < end);
  const endsAfter = toId > id || (toId === id && to > start);
  return beginsBefore && endsAfter;
}

/** Visits the nodes of a tree. Each byte belongs to one node at most, or the tree bites its tail. */
class Walker {
  #bytes = 0;

  constructor(
    readonly file: PartReader,
    readonly isLittle: boolean,
    readonly leafBytes: number,
    readonly innerBytes: number,
  ) {}

  /** @param visit gives the offset of the child that an item of an inner node points at, if it is to be visited */
  async walk(root: number, visit: (item: DataView, isLeaf: boolean) => number | undefined): Promise<void> {
    const open = [root];
    for (let offset = open.pop(); offset !== undefined; offset = open.pop()) {
      for (const { item, isLeaf } of await this.#node(offset)) {
        const child = visit(item, isLeaf);
        if (child !== undefined) open.push(child);
      }
    }
  }

  async #node(offset: number): Promise<{ item: DataView; isLeaf: boolean }[]> {
    const head = view(await this.file.read(offset, 4));
    const [kind, count] = [head.getUint8(0), head.getUint16(2, this.isLittle)];
    if (kind > 1) throw this.file.error(offset, `expected a node of a tree, got one of kind ${kind}`);
    const isLeaf = kind === 1;
    const size = isLeaf ? this.leafBytes : this.innerBytes;
    this.#bytes += 4 + count * size;
    if (this.#bytes > this.file.size)
      throw this.file.error(offset, 'the tree has more nodes than the file has room for');
    const items = await this.file.read(offset + 4, count * size);
    return Array.from({ length: count }, (_, i) => ({ item: view(items.subarray(i * size, (i + 1) * size)), isLeaf }));
  }
}

const utf8 = new TextDecoder();

/** A view of all the bytes. */
export const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Numbers of 64 bits count bytes here: beyond 2⁵³ there is no file, and the exact value does not matter. */
export const uint64 = (data: DataView, at: number, isLittle: boolean) => Number(data.getBigUint64(at, isLittle));

const bytesOf = (data: DataView, length: number) => new Uint8Array(data.buffer, data.byteOffset, length);
