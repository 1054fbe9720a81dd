const ANY = 4;
const CODES = new Uint8Array(128).fill(ANY);
for (const letter of 'ACGTU') {
  const code = 'ACGT'.indexOf(letter === 'U' ? 'T' : letter);
  CODES[letter.charCodeAt(0)] = CODES[letter.toLowerCase().charCodeAt(0)] = code;
}

/** Letter counts of aligned k-mers. Each base starts at 1; a letter that is no single base adds ¼ to all four. */
export class KmerCounts {
  /** k-mers counted. */
  sites = 0;
  private readonly counts: Float64Array; // [width, 5]: A C G T, and letters that are no single base

  constructor(private readonly width: number) {
    this.counts = new Float64Array(width * 5);
  }

  /** Counts the letters of `sequence` from `start`, upper or lower case. */
  add(sequence: string, start: number): void {
    this.sites++;
    for (let position = 0; position < this.width; position++) {
      this.counts[position * 5 + (CODES[sequence.charCodeAt(start + position)] ?? ANY)]++;
    }
  }

  /** [width][A C G T], the starting ones included. */
  matrix(): number[][] {
    return Array.from({ length: this.width }, (_, position) => {
      const [a, c, g, t, any] = this.counts.subarray(position * 5, position * 5 + 5);
      return [a, c, g, t].map((count) => 1 + count + any / 4);
    });
  }
}
