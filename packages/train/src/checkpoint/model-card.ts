/** What a person must know of a model: kept beside its weights. */
export interface ModelCard {
  /** What the model is and what it is for. */
  readonly what: string;
  /** What it was trained on: a name, a version, a hash of the data. */
  readonly data?: string;
  /** Which part of the data was used for what. */
  readonly split?: string;
  readonly metrics?: Readonly<Record<string, number>>;
  /** The call that makes it again. */
  readonly command?: string;
  /** Versions of what it was made with, by name. */
  readonly versions?: Readonly<Record<string, string>>;
}
