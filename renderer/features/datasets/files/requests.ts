import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { closeDialog, getWorkspace, openDialog } from '#renderer/features/workspace/index.ts'

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

/** Closes the dialog about a dataset once its work is done, unless something else is in front by then. */
export function closeAsked(dataset: DatasetPlace): void {
  const { request } = store.getState()
  if (getWorkspace().dialog !== 'files' || request === null || !('dataset' in request)) return
  if (request.dataset === dataset) closeDialog()
}
