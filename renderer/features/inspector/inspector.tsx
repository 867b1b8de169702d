import type { DatasetTab, InspectorTarget } from '#renderer/features/workspace/index.ts'
import { useSummary } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { formatCount } from '#shared/model/format.ts'
import { toErrorValue } from '#shared/errors.ts'
import { RowInspector } from './row-inspector.tsx'

export interface InspectorProps {
  readonly tab: DatasetTab
  readonly target: InspectorTarget
}

/** The right pane: everything about the thing chosen in the centre. */
export function Inspector({ tab, target }: InspectorProps) {
  switch (target.kind) {
    case 'row':
      return <RowTarget tab={tab} target={target} />
    case 'version':
      return (
        <EmptyState title={`Version ${formatCount(target.version)}`}>
          The Versions tab shows what this version changed. Choose a row in the Data tab to see all of its fields here.
        </EmptyState>
      )
    case 'fragment':
      return (
        <EmptyState title={`Fragment ${formatCount(target.fragmentId)}`}>
          The Fragments tab shows its files and deletions. Choose a row in the Data tab to see all of its fields here.
        </EmptyState>
      )
  }
}

function RowTarget({
  tab,
  target,
}: {
  readonly tab: DatasetTab
  readonly target: InspectorTarget & { readonly kind: 'row' }
}) {
  const summary = useSummary(tab)
  if (summary.isError) return <ErrorNotice error={toErrorValue(summary.error)} onRetry={() => void summary.refetch()} />
  if (summary.data === undefined) return <LoadingState />
  const { rowId, rowNumber, column } = target
  return <RowInspector place={{ tab, rowId, rowNumber }} schema={summary.data.schema} focusColumn={column} />
}
