import { protein } from '../alphabet';
import { distinctFrom } from '../random-source';
import type { RandomSource } from '../random-source';
import { simulateLetters } from './letters';

/** What an antibody touches. */
export interface SimulateEpitopesOptions {
  readonly rng: RandomSource;
  /** 500 unless said; every second protein is bound. */
  readonly count?: number;
  /** 60 unless said. */
  readonly length?: number;
  /** Residues in contact, and dots for those between: `W..K.Y` unless said. */
  readonly epitope?: string;
}

/** Proteins, whether they are bound, and where. */
export interface SimulatedEpitopes {
  readonly sequences: readonly string[];
  /** 1 where the protein is bound.   [count] */
  readonly labels: Uint8Array;
  /** 1 at residues in contact, 0 elsewhere and all along a protein that is not bound.   [length] each */
  readonly contacts: readonly Uint8Array[];
}

/**
 * Proteins of which half have the epitope, once; the others have the same residues at as many random places, and the epitope
 * nowhere, so that composition tells nothing.
 */
export function simulateEpitopes({ rng, ...options }: SimulateEpitopesOptions): SimulatedEpitopes {
  const { count = 500, length = 60, epitope = 'W..K.Y' } = options;
  const touched = [...epitope].flatMap((letter, i) => (letter === '.' ? [] : [i]));
  if (!(touched.length >= 2 && epitope.length < length && /^[A-Y][A-Y.]*$/.test(epitope))) {
    throw new RangeError(
      `simulateEpitopes: expected residues and dots, as 'W..K.Y', below ${length}, got '${epitope}'`,
    );
  }
  const labels = Uint8Array.from({ length: count }, (_, i) => (i + 1) % 2);
  const all = Array.from(labels, (label) => {
    const wanted = label ? 1 : 0;
    for (;;) {
      const start = rng.integer(length - epitope.length + 1);
      const places = label ? touched.map((i) => start + i) : distinctFrom(rng, touched.length, length);
      const residues = [...simulateLetters(length, rng, protein.letters)];
      places.forEach((place, i) => (residues[place] = epitope[touched[i]]));
      const sequence = residues.join('');
      if ((sequence.match(new RegExp(`(?=${epitope})`, 'g'))?.length ?? 0) === wanted) return { sequence, places };
    }
  });
  return {
    sequences: all.map(({ sequence }) => sequence),
    labels,
    contacts: all.map(({ places }, i) => {
      const contacts = new Uint8Array(length);
      if (labels[i]) for (const place of places) contacts[place] = 1;
      return contacts;
    }),
  };
}
