/** Data or options that cannot be used, in one line that a person can act on. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
