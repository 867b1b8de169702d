import { formatCount } from '#shared/model/format.ts'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { versionCommands } from './commands.ts'
import { VersionsView } from './view/versions-view.tsx'

export { TimelinePanel } from './timeline/timeline-panel.tsx'

export const versionsFeature: Feature = {
  id: 'versions',
  title: 'Versions',
  view: VersionsView,
  badge: (_summary, tab) => `v${formatCount(tab.latestVersion)}`,
  commands: versionCommands,
}
