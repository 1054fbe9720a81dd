/** Whether a path fits a pattern, in which `*` is any run of characters, dots and none included. */
export function matchesPath(pattern: string, path: string): boolean {
  const literal = (text: string) => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
  return new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`, 's').test(path);
}
