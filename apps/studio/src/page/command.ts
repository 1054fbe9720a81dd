import type { RunSettings } from '@hairpin/experiments';
import type { DeviceWish } from '../protocol';

/** The command line that runs the same, for who would rather have it on a terminal. */
export function commandOf(
  experiment: string,
  { size, seed, options = {} }: RunSettings,
  device: DeviceWish = 'automatic',
): string {
  const chosen = Object.entries(options).map(([name, value]) => `--set ${quoted(`${name}=${value}`)}`);
  const where = device === 'automatic' ? [] : [`--device ${device}`];
  return [`hairpin run ${experiment} --size ${size} --seed ${seed}`, ...where, ...chosen].join(' ');
}

const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
