/** Our own names, which are those of a checkpoint: the paths of fields. */
export const hairpin = { separator: '.', slotsOf: () => undefined, field: (_: object, key: string) => key };
