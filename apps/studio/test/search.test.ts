import { expect, it } from 'vitest';
import { answers } from '../src/page/search';

const adding = {
  name: 'adding-problem',
  question: 'Can a net add two numbers?',
  biology: 'Regulation acts at a distance.',
  rows: [14, 1],
};

it.each([
  ['', true],
  ['  ', true],
  ['ADD numbers', true],
  ['regulation', true],
  ['adding-problem', true],
  ['row 14', true],
  ['14', true],
  ['4', false], // a number is a whole one: 4 is not 14
  ['numbers 3', false],
  ['add codons', false],
])('“%s” finds it: %s', (query, isFound) => {
  expect(answers(adding, query)).toBe(isFound);
});
