import { type DatasetTab, useSummary, useTab } from '#renderer/features/workspace/index.ts'
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
  const indices = useIndices(tab).data
  const summary = useSummary(tab).data
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
