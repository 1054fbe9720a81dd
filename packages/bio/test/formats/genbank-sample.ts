/** A circle of 12 letters, written for this test. */
export const circle = `LOCUS       CIRC                      12 bp ss-DNA     circular PHG 09-JUL-2002
DEFINITION  A circle
            of twelve.
ACCESSION   X1
FEATURES             Location/Qualifiers
     source          1..12
                     /organism="none"
     CDS             complement(join(11..12,
                     1..4))
                     /note="said ""so""
                     /in two lines"
                     /codon_start=1
                     /pseudo
                     /translation="MK
                     V"
                     /note=plain
ORIGIN
        1 aaccggttnn
       11 at
//
`;
