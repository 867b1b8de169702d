import { formatCount } from '#shared/model/format.ts'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { fragmentCommands } from './commands.ts'
import { FragmentsView } from './fragments-view.tsx'

export { DeletionStrip } from './details/deletion-strip.tsx'
export { deadText, versionsText } from './details/provenance-text.ts'
export { useFragmentDetails } from './details/use-fragment-details.ts'
export { useFragments } from './use-fragments.ts'

export const fragmentsFeature: Feature = {
  id: 'fragments',
  title: 'Fragments',
  view: FragmentsView,
  badge: (summary) => formatCount(summary.fragments),
  commands: fragmentCommands,
}
