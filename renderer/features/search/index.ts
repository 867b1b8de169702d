import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { searchCommands } from './commands.ts'

export { TokensDialogDoor } from './tokens/tokens-door.tsx'

/** Searching rows by vector, text or both, and how the answer was found. */
export const searchFeature: Feature = {
  id: 'search',
  title: 'Search',
  view: lazy(async () => ({ default: (await import('./search-view.tsx')).SearchView })),
  commands: searchCommands,
}
