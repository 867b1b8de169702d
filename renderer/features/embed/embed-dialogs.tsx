import { closeEmbed, embedKindOf, type EmbedRequest } from '#renderer/features/data/index.ts'
import { useEmbedders } from '#renderer/features/search/index.ts'
import { type DatasetTab, useSummary, useTab } from '#renderer/features/workspace/index.ts'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { EmbedDialog } from './embed-dialog.tsx'
import { MigrateDialog } from './migrate-dialog.tsx'
import { useKept } from './use-kept.ts'

/** The dialog that was asked for, once the schema and the embedders are known. */
export function EmbedDialogs({ request }: { readonly request: EmbedRequest }) {
  const tab = useTab(request.dataset)
  return tab === undefined ? null : <OfTab tab={tab} request={request} />
}

function OfTab({ tab, request }: { readonly tab: DatasetTab; readonly request: EmbedRequest }) {
  const summary = useSummary(tab)
  const embedders = useEmbedders()
  const shown = useKept(summary.data)
  const listed = useKept(embedders.data)
  const error = summary.error ?? embedders.error
  if (error !== null) {
    return (
      <Dialog isOpen onClose={closeEmbed} title="Embedding">
        <ErrorNotice
          layout="line"
          title="The columns or the embedders could not be read"
          error={toErrorValue(error)}
          onRetry={() => void Promise.all([summary.refetch(), embedders.refetch()])}
        />
      </Dialog>
    )
  }
  if (shown === undefined || listed === undefined) return null
  const { schema } = shown
  const sources = schema.filter((field) => embedKindOf(field) === 'embed').map(({ name }) => name)
  const known = { tab, schema, sources, embedders: listed }
  return request.kind === 'embed' ? (
    <EmbedDialog {...known} source={request.source} />
  ) : (
    <MigrateDialog {...known} column={request.column} />
  )
}
