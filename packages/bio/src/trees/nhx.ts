const MARK = '&&NHX';

/** Whether a comment holds tags of the New Hampshire X format (Zmasek & Eddy 2001): `&&NHX:S=human:B=100`. */
export const isNhx = (comment: string): boolean => comment.startsWith(MARK);

/** The tags of NHX comments; a tag without '=' has the empty value, of two with one name the last holds. */
export function annotationsOf(comments: readonly string[]): Record<string, string> {
  const tags = comments.flatMap((comment) => comment.slice(MARK.length).split(':'));
  const entries = tags.map((tag) => {
    const [key] = tag.split('=', 1);
    return [key.trim(), tag.slice(key.length + 1).trim()] as const;
  });
  return Object.fromEntries(entries.filter(([key]) => key !== ''));
}

/** The tags as an NHX comment. */
export function nhxComment(annotations: Readonly<Record<string, string>>): string {
  const tags = Object.entries(annotations).map(([key, value]) => `:${key}=${value}`);
  return MARK + tags.join('');
}
