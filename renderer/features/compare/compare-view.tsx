import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { formatRef } from '#shared/model/ref.ts'
import { useOpenCompare } from './compare-store.ts'

export interface CompareViewProps {
  readonly tab: DatasetTab
}

/** Two states side by side, and everything that differs between them. */
export function CompareView({ tab }: CompareViewProps) {
  const sides = useOpenCompare(tab.dataset)
  if (sides === undefined) return null
  return <EmptyState title={`${formatRef(sides.from.at)} and ${formatRef(sides.to.at)}`} />
}
