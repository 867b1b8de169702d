/** A changed entry of a key-value map; a null value removes the key. */
export interface ConfigChange {
  readonly key: string
  readonly value: string | null
}

/** What a commit did, as far as its transaction says; tagged with the names of `OPERATIONS` in shared/model/version. */
export type Operation =
  | { readonly kind: 'append'; readonly fragments: number; readonly rows: number }
  | {
      readonly kind: 'delete'
      readonly updatedFragments: number
      readonly droppedFragments: number
      readonly predicate: string
    }
  | { readonly kind: 'overwrite'; readonly fragments: number; readonly rows: number }
  /** Names of the indices whose segments were added and removed. */
  | { readonly kind: 'create-index'; readonly added: readonly string[]; readonly removed: readonly string[] }
  | {
      readonly kind: 'rewrite'
      readonly oldFragments: number
      readonly newFragments: number
      readonly rows: number
      readonly remappedIndices: number
    }
  | { readonly kind: 'merge'; readonly fragments: number }
  | { readonly kind: 'restore'; readonly version: number }
  | { readonly kind: 'reserve-fragments'; readonly fragments: number }
  | {
      readonly kind: 'update'
      readonly removedFragments: number
      readonly updatedFragments: number
      readonly newFragments: number
      readonly rowsWritten: number
    }
  | { readonly kind: 'project' }
  | {
      readonly kind: 'update-config'
      readonly config: readonly ConfigChange[]
      readonly tableMetadata: readonly ConfigChange[]
      readonly schemaMetadata: readonly ConfigChange[]
      /** Ids of the fields whose metadata changed. */
      readonly fields: readonly number[]
    }
  | { readonly kind: 'data-replacement'; readonly fragments: number }
  | { readonly kind: 'update-mem-wal-state' }
  | {
      readonly kind: 'clone'
      readonly isShallow: boolean
      readonly sourceVersion: number
      readonly sourcePath: string
      /** Branch or tag it was made from. */
      readonly sourceName?: string
      /** Set when the clone is a branch of its source. */
      readonly branch?: string
    }
  | { readonly kind: 'update-bases'; readonly bases: number }
  | { readonly kind: 'data-overlay'; readonly fragments: number }
  /** Written by a newer Lance: `field` is its number in the transaction message; null when there is none. */
  | { readonly kind: 'unknown'; readonly field: number | null }
