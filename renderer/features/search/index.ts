import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { searchCommands } from './commands.ts'

export { openSearch } from './sub-views.ts'

/** Searching by vector, text or both; comparing ways to search; measuring recall. */
export const searchFeature: Feature = {
  id: 'search',
  title: 'Search',
  view: lazy(async () => ({ default: (await import('./search-view.tsx')).SearchView })),
  commands: searchCommands,
}
