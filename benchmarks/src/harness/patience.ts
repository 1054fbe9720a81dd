import { Absent } from './benchmark';

/** A system that has said nothing for so long is left alone. */
export const PATIENCE_MS = 60_000;

/** What the promise gives; rejects with `Absent` if that takes more than `ms`. */
export async function patiently<T>(promise: Promise<T>, ms = PATIENCE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Absent(`silent for ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
