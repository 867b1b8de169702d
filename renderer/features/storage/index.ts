import type { Feature } from '#renderer/features/workspace/index.ts'
import { storageCommands } from './commands.ts'
import { StorageView } from './storage-view.tsx'

/** Where every byte of a dataset's directory is, why, and what would free it. */
export const storageFeature: Feature = {
  id: 'storage',
  title: 'Storage',
  view: StorageView,
  commands: storageCommands,
}
