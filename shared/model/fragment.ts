/** One fragment of one version, from the manifest. */
export interface FragmentEntry {
  readonly id: number
  readonly physicalRows: number
  readonly deletedRows: number
  readonly liveRows: number
  /** Position of the fragment's first live row in an unfiltered, unsorted view. */
  readonly rowStart: number
  /** Sum of the data files' bytes; null when the manifest does not say (old writers). */
  readonly bytes: number | null
  readonly files: readonly DataFileEntry[]
  readonly deletionFile?: {
    readonly path: string
    readonly type: 'arrow' | 'bitmap'
    readonly deletedRows: number
  }
  /** Names of the indices that cover this fragment. */
  readonly indices: readonly string[]
}

export interface DataFileEntry {
  /** From the dataset's root (`data/…`); absolute when the file lies in another dataset (clones, branches). */
  readonly path: string
  readonly bytes: number | null
  readonly formatVersion: string
  /** Names of the columns stored in this file, nested ones as `a.b`. Fields no longer in the schema appear as `(dropped field 7)`. */
  readonly columns: readonly string[]
}
