/** A public data set that experiments use: what it is, whose it is, and which files it has. */
export interface Dataset {
  /** Also the name of its folder in a mirror. */
  readonly name: string;
  readonly title: string;
  readonly source: DatasetSource;
  /** As the source states it; "not stated" where there is none. Nothing of such a set belongs in a package. */
  readonly licence: string;
  /** The publication to cite, where there is one. */
  readonly citation?: string;
  /** Numbers of the systems whose experiments use it. */
  readonly serves: readonly number[];
  /** Only the part for development of a larger set: never downloaded, since the other part must stay unseen. */
  readonly heldOutPart?: true;
  /** How to come by the files that have no `url`. */
  readonly obtain: string;
  readonly files: readonly DatasetFile[];
}

/** Where a set comes from. */
export interface DatasetSource {
  /** The repository, package or program, in words, with its version. */
  readonly what: string;
  /** A page for people; absent where the values were computed for this collection. */
  readonly address?: string;
}

/** A file of a set, by the sums of the mirror's copy. */
export interface DatasetFile {
  /** Within the set's folder, parted by slashes. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** For gzip: the sum of what it inflates to, by which a copy that was packed by another program is known, too. */
  readonly inflatedSha256?: string;
  /** Where this very file is public; absent where the mirror's copy was cut, joined or converted from its source. */
  readonly url?: string;
}

/** What is written by hand of a set: checksums come from a table. */
export interface DatasetEntry extends Omit<Dataset, 'files'> {
  /** Public addresses of files, by path. */
  readonly urls?: Readonly<Record<string, string>>;
}
