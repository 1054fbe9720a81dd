import { describe, expect, it } from 'vitest';
import { bytes, clock, paragraph, sentence, withoutName, words } from '../src/page/words';

describe('words', () => {
  it('of names in code', () => {
    expect(['length', 'learningRate', 'maxNewtonSteps'].map(words)).toEqual([
      'length',
      'learning rate',
      'max newton steps',
    ]);
  });

  it('become a sentence, once', () => {
    expect(['steps of training', 'Steps.', 'which?'].map(sentence)).toEqual(['Steps of training.', 'Steps.', 'Which?']);
    expect(paragraph('\n  one\n    two  ')).toBe('one two');
  });

  it('of an error lose the name of their field, and no other', () => {
    expect(withoutName('steps', 'steps: expected 1')).toBe('expected 1');
    expect(withoutName('steps', 'no steps: expected 1')).toBe('no steps: expected 1');
  });

  it('tell times and sizes', () => {
    expect([0, 59.9, 60, 725, 3727].map(clock)).toEqual(['0:00', '0:59', '1:00', '12:05', '1:02:07']);
    expect([0, 812, 1000, 12_345, 3_400_000, 2e12].map(bytes)).toEqual([
      ...['0 B', '812 B', '1.0 kB', '12 kB', '3.4 MB', '2000 GB'],
    ]);
  });
});
