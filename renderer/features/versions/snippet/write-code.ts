import type { VersionPlace } from '../write/requests.ts'

/** A write as code has to say it. A tag's name as a start is resolved to its version first: LanceDB takes versions only. */
export type WriteCode =
  | { readonly kind: 'create-tag' | 'move-tag'; readonly name: string; readonly at: VersionPlace }
  | { readonly kind: 'delete-tag'; readonly name: string }
  | { readonly kind: 'create-branch'; readonly name: string; readonly from: BranchStart }
  | { readonly kind: 'delete-branch'; readonly name: string }
  | { readonly kind: 'restore'; readonly at: VersionPlace }

/** Where a branch begins; version absent = the newest one. */
export interface BranchStart {
  readonly branch?: string
  readonly version?: number
}
