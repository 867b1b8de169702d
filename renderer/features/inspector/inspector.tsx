import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useCurrentRows } from '#renderer/features/data/index.ts'
import {
  type DatasetTab,
  type InspectorTarget,
  type RowOwner,
  useApi,
  useSummary,
} from '#renderer/features/workspace/index.ts'
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

type RowTargetOf = InspectorTarget & { readonly kind: 'row' }

function RowTarget({ tab, target }: { readonly tab: DatasetTab; readonly target: RowTargetOf }) {
  return target.of === undefined ? (
    <RowOfTab tab={tab} target={target} />
  ) : (
    <RowOfOther key={target.of.dataset} target={target} of={target.of} />
  )
}

function RowOfTab({ tab, target }: { readonly tab: DatasetTab; readonly target: RowTargetOf }) {
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

/** Opened by its location: no tab holds it, and one that is closed lets it go. */
function RowOfOther({ target, of }: { readonly target: RowTargetOf; readonly of: RowOwner }) {
  const api = useApi()
  const { dataset, location, version } = of
  const opened = useQuery({
    queryKey: ['opened', dataset, String(version)],
    queryFn: ({ signal }) => api.call('datasets.open', { location, ref: { version } }, { signal }),
    structuralSharing: false,
  })
  const rows = useCurrentRows(of.view)
  const tab = useMemo(() => ({ dataset, version }), [dataset, version])
  if (opened.isError) return <ErrorNotice error={toErrorValue(opened.error)} onRetry={() => void opened.refetch()} />
  if (opened.data === undefined) return <LoadingState />
  const { rowId, column } = target
  return (
    <RowInspector
      place={{ tab, rowId, rowNumber: rows?.find?.(of) ?? null, of }}
      schema={opened.data.schema}
      focusColumn={column}
    />
  )
}
