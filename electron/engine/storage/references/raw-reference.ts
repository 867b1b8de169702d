/** A file a manifest names, before its base path is resolved. */
export interface RawReference {
  readonly folder: 'data' | '_deletions' | '_indices' | '_computed'
  /** File name, or the uuid of an index segment. */
  readonly name: string
  readonly baseId: number | undefined
}

/** Turns a reference into a number that stands for the file; undefined for files that lie in another dataset. */
export type Resolve = (reference: RawReference) => number | undefined
