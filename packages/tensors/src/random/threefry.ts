/** Two 32-bit words: a key, a counter, or what Threefry makes of them. */
export type Word2 = readonly [number, number];

// Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", table 4 and section 4.2;
// the parity constant is Skein's, as in Random123.
const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;
const ROUNDS = 20;

/** The last block: a pair returned anew for each of a million words would cost more than the rounds. */
const block = new Int32Array(2);

function encrypt(key0: number, key1: number, counter0: number, counter1: number): void {
  const keys = [key0 | 0, key1 | 0, PARITY ^ key0 ^ key1];
  let x0 = (counter0 + keys[0]) | 0;
  let x1 = (counter1 + keys[1]) | 0;
  for (let round = 0; round < ROUNDS; round++) {
    const rotation = ROTATIONS[round & 7];
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << rotation) | (x1 >>> (32 - rotation))) ^ x0;
    if ((round & 3) !== 3) continue;
    const injection = (round + 1) >> 2;
    x0 = (x0 + keys[injection % 3]) | 0;
    x1 = (x1 + keys[(injection + 1) % 3] + injection) | 0;
  }
  block[0] = x0;
  block[1] = x1;
}

/** Threefry-2x32 with 20 rounds: the u32 block of a u32 `counter` under a u32 `key`; words are unsigned. */
export function threefry2x32(key: Word2, counter: Word2): [number, number] {
  encrypt(key[0], key[1], counter[0], counter[1]);
  return [block[0] >>> 0, block[1] >>> 0];
}

/** Elements `first` … `first + length − 1` of one draw: element i is the first word of `threefry2x32(key, [i, draw])`. */
export function drawBits(key: Word2, draw: number, length: number, first = 0): Uint32Array {
  const bits = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    encrypt(key[0], key[1], first + i, draw);
    bits[i] = block[0];
  }
  return bits;
}

/** The upper 24 of 32 random bits as a number in [0, 1), exact in f32. */
export const uniformFromBits = (bits: number): number => (bits >>> 8) / 2 ** 24;
