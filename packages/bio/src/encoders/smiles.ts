import { excerpt } from '../formats/format-error';

/** How brackets are cut. */
export interface SmilesOptions {
  /** `whole` unless said: `[NH4+]` is one token; or `split`: `[`, `N`, `H`, `4`, `+`, `]`. */
  readonly brackets?: 'whole' | 'split';
}

/** Outside brackets: atoms of the organic subset (two letters first), bonds, branches, ring closures (1, %12, %(123)), dots. */
const OUTSIDE = /Br|Cl|[BCNOPSFI]|[bcnops]|\*|[-=#$:/\\]|[().]|%\d\d|%\(\d{1,5}\)|\d|\[[^[\]]*\]/y;

/** Inside: isotopes and counts digit by digit, elements, chirality, charges, classes. */
const INSIDE =
  /\[|\]|@(?:TH|AL|SP|TB|OH)\d{1,2}|@@?|(?:se|as|te|[bcnops])(?![a-z])|A[cglmrstu]|B[aehikr]?|C[adeflmnorsu]?|D[bsy]|E[rsu]|F[elmr]?|G[ade]|H[efgos]?|I[nr]?|Kr?|L[airuv]|M[cdgnot]|N[abdehiop]?|O[gs]?|P[abdmortu]?|R[abefghnu]|S[bcegimnr]?|T[abcehilms]|U|V|W|Xe|Yb?|Z[nr]|\*|[-+]|:|\d/y;

/**
 * The tokens of a SMILES string (Weininger 1988; OpenSMILES 1.0); joined they are the string.
 * @throws RangeError naming the position, from 1, of what is no token
 */
export function smilesTokens(smiles: string, { brackets = 'whole' }: SmilesOptions = {}): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < smiles.length;) {
    const token = tokenAt(OUTSIDE, smiles, at);
    if (token.startsWith('[') && brackets === 'split') tokens.push(...insideOf(token, smiles, at));
    else tokens.push(token);
    at += token.length;
  }
  return tokens;
}

function insideOf(bracket: string, smiles: string, start: number): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < bracket.length;) {
    INSIDE.lastIndex = at;
    const token = INSIDE.exec(bracket)?.[0];
    if (token === undefined) throw tokenError(smiles, start + at);
    tokens.push(token);
    at += token.length;
  }
  return tokens;
}

function tokenAt(pattern: RegExp, smiles: string, at: number): string {
  pattern.lastIndex = at;
  const token = pattern.exec(smiles)?.[0];
  if (token !== undefined) return token;
  throw tokenError(smiles, at);
}

function tokenError(smiles: string, at: number): RangeError {
  const what = smiles[at] === '[' ? 'a bracket that is not closed' : excerpt(smiles.slice(at), 8);
  return new RangeError(`smilesTokens: position ${at + 1}: ${what} is no token of SMILES`);
}
