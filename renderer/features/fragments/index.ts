import { formatCount } from '#shared/model/format.ts'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { FragmentsView } from './fragments-view.tsx'

export { useFragments } from './use-fragments.ts'

export const fragmentsFeature: Feature = {
  id: 'fragments',
  title: 'Fragments',
  view: FragmentsView,
  badge: (summary) => formatCount(summary.fragments),
}
