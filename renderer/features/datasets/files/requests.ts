import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { openDialog } from '#renderer/features/workspace/index.ts'

/** A dataset whose folder is to be moved. */
export interface DatasetPlace {
  readonly location: string
  readonly name: string
}

/** What was asked for in the sidebar: something done to a dataset's folder, or a list kept by folder. */
export type FilesRequest =
  | { readonly kind: 'rename' | 'drop'; readonly dataset: DatasetPlace }
  | { readonly kind: 'trash' | 'points'; readonly folder: string }

const store = createStore<{ readonly request: FilesRequest | null }>(() => ({ request: null }))

export function useFilesRequest(): FilesRequest | null {
  return useStore(store, ({ request }) => request)
}

/** Opens the dialog of a request. */
export function askFiles(request: FilesRequest): void {
  store.setState({ request })
  openDialog('files')
}
