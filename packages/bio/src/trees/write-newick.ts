import { excerpt } from '../formats/format-error';
import { nhxComment } from './nhx';
import type { Tree } from './tree';

/**
 * A tree as Newick text, as short as it can be read back to the same tree: names are quoted only where they must be,
 * lengths are written in full. The support of a branch stands where readers expect it, as the label of an inner node
 * without a name (`readNewick` takes it for one when told so); that of a node with a name is not written.
 * @throws RangeError for what Newick cannot hold: a length that is not finite, brackets inside comments and tags that do
 * not pair, ':' inside a tag
 */
export function writeNewick(tree: Tree): string {
  const text: string[] = [];
  const waiting: (Tree | string)[] = [';', tree]; // what is still to be written, the next last
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') text.push(next);
    else if (next.children.length === 0) text.push(labelOf(next));
    else {
      waiting.push(`)${labelOf(next)}`);
      next.children.forEach((_, i, all) => waiting.push(all[all.length - 1 - i], i < all.length - 1 ? ',' : '('));
    }
  }
  return text.join('');
}

function labelOf(node: Tree): string {
  const { name, length, support, annotations, comments = [], children } = node;
  const label = name === '' && children.length > 0 && support !== undefined ? number(support) : quoted(name);
  const all = annotations ? [nhxText(annotations), ...comments] : comments;
  return label + (length === undefined ? '' : `:${number(length)}`) + all.map(bracketed).join('');
}

function quoted(name: string): string {
  return /[\s()[\]':;,]|^\uFEFF/.test(name) ? `'${name.replaceAll("'", "''")}'` : name;
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`writeNewick: expected finite lengths, got ${value}`);
  return Object.is(value, -0) ? '-0' : String(value);
}

function nhxText(annotations: Readonly<Record<string, string>>): string {
  for (const [key, value] of Object.entries(annotations)) {
    const isTag = /^[^\s:=]([^:=]*[^\s:=])?$/.test(key) && /^[^:]*$/.test(value) && value === value.trim();
    if (!isTag) throw new RangeError(`writeNewick: an NHX tag cannot hold ${excerpt(`${key}=${value}`)}`);
  }
  return nhxComment(annotations);
}

function bracketed(comment: string): string {
  let depth = 0;
  for (const character of comment) {
    depth += Number(character === '[') - Number(character === ']');
    if (depth < 0) break;
  }
  if (depth !== 0) throw new RangeError(`writeNewick: brackets do not pair in the comment ${excerpt(comment)}`);
  return `[${comment}]`;
}
