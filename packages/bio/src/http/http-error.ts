/** An address that does not give what was asked for. The message begins with it. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
}
