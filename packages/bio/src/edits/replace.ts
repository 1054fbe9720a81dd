/** The sequence with `letters` put in before position `at` (from 0; the length for the end). */
export function insert(sequence: string, at: number, letters: string): string {
  checkStretch('insert', sequence, at, at);
  return sequence.slice(0, at) + letters + sequence.slice(at);
}

/** The sequence with `letters` in place of as many from position `at` on, so that its length stays. */
export function substitute(sequence: string, at: number, letters: string): string {
  checkStretch('substitute', sequence, at, at + letters.length);
  return sequence.slice(0, at) + letters + sequence.slice(at + letters.length);
}

/** The sequence without its letters from `start` to before `end`. (`delete` is a word of JavaScript.) */
export function remove(sequence: string, start: number, end: number): string {
  checkStretch('remove', sequence, start, end);
  return sequence.slice(0, start) + sequence.slice(end);
}

function checkStretch(where: string, { length }: string, start: number, end: number): void {
  const isInside = Number.isInteger(start) && Number.isInteger(end) && 0 <= start && start <= end && end <= length;
  if (isInside) return;
  throw new RangeError(`${where}: expected positions within 0 and ${length}, got ${start} to ${end}`);
}
