/** CRC-32 (RFC 1952, section 8) and the number of bytes, both modulo 2³². */
export class Checksum {
  #crc = ~0;
  length = 0;

  get crc(): number {
    return ~this.#crc >>> 0;
  }

  /** Eight bytes at a time, each through the table of what is left of it when all eight have gone by (Kounavis & Berry 2008). */
  add(bytes: Uint8Array): void {
    let crc = this.#crc;
    let i = 0;
    for (; i + 8 <= bytes.length; i += 8) {
      crc ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
      crc =
        TABLES[0x700 | (crc & 255)] ^
        TABLES[0x600 | ((crc >>> 8) & 255)] ^
        TABLES[0x500 | ((crc >>> 16) & 255)] ^
        TABLES[0x400 | (crc >>> 24)] ^
        TABLES[0x300 | bytes[i + 4]] ^
        TABLES[0x200 | bytes[i + 5]] ^
        TABLES[0x100 | bytes[i + 6]] ^
        TABLES[bytes[i + 7]];
    }
    for (; i < bytes.length; i++) crc = TABLES[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
    this.#crc = crc;
    this.length = (this.length + bytes.length) >>> 0;
  }
}

/** What a byte leaves when n zero bytes have followed it. [n = 0 to 7, 256] */
const TABLES = new Int32Array(8 * 256);
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  TABLES[byte] = crc;
}
for (let i = 256; i < TABLES.length; i++) TABLES[i] = TABLES[TABLES[i - 256] & 255] ^ (TABLES[i - 256] >>> 8);
