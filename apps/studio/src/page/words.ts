/** The words of a name in code: learningRate → learning rate. */
export const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The same sentence with a capital letter at its start and one full stop at its end. */
export const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/[.?!]?$/, (end) => end || '.');

/** A paragraph that was written over several lines, on one. */
export const paragraph = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** What an error says, without the name at its start: it stands beside the field of that name. */
export const withoutName = (name: string, message: string): string =>
  message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;

/** A time as it passes: 0:43, 12:05, 1:02:07. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return h > 0 ? `${h}:${two(min)}:${two(s)}` : `${min}:${two(s)}`;
}

/** A size in the unit that a person would use: 812 B, 12 kB, 3.4 MB. */
export function bytes(size: number): string {
  const power = Math.min(3, Math.max(0, Math.floor(Math.log10(Math.max(size, 1)) / 3)));
  const value = size / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${['B', 'kB', 'MB', 'GB'][power]}`;
}
