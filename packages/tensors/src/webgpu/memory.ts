/** A temporary: its bytes, and the first and last dispatch that touch it. */
export interface Lifetime {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/** Where a temporary lies: in which buffer, and at which byte. */
export interface Place {
  readonly chunk: number;
  readonly offset: number;
}

/** The places of all temporaries of a plan. */
export interface Layout {
  readonly places: readonly Place[];
  /** Bytes of each chunk. */
  readonly sizes: readonly number[];
}

/** Offsets at which a range may be bound. */
const alignment = 256;

const aligned = (bytes: number): number => Math.ceil(Math.max(bytes, 4) / alignment) * alignment;

/**
 * Places for temporaries such that no two that live at once overlap: the largest first, each at the lowest free offset. A chunk
 * never exceeds `chunkBytes`, the device's largest buffer.
 */
export function layOut(lifetimes: readonly Lifetime[], chunkBytes: number): Layout {
  const places: Place[] = [];
  const placed: { place: Place; item: Lifetime; end: number }[] = [];
  const sizes: number[] = [];
  const bySize = lifetimes.map((item, i) => ({ item, i })).sort((a, b) => b.item.bytes - a.item.bytes || a.i - b.i);
  for (const { item, i } of bySize) {
    const alive = placed.filter((other) => other.item.first <= item.last && item.first <= other.item.last);
    const place = firstGap(aligned(item.bytes), alive, chunkBytes);
    const end = place.offset + aligned(item.bytes);
    places[i] = place;
    placed.push({ place, item, end });
    sizes[place.chunk] = Math.max(sizes[place.chunk] ?? 0, end);
  }
  return { places, sizes };
}

function firstGap(bytes: number, alive: readonly { place: Place; end: number }[], chunkBytes: number): Place {
  for (let chunk = 0; ; chunk++) {
    const taken = alive.filter((other) => other.place.chunk === chunk).sort((a, b) => a.place.offset - b.place.offset);
    let offset = 0;
    for (const other of taken) {
      if (other.place.offset - offset >= bytes) break;
      offset = Math.max(offset, other.end);
    }
    if (offset + bytes <= chunkBytes || taken.length === 0) return { chunk, offset };
  }
}
