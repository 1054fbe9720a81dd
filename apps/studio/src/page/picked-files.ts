/** The files that the user picked in this page, by name. They are read here and sent nowhere. */
export class PickedFiles {
  readonly #files = new Map<string, File>();

  /** Takes a file up; another of the same name is replaced. */
  add(file: File): void {
    this.#files.set(file.name, file);
  }

  /** The file of that name. */
  get(name: string): File | undefined {
    return this.#files.get(name);
  }

  /** All of them, as a worker takes them. */
  all(): ReadonlyMap<string, Blob> {
    return new Map(this.#files);
  }
}
