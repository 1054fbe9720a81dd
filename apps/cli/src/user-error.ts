/** Something that the person at the terminal can put right, in one line. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
