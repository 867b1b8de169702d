import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { storageCommands } from './commands.ts'

export { refreshStorage } from './queries.ts'
export { showFile } from './sub-views.ts'

/** Where every byte of a dataset's directory is, why, and what would free it. */
export const storageFeature: Feature = {
  id: 'storage',
  title: 'Storage',
  // Not needed for the first picture of the window.
  view: lazy(async () => ({ default: (await import('./storage-view.tsx')).StorageView })),
  commands: storageCommands,
}
