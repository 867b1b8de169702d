import { lazy } from 'react'
import { formatCount } from '#shared/model/format.ts'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { versionCommands } from './commands.ts'

export { VersionActions } from './details/version-actions.tsx'
export { VersionSections } from './details/version-sections.tsx'
export { compareVersions } from './list/compare.ts'
export { TimelinePanel } from './timeline/timeline-panel.tsx'

export { mainRefusal, useMainRefusal, useRefusal } from './write/refusal.ts'
export { ask } from './write/requests.ts'
export { WriteButton } from './write/write-button.tsx'
export { WriteDialogs } from './write/write-dialogs.tsx'

export const versionsFeature: Feature = {
  id: 'versions',
  title: 'Versions',
  // Not needed for the first picture of the window.
  view: lazy(async () => ({ default: (await import('./view/versions-view.tsx')).VersionsView })),
  isOfAllVersions: true,
  badge: (_summary, tab) => `v${formatCount(tab.latestVersion)}`,
  commands: versionCommands,
}
