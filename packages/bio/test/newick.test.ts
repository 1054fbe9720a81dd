import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError, leavesOf, postorder, preorder, readNewick, taxaOf, writeNewick } from '../src/index';
import type { Tree } from '../src/index';
import { readDamagedNewick } from './damaged-trees';
import { dataFiles, dataFolder, dataPath, MUTATIONS } from './support';

const leaf = (name: string, length?: number): Tree => ({ name, ...(length !== undefined && { length }), children: [] });

describe('readNewick', () => {
  const cases: Record<string, [text: string, tree: Tree]> = {
    'one leaf': ['A;', leaf('A')],
    'a leaf with a root branch': ['A:0.5;', leaf('A', 0.5)],
    'leaves without names': ['(,);', { name: '', children: [leaf(''), leaf('')] }],
    'names and lengths': [
      '(A:0.1,(B:2,C:3)D:4)E:5;',
      {
        name: 'E',
        length: 5,
        children: [leaf('A', 0.1), { name: 'D', length: 4, children: [leaf('B', 2), leaf('C', 3)] }],
      },
    ],
    'lengths of every sign and form': [
      '(a:-1.5,b:+2,c:1e-3,d:.5,e:5.,f:-2.5E+2,g:-0);',
      {
        name: '',
        children: [
          leaf('a', -1.5),
          leaf('b', 2),
          leaf('c', 0.001),
          leaf('d', 0.5),
          leaf('e', 5),
          leaf('f', -250),
          leaf('g', -0),
        ],
      },
    ],
    'quoted names': [
      "('Homo sapiens':1,'it''s','''',';)'' (;,:')'a:b';",
      { name: 'a:b', children: [leaf('Homo sapiens', 1), leaf("it's"), leaf("'"), leaf(";)' (;,:")] },
    ],
    'white space everywhere': [' \n(\tA : 1 ,\r\nB ) C ;\n\n', { name: 'C', children: [leaf('A', 1), leaf('B')] }],
    'underscores as they are': ['(Homo_sapiens,b);', { name: '', children: [leaf('Homo_sapiens'), leaf('b')] }],
    'an empty quoted name': ["('',b);", { name: '', children: [leaf(''), leaf('b')] }],
    'comments, also nested': [
      '[&R] (a[one]:1[two [2]],b)[three];',
      { name: '', comments: ['&R', 'three'], children: [{ ...leaf('a', 1), comments: ['one', 'two [2]'] }, leaf('b')] },
    ],
    'comments with the signs of the tree': [
      '(a[;,(:],b);',
      { name: '', children: [{ ...leaf('a'), comments: [';,(:'] }, leaf('b')] },
    ],
    'NHX tags': [
      '(ADH2:0.1[&&NHX:S=human:E=1.1.1.1],b)[&&NHX:B=100:D];',
      {
        name: '',
        annotations: { B: '100', D: '' },
        children: [{ ...leaf('ADH2', 0.1), annotations: { S: 'human', E: '1.1.1.1' } }, leaf('b')],
      },
    ],
    'letters of other scripts': ['(α,β);', { name: '', children: [leaf('α'), leaf('β')] }],
    'a byte order mark': ['\uFEFF(a,b);', { name: '', children: [leaf('a'), leaf('b')] }],
    "PAML's count": [
      '  1\n((1,2),3);',
      { name: '', children: [{ name: '', children: [leaf('1'), leaf('2')] }, leaf('3')] },
    ],
  };
  for (const [name, [text, tree]] of Object.entries(cases)) {
    it(`reads ${name}`, () => expect(readNewick(text)).toEqual([tree]));
  }

  it('reads several trees, one after the other', () => {
    expect(readNewick('(a,b);(c,d);\n[between] e;').map((tree) => taxaOf(tree))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e'],
    ]);
  });

  it('takes numbers at inner nodes for support when told so', () => {
    const text = "((a,b)95,(c,d)0.5:1,(e,f)'7',(g,h)clade);";
    const supports = (options = {}) =>
      readNewick(text, options)[0].children.map(({ name, support }) => [name, support]);
    expect(supports()).toEqual([['95', undefined], ['0.5', undefined], ['7', undefined], ['clade', undefined]]); // prettier-ignore
    expect(supports({ innerNumbers: 'support' })).toEqual([['', 95], ['', 0.5], ['7', undefined], ['clade', undefined]]); // prettier-ignore
  });

  const errors: [text: string, message: string][] = [
    ['', 't.nwk:1:1: no tree found: expected something like (a:1,b:2);'],
    [' \n ', 't.nwk:2:2: no tree found'],
    ['(a,b)', "t.nwk:1:6: expected ';' after the tree, got the end of the text"],
    ['(a,b));', `t.nwk:1:6: expected ';' after the tree, got ")"`],
    ['(a,\n(b,c;', `t.nwk:2:5: expected ',' or ')' for the '(' of line 2, column 1, got ";"`],
    ['(a,(b,c)', "t.nwk:1:9: expected ',' or ')' for the '(' of line 1, column 1, got the end of the text"],
    ['(a:,b);', `t.nwk:1:4: expected a branch length after ':', got ","`],
    ['(a:x1,b);', `t.nwk:1:4: expected a branch length after ':', got "x1"`],
    ['(a:1e999,b);', `t.nwk:1:9: expected a branch length after ':'`],
    ['(a:nan,b);', `t.nwk:1:4: expected a branch length after ':', got "nan"`],
    ['(Homo sapiens,b);', `t.nwk:1:7: expected ',' or ')' for the '(' of line 1, column 1, got "sapiens"`],
    ["(a,\r\n'b);", 't.nwk:2:1: the quoted name that begins here has no end'],
    ["(a,'b'');", 't.nwk:1:4: the quoted name that begins here has no end'],
    ['(a,[b);', 't.nwk:1:4: the comment that begins here has no end'],
    ['(a,b);;', `t.nwk:1:7: expected a tree, got ";"`],
    ['>chr1\nACGT\n', `t.nwk:2:1: expected ';' after the tree, got "ACGT"`],
  ];
  for (const [text, message] of errors) {
    it(`says ${message}`, () => {
      expect(() => readNewick(text, { source: 't.nwk' })).toThrow(FormatError);
      expect(() => readNewick(text, { source: 't.nwk' })).toThrow(message);
    });
  }

  it('reads and writes a ladder of 100 000 taxa', () => {
    const taxa = 100_000;
    const text = `${'('.repeat(taxa - 1)}t0${Array.from({ length: taxa - 1 }, (_, i) => `,t${i + 1}:1)`).join('')};`;
    const [tree] = readNewick(text);
    expect(taxaOf(tree).length).toBe(taxa);
    expect(writeNewick(tree)).toBe(text);
    expect(() => readNewick('('.repeat(taxa))).toThrow(
      `1:100001: expected ',' or ')' for the '(' of line 1, column 100000`,
    );
  });

  it.skipIf(!dataFolder)('reads every tree of the data folder', () => {
    const files = dataFiles(/\.(nwk|tree|trees|tre|dnd|newick)$/);
    expect(files.length).toBeGreaterThanOrEqual(6);
    for (const file of files) {
      const trees = readNewick(readFileSync(dataPath(file), 'utf8'), { source: file });
      for (const tree of trees) {
        expect(taxaOf(tree).length).toBeGreaterThan(1);
        expect(readNewick(writeNewick(tree))).toEqual([tree]);
      }
    }
    const mammals = readNewick(readFileSync(dataPath('mito_mammals41/reference_tree.nwk'), 'utf8'))[0];
    expect(taxaOf(mammals).length).toBe(41);
    expect(readNewick(readFileSync(dataPath('codon_alignments/mt13genes_20mammals.trees'), 'utf8')).length).toBe(1);
  });
});

