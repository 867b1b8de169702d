import { createStore } from 'zustand/vanilla'
import { useStore } from 'zustand'
import { openDialog } from '#renderer/features/workspace/index.ts'
import type { Ref } from '#shared/model/ref.ts'

/** A write that needs something from the person first: a name, a place, or a second look. */
export type WriteRequest =
  | { readonly kind: 'create-tag'; readonly dataset: string; readonly at: VersionPlace }
  | { readonly kind: 'move-tag'; readonly dataset: string; readonly name: string; readonly at: VersionPlace }
  | { readonly kind: 'create-branch'; readonly dataset: string; readonly from: Ref }
  | { readonly kind: 'delete-branch'; readonly dataset: string; readonly name: string }
  | { readonly kind: 'restore'; readonly dataset: string; readonly at: VersionPlace }

/** A version of a branch. */
export interface VersionPlace {
  readonly version: number
  /** Absent = main. */
  readonly branch?: string
}

const store = createStore<{ readonly request: WriteRequest | null }>(() => ({ request: null }))

/** Opens the dialog of a write. */
export function ask(request: WriteRequest): void {
  store.setState({ request })
  openDialog('history')
}

/** What the dialog of the moment is about. */
export function useWriteRequest(): WriteRequest | null {
  return useStore(store, (state) => state.request)
}

/** A version of a branch as reads and writes name it. */
export function refOfPlace({ version, branch }: VersionPlace): Ref {
  return branch === undefined ? { version } : { branch, version }
}
