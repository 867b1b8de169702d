import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { searchCommands } from './commands.ts'

export { compareColumns, searchColumn } from './columns-door.ts'
export { EmbedderDialogDoor } from './query/embedder-dialog-door.tsx'
export { useColumnOrigins, useEmbedders } from './query/use-embedders.ts'
export { TokensDialogDoor } from './tokens/tokens-door.tsx'

/** Searching rows by vector, text or both, and how the answer was found. */
export const searchFeature: Feature = {
  id: 'search',
  title: 'Search',
  view: lazy(async () => ({ default: (await import('./search-view.tsx')).SearchView })),
  commands: searchCommands,
}
