import { toErrorValue } from '#shared/errors.ts'
import { type DatasetTab, useSummary, useTab } from '#renderer/features/workspace/index.ts'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { CreateDialog } from '../create/create-dialog.tsx'
import { useIndices } from '../state/queries.ts'
import { closeRequest, type IndexRequest } from '../state/store.ts'
import { DropDialog } from './drop-dialog.tsx'
import { FoldInDialog } from './fold-in-dialog.tsx'
import { RebuildDialog } from './rebuild-dialog.tsx'

/** The dialog of a step on indices. */
export function IndexDialogs({ request }: { readonly request: IndexRequest }) {
  const tab = useTab(request.dataset)
  return tab === undefined ? null : <OfTab tab={tab} request={request} />
}

function OfTab({ tab, request }: { readonly tab: DatasetTab; readonly request: IndexRequest }) {
  const reading = useIndices(tab)
  const indices = reading.data
  const summary = useSummary(tab).data
  if (reading.isError) {
    return (
      <Dialog isOpen onClose={closeRequest} title="Indices">
        <ErrorNotice
          title="The indices could not be read"
          error={toErrorValue(reading.error)}
          onRetry={() => void reading.refetch()}
        />
      </Dialog>
    )
  }
  if (indices === undefined || summary === undefined) return null
  if (request.kind === 'create') {
    return <CreateDialog tab={tab} summary={summary} indices={indices} column={request.column} onClose={closeRequest} />
  }
  if (request.kind === 'fold-in') return <FoldInDialog tab={tab} indices={indices} onClose={closeRequest} />
  const index = indices.find(({ name }) => name === request.name)
  if (index === undefined) return null
  return request.kind === 'drop' ? (
    <DropDialog tab={tab} index={index} onClose={closeRequest} />
  ) : (
    <RebuildDialog tab={tab} index={index} onClose={closeRequest} />
  )
}
