const THIN = '\u202f'; // narrow no-break space

/** A whole number in groups of three: 35 885. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, THIN);
}

/** A share between 0 and 1 to three decimals; what is not exactly 1 does not read as 1. */
export function share(value: number): string {
  return (value < 1 ? Math.min(value, 0.9999) : value).toFixed(value < 1 && value >= 0.9995 ? 4 : 3);
}

/** A time in the units that a person would use: 0.8 s, 43 s, 2 min 5 s, 1 h 12 min. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)}${THIN}s`;
  const whole = Math.round(seconds);
  const [h, min, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (h > 0) return `${h}${THIN}h ${min}${THIN}min`;
  return min > 0 ? `${min}${THIN}min ${s}${THIN}s` : `${s}${THIN}s`;
}
