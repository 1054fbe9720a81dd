import { deflateSync } from 'node:zlib';

/** One section of data: which kind of items it has decides how they are stored. */
export interface Section {
  readonly chromosome: number;
  readonly kind: 'bedGraph' | 'varStep' | 'fixedStep';
  readonly step?: number;
  readonly span?: number;
  readonly items: readonly (readonly [start: number, end: number, value: number])[];
}

/** A bigWig file as the format's paper lays it out, with an R tree of two levels and one level of summaries. */
export function makeBigWig(options: {
  chromosomes: Record<string, number>;
  sections: readonly Section[];
  isLittle?: boolean;
  isPacked?: boolean;
}): Uint8Array {
  const { chromosomes, sections, isLittle = true, isPacked = true } = options;
  const out = new Out(isLittle);
  const names = Object.keys(chromosomes);
  const keySize = Math.max(...names.map(({ length }) => length));
  out.at(64); // header, written last
  const summaryAt = out.length;
  const all = sections.flatMap(({ items }) => items);
  const sums = all.map(([start, end, value]) => (end - start) * value);
  out.u64(all.reduce((total, [start, end]) => total + end - start, 0));
  out.f64(Math.min(...all.map(([, , value]) => value)), Math.max(...all.map(([, , value]) => value)));
  out.f64(
    sums.reduce((a, b) => a + b, 0),
    all.reduce((total, [s, e, v]) => total + (e - s) * v * v, 0),
  );
  const treeAt = out.length;
  out.u32(0x78ca8c91, names.length, keySize, 8).u64(names.length, 0);
  out.u8(1, 0).u16(names.length);
  names.forEach((name, id) => out.text(name, keySize).u32(id, chromosomes[name]));
  const dataAt = out.length;
  out.u64(sections.length);
  const blocks = sections.map((section) => {
    const bytes = sectionBytes(section, isLittle);
    const packed = isPacked ? new Uint8Array(deflateSync(bytes)) : bytes;
    const offset = out.length;
    out.bytes(packed);
    return { section, offset, size: packed.length };
  });
  const indexAt = out.length;
  out
    .u32(0x2468ace0, 256)
    .u64(sections.length)
    .u32(0, 0, names.length - 1, 1 << 30)
    .u64(indexAt)
    .u32(1, 0);
  const rootBytes = 4 + 24 * blocks.length;
  out.u8(0, 0).u16(blocks.length);
  blocks.forEach(({ section }, i) => out.span(section).u64(indexAt + 48 + rootBytes + i * 36));
  for (const { section, offset, size } of blocks) out.u8(1, 0).u16(1).span(section).u64(offset, size);
  const size = out.length;
  out.at(0).u32(0x888ffc26).u16(4, 0).u64(treeAt, dataAt, indexAt).u16(0, 0).u64(0, summaryAt);
  out.u32(isPacked ? 32768 : 0).u64(0);
  return out.at(size).finish();
}

function sectionBytes({ chromosome, kind, step = 0, span = 0, items }: Section, isLittle: boolean): Uint8Array {
  const out = new Out(isLittle);
  out.u32(chromosome, items[0][0], items[items.length - 1][1], step, span);
  out.u8({ bedGraph: 1, varStep: 2, fixedStep: 3 }[kind], 0).u16(items.length);
  for (const [start, end, value] of items) {
    if (kind !== 'fixedStep') out.u32(start);
    if (kind === 'bedGraph') out.u32(end);
    out.f32(value);
  }
  return out.finish();
}

class Out {
  #data = new DataView(new ArrayBuffer(1 << 16));
  length = 0;

  constructor(readonly isLittle: boolean) {}

  at(position: number): this {
    this.length = position;
    return this;
  }

  u8(...values: number[]): this {
    for (const value of values) this.#data.setUint8(this.length++, value);
    return this;
  }

  u16(...values: number[]): this {
    for (const value of values) this.#data.setUint16(this.#next(2), value, this.isLittle);
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) this.#data.setUint32(this.#next(4), value, this.isLittle);
    return this;
  }

  u64(...values: number[]): this {
    for (const value of values) this.#data.setBigUint64(this.#next(8), BigInt(value), this.isLittle);
    return this;
  }

  f32(...values: number[]): this {
    for (const value of values) this.#data.setFloat32(this.#next(4), value, this.isLittle);
    return this;
  }

  f64(...values: number[]): this {
    for (const value of values) this.#data.setFloat64(this.#next(8), value, this.isLittle);
    return this;
  }

  span({ chromosome, items }: Section): this {
    return this.u32(chromosome, items[0][0], chromosome, items[items.length - 1][1]);
  }

  text(text: string, length: number): this {
    return this.bytes(Uint8Array.from({ length }, (_, i) => text.charCodeAt(i) || 0));
  }

  bytes(bytes: Uint8Array): this {
    for (const byte of bytes) this.u8(byte);
    return this;
  }

  finish(): Uint8Array {
    return new Uint8Array(this.#data.buffer, 0, this.length);
  }

  #next(bytes: number): number {
    this.length += bytes;
    return this.length - bytes;
  }
}
