/** What a layer of filters answered to some sequences, and the letters it read. */
export interface ActivationBatch {
  /** Letters of each sequence; shorter ones may have been padded at the end, what lies past them is not looked at. */
  sequences: readonly string[];
  /** Activations [sequences, positions, filters], row-major. */
  activations: ArrayLike<number>;
  /** [sequences, positions, filters] */
  shape: readonly number[];
}

/** Which letters an activation has read: position p saw `width` letters from `offset + p · stride`. */
export interface FilterWindow {
  /** Letters under the filter. */
  width: number;
  /** Letters from one position to the next. */
  stride?: number;
  /** First letter under position 0: 0 for a valid convolution, −(width − 1)/2 for a centred "same" one. */
  offset?: number;
}

/**
 * Calls `visit(sequence, start, row)` for each position whose window lies inside its sequence: `start` is the first
 * letter under the window, `row` the index of the position's first filter in `activations`.
 */
export function forEachWindow(
  batch: ActivationBatch,
  { width, stride = 1, offset = 0 }: FilterWindow,
  visit: (sequence: number, start: number, row: number) => void,
): void {
  const [count, positions, filters] = batch.shape;
  for (let sequence = 0; sequence < count; sequence++) {
    const last = batch.sequences[sequence].length - width;
    for (let position = 0; position < positions; position++) {
      const start = offset + position * stride;
      if (start >= 0 && start <= last) visit(sequence, start, (sequence * positions + position) * filters);
    }
  }
}

/** Raises unless the batch holds as many numbers and sequences as its shape says, for the filters counted so far. */
export function checkBatch({ sequences, activations, shape }: ActivationBatch, filters = shape[2]): void {
  const expected = `activations [${sequences.length}, positions, ${filters ?? 'filters'}]`;
  if (shape.length !== 3 || shape[0] !== sequences.length || shape[2] !== filters) {
    throw new RangeError(`filters to motifs: expected ${expected}, got [${shape.join(', ')}]`);
  }
  const size = shape[0] * shape[1] * shape[2];
  if (activations.length !== size) {
    throw new RangeError(`filters to motifs: [${shape.join(', ')}] needs ${size} numbers, got ${activations.length}`);
  }
}
