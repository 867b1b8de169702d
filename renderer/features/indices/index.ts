import { lazy } from 'react'
import type { Feature } from '#renderer/features/workspace/index.ts'
import { indexCommands } from './commands.ts'

export { startFoldIn } from './commands.ts'
export { IndexDialogs } from './index-dialogs-door.tsx'
export { FoldInOffer } from './write/fold-in-offer.tsx'
export { openIndices } from './state/store.ts'

/** The indices of a dataset: what they cover, what they cost, building and dropping them. */
export const indicesFeature: Feature = {
  id: 'indices',
  title: 'Indices',
  view: lazy(async () => ({ default: (await import('./indices-view.tsx')).IndicesView })),
  badge: (summary) => (summary.indices.length === 0 ? undefined : String(summary.indices.length)),
  commands: indexCommands,
}
