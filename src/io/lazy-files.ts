/** Files by path, each of which is read when it is asked for and not held yet. */
export class LazyFiles implements ReadonlyMap<string, Uint8Array> {
  private readonly known: Map<string, Uint8Array | undefined>
  private readonly read: (path: string) => Uint8Array

  /** Paths in the order in which they are to come; undefined stands for what is not read yet. */
  constructor(known: Map<string, Uint8Array | undefined>, read: (path: string) => Uint8Array) {
    this.known = known
    this.read = read
  }

  get(path: string): Uint8Array | undefined {
    const bytes = this.known.get(path)
    if (bytes !== undefined || !this.known.has(path)) return bytes
    const read = this.read(path)
    this.known.set(path, read)
    return read
  }

  /** Lets go of a file's bytes: whoever asks for them has it read once more. */
  forget(path: string): void {
    if (this.known.has(path)) this.known.set(path, undefined)
  }

  has(path: string): boolean {
    return this.known.has(path)
  }

  get size(): number {
    return this.known.size
  }

  keys() {
    return this.known.keys()
  }

  *values(): MapIterator<Uint8Array> {
    for (const [, bytes] of this) yield bytes
  }

  entries() {
    return this[Symbol.iterator]()
  }

  *[Symbol.iterator](): MapIterator<[string, Uint8Array]> {
    for (const path of this.known.keys()) yield [path, this.get(path) ?? new Uint8Array()]
  }

  forEach(
    callback: (bytes: Uint8Array, path: string, files: ReadonlyMap<string, Uint8Array>) => void,
  ): void {
    for (const [path, bytes] of this) callback(bytes, path, this)
  }
}
