import { fileError } from './error';
import type { FileDType } from './file-array';

/** What the Python dict at the head of an npy file says. */
export interface NpyHeader {
  readonly dtype: FileDType;
  readonly bigEndian: boolean;
  readonly fortranOrder: boolean;
  readonly shape: number[];
}

// Kind and bytes per element, as in NumPy's type strings; bfloat16 has none.
const TYPE_CODES: Partial<Record<FileDType, string>> = {
  f64: 'f8',
  f32: 'f4',
  f16: 'f2',
  i64: 'i8',
  i32: 'i4',
  i16: 'i2',
  i8: 'i1',
  u64: 'u8',
  u32: 'u4',
  u16: 'u2',
  u8: 'u1',
  bool: 'b1',
};
const DTYPES = Object.fromEntries(Object.entries(TYPE_CODES).map(([dtype, code]) => [code, dtype as FileDType]));

const FORM = "a header {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }";
const ENTRY = /\s*(['"])(\w+)\1\s*:\s*('[^']*'|"[^"]*"|True|False|\([^()]*\))\s*(?:,|(?=\}))/y;

/** The header of an array in C order, a Python dict literal. */
export function formatNpyHeader(dtype: FileDType, shape: readonly number[], where: string): string {
  const code = TYPE_CODES[dtype];
  if (!code) throw fileError(where, `dtype ${Object.keys(TYPE_CODES).join(', ')}`, `${dtype} (widen it by toFloat32)`);
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  return `{'descr': '${code.endsWith('1') ? '|' : '<'}${code}', 'fortran_order': False, 'shape': ${tuple}, }`;
}

/** Reads the dict literal, of which only the form that NumPy writes is understood: nothing is evaluated. */
export function parseNpyHeader(text: string, where: string): NpyHeader {
  const entries = parseEntries(text, where);
  const found = [...entries.keys()].sort().join(', ');
  if (found !== 'descr, fortran_order, shape') throw fileError(where, 'keys descr, fortran_order, shape', found);
  const fortranOrder = entries.get('fortran_order')!;
  if (!/^(True|False)$/.test(fortranOrder)) throw fileError(where, 'fortran_order True or False', fortranOrder);
  return {
    ...parseDescr(entries.get('descr')!, where),
    fortranOrder: fortranOrder === 'True',
    shape: parseShape(entries.get('shape')!, where),
  };
}

function parseEntries(text: string, where: string): Map<string, string> {
  const entries = new Map<string, string>();
  let at = 1;
  for (let entry; (entry = matchAt(ENTRY, text, at)); at += entry[0].length) {
    if (entries.has(entry[2])) throw fileError(where, 'every key once', `'${entry[2]}' twice`);
    entries.set(entry[2], entry[3]);
  }
  if (text[0] !== '{' || !matchAt(/\s*\}\s*$/y, text, at)) throw fileError(where, FORM, text.trimEnd().slice(0, 120));
  return entries;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function parseDescr(quoted: string, where: string): Pick<NpyHeader, 'dtype' | 'bigEndian'> {
  const [, order, code] = /^['"]([<>|=])(\w+)['"]$/.exec(quoted) ?? [];
  if (!code || !Object.hasOwn(DTYPES, code)) {
    throw fileError(where, `a descr of ${Object.keys(DTYPES).join(', ')} after <, > or |`, quoted);
  }
  if (order === '|' && !code.endsWith('1')) throw fileError(where, `a byte order (< or >) for ${code}`, quoted);
  return { dtype: DTYPES[code], bigEndian: order === '>' };
}

/** `()`, `(5,)`, `(3, 4)`, `(3L, 4L)`: one length needs its comma, or Python would see a number. */
function parseShape(tuple: string, where: string): number[] {
  const inner = tuple.slice(1, -1).trim();
  if (tuple[0] === '(' && inner === '') return [];
  const lengths = inner.split(',').map((part) => part.trim());
  const isTuple = tuple[0] === '(' && lengths.length > 1;
  if (lengths.at(-1) === '') lengths.pop();
  if (!isTuple || !lengths.every((n) => /^\d{1,15}L?$/.test(n)))
    throw fileError(where, 'a shape such as (3, 4)', tuple);
  return lengths.map((n) => parseInt(n, 10));
}
