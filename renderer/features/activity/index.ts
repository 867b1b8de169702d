import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { activityCommands } from './commands.ts'

export { UndoDialogs } from './undo-dialogs-door.tsx'

/** What this app wrote to a dataset, and taking it back. */
export const activityFeature: Feature = {
  id: 'activity',
  title: 'Activity',
  view: lazy(async () => ({ default: (await import('./activity-view.tsx')).ActivityView })),
  isOfAllVersions: true,
  commands: activityCommands,
}
