import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { importCommands } from './commands.ts'

export { DropZone } from './drop-zone.tsx'
export { ImportDialogs } from './import-door.tsx'
export { openImport } from './state/begin.ts'
export { FollowDoor } from './streams/follow-door.tsx'

/** Files, folders and whole datasets into rows. */
export const importFeature: Feature = {
  id: 'import',
  title: 'Import',
  view: lazy(async () => ({ default: (await import('./import-view.tsx')).ImportView })),
  isOfAllVersions: true,
  commands: importCommands,
}
