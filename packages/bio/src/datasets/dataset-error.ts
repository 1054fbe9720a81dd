/** A data set that cannot be had, or that is not what it should be. The message says what to do. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
}
