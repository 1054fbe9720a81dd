/** The strand as given, or its reverse complement. */
export type Strand = '+' | '-';
