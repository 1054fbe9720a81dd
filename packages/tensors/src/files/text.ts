import { fileError } from './error';

/** `bytes` as UTF-8, without the repairs that a decoder makes by default. */
export function decodeUtf8(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw fileError(where, 'UTF-8', 'bytes that are none');
  }
}

/** `JSON.parse` that refuses a key given twice, of which it would silently keep the last. */
export function parseJson(text: string, where: string): unknown {
  const value = parse(text, where);
  const openObjects: Set<string>[] = [];
  for (const token of tokens(text)) {
    if (token === '{') openObjects.push(new Set());
    else if (token === '}') openObjects.pop();
    else addKey(openObjects.at(-1)!, JSON.parse(token) as string, where);
  }
  return value;
}

/** The braces and the quoted keys of valid JSON. (One regular expression for a whole string would overflow its stack.) */
function* tokens(text: string): Generator<string> {
  let opened = -1; // where the string began that we are in
  let string = '';
  for (const { 0: mark, index } of text.matchAll(/[{}":]|\\./g)) {
    if (mark === '"' && opened >= 0) string = text.slice(opened, index + 1);
    if (mark === '"') opened = opened >= 0 ? -1 : index;
    else if (opened < 0) yield mark === ':' ? string : mark;
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fileError(where, 'JSON', (error as SyntaxError).message);
  }
}

function addKey(keys: Set<string>, key: string, where: string): void {
  if (keys.has(key)) throw fileError(where, 'every key once', `"${key}" twice`);
  keys.add(key);
}

/** Whether a JSON value is an object, not null and no array. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
