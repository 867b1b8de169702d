import { lazy } from 'react'
import { formatCount } from '#shared/model/format.ts'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { fragmentCommands } from './commands.ts'

export { DeletionStrip } from './details/deletion-strip.tsx'
export { deadText, versionsText } from './details/provenance-text.ts'
export { useFragmentDetails } from './details/use-fragment-details.ts'
export { settleRewrite, useRewriteRequest } from './rewrite-request.ts'
export { showCoverage } from './show-coverage.ts'
export { useFragments } from './use-fragments.ts'

export const fragmentsFeature: Feature = {
  id: 'fragments',
  title: 'Fragments',
  // Not needed for the first picture of the window.
  view: lazy(async () => ({ default: (await import('./fragments-view.tsx')).FragmentsView })),
  badge: (summary) => formatCount(summary.fragments),
  commands: fragmentCommands,
}
