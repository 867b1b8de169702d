import type { DatasetTab, InspectorTarget } from '#renderer/features/workspace/index.ts'
import { useSummary } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { ChangeInspector, changeKey } from './change/change-inspector.tsx'
import { FragmentFacts } from './facts/fragment-facts.tsx'
import { VersionFacts } from './facts/version-facts.tsx'
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
    case 'row-change':
      return <ChangeInspector key={changeKey(target)} target={target} />
    case 'version':
      return <VersionFacts tab={tab} version={target.version} />
    case 'fragment':
      return <FragmentFacts tab={tab} fragmentId={target.fragmentId} />
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
  const { rowId, rowNumber, column, marks } = target
  return (
    <RowInspector
      place={{ tab, rowId, rowNumber }}
      schema={summary.data.schema}
      focusColumn={column}
      marks={marks}
      history={target.history}
    />
  )
}
