import { useQuery } from '@tanstack/react-query'
import { toErrorValue } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { closeTokens, fetchWholeValue, type TokensRequest } from '#renderer/features/data/index.ts'
import { type DatasetTab, refOf, useApi, useSummary, useTab, versionKey } from '#renderer/features/workspace/index.ts'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { TokensPane } from './tokens-pane.tsx'

/** What the full-text indices make of a cell, or of a text that is typed. */
export function TokensDialog({ request }: { readonly request: TokensRequest }) {
  const tab = useTab(request.dataset)
  if (tab === undefined) return null
  const { cell } = request
  return (
    <Dialog
      isOpen
      size="large"
      onClose={closeTokens}
      title={cell === undefined ? 'Tokens of a text' : `Tokens of ${cell.column}, row id ${cell.rowId}`}
      description="The words a search compares, as a full-text index makes them of a text."
    >
      <Content tab={tab} request={request} />
    </Dialog>
  )
}

function Content({ tab, request: { cell } }: { readonly tab: DatasetTab; readonly request: TokensRequest }) {
  const summary = useSummary(tab)
  if (summary.isError) return <ErrorNotice error={toErrorValue(summary.error)} onRetry={() => void summary.refetch()} />
  if (summary.data === undefined) return <LoadingState />
  if (cell === undefined) return <TokensPane tab={tab} at={refOf(tab)} summary={summary.data} isText />
  return <OfCell tab={tab} cell={cell} summary={summary.data} />
}

interface OfCellProps {
  readonly tab: DatasetTab
  readonly cell: NonNullable<TokensRequest['cell']>
  readonly summary: NonNullable<ReturnType<typeof useSummary>['data']>
}

function OfCell({ tab, cell, summary }: OfCellProps) {
  const text = useCellText(tab, cell, summary.schema)
  if (text.isError) {
    return (
      <ErrorNotice
        title="The cell could not be read"
        error={toErrorValue(text.error)}
        onRetry={() => void text.refetch()}
      />
    )
  }
  if (text.data === undefined) return <LoadingState label="Reading the cell" />
  return <TokensPane tab={tab} at={refOf(tab)} summary={summary} column={cell.column} initialText={text.data} isText />
}

/** The whole text of a cell; empty for null. */
function useCellText(tab: DatasetTab, { rowId, column }: OfCellProps['cell'], schema: readonly SchemaField[]) {
  const api = useApi()
  return useQuery({
    queryKey: [...versionKey('cell-text', tab), rowId, column],
    queryFn: async ({ signal }) => {
      const place = { dataset: tab.dataset, at: refOf(tab), rowId, column }
      const found = await fetchWholeValue(api, place, schema, signal)
      return found.kind === 'value' && found.value.kind === 'string' ? found.value.value : ''
    },
    gcTime: 0,
  })
}
