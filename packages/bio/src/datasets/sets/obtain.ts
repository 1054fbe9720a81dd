/** What to do about a set of which the source has only the raw material. */

/** For a file that was cut, joined or converted from its source. */
export const converted = (how: string) =>
  `The files were made from those of the source: ${how}. A copy that you make in the same way has other bytes: open it with verify: false.`;

/** For files that are the source's own under other names. */
export const renamed = (how: string) => `The files are those of the source under other names: ${how}.`;

/** For gzipped files of the source, which may be packed by any program. */
export const packed = (how: string) =>
  `The files hold what the source's hold, packed by gzip: ${how}. They are known by what they inflate to.`;

/** For the part for development of a set whose other part must stay unseen. */
export const part = (how: string) =>
  `The files are a part for development, chosen so that another part stays unseen: ${how}. They are not downloaded.`;

/** For reference values that a program computed for this collection. */
export const computed = (how: string) =>
  `The values were computed for this collection: ${how}. Nobody else has the files.`;
