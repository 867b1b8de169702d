import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { maintenanceCommands } from './commands.ts'

export { formatFragments } from './fragment-choice.ts'
export type { Draft } from './operations.ts'
export { openOperation, openPart } from './store.ts'
export { DeleteRowsDialogs } from './delete/delete-rows-door.tsx'

/** Keeping a dataset small and quick: each step foretold, run as a job, and measured. */
export const maintenanceFeature: Feature = {
  id: 'maintenance',
  title: 'Maintenance',
  view: lazy(async () => ({ default: (await import('./maintenance-view.tsx')).MaintenanceView })),
  isOfAllVersions: true,
  commands: maintenanceCommands,
}