/** Trees with every kind of name, length, support, tag and comment that Newick holds. */
const anyTree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc
    .record({
      name: fc.oneof(fc.stringMatching(/^[A-Za-z_0-9.]{0,6}$/), fc.string({ maxLength: 6 }), fc.constantFrom("'", "''", ';', '(a', '[b', '95')), // prettier-ignore
      length: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: undefined }),
      annotations: fc.option(fc.dictionary(fc.stringMatching(/^[A-Z]{1,2}$/), fc.stringMatching(/^[a-z0-9.]{0,4}$/)), { nil: undefined }), // prettier-ignore
      comments: fc.option(fc.array(fc.stringMatching(/^[a-z ;,()]{0,5}(\[[a-z:']{0,3}\])?$/), { minLength: 1, maxLength: 2 }), { nil: undefined }), // prettier-ignore
      children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('tree'), { minLength: 1, maxLength: 4 })),
    })
    .map((tree) => Object.fromEntries(Object.entries(tree).filter(([, value]) => value !== undefined)) as unknown as Tree),
})).tree; // prettier-ignore

describe('writeNewick', () => {
  it('writes what reads back to the same tree', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        fc.pre(tree.children.length > 0 || tree.name !== '');
        expect(readNewick(writeNewick(tree))).toEqual([tree]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('writes no more than needed', () => {
    const text = "(a:0.1,'b c':-2e-7,(d,'it''s')x)[&R];";
    expect(writeNewick(readNewick(text)[0])).toBe(text);
  });

  it('writes support as the label of a node without a name', () => {
    const text = '((a,b)0.95:2,c);';
    expect(writeNewick(readNewick(text, { innerNumbers: 'support' })[0])).toBe(text);
  });

  it('refuses what Newick cannot hold', () => {
    expect(() => writeNewick(leaf('a', NaN))).toThrow('expected finite lengths, got NaN');
    expect(() => writeNewick({ ...leaf('a'), comments: ['a]b['] })).toThrow('brackets do not pair');
    expect(() => writeNewick({ ...leaf('a'), annotations: { S: 'a:b' } })).toThrow('cannot hold "S=a:b"');
  });
});

describe('walks', () => {
  it('go through every node in the order that they promise', () => {
    const [tree] = readNewick('((a,b)c,(d)e,f)g;');
    const names = (nodes: Tree[]) => nodes.map(({ name }) => name).join('');
    expect([names(preorder(tree)), names(postorder(tree)), names(leavesOf(tree))]).toEqual([
      'gcabedf',
      'abcdefg',
      'abdf',
    ]);
  });

  it('name the leaf that has no name of its own', () => {
    expect(() => taxaOf(readNewick('(a,(b,a));')[0])).toThrow('two leaves are named "a"');
    expect(() => taxaOf(readNewick('(a,(b,));')[0])).toThrow('a leaf has no name');
  });
});

it(`reads or refuses ${MUTATIONS} damaged Newick texts`, () => readDamagedNewick(MUTATIONS));
