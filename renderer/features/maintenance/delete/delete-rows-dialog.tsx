import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { Forecast } from '#shared/model/maintenance.ts'
import { askUndo } from '#renderer/features/history/index.ts'
import { closeDelete, type DeleteRequest } from '#renderer/features/data/index.ts'
import { JobProgress } from '#renderer/features/jobs/index.ts'
import { type DatasetTab, getApi, refreshTab, useTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import type { AskedOperation } from '../operations.ts'
import { ForecastCard } from '../operations/forecast-card.tsx'
import styles from '../operations/operations.module.css'
import { useMaintenanceRefusal } from '../refusal.ts'
import { runOperation } from '../run.ts'
import { useWork } from '../use-work.ts'

/** Says how many rows would go and what that does, asks, and deletes them as a job. */
export function DeleteRowsDialog({ request }: { readonly request: DeleteRequest }) {
  const tab = useTab(request.dataset)
  return tab === undefined ? null : <OfTab tab={tab} request={request} />
}

function OfTab({ tab, request }: { readonly tab: DatasetTab; readonly request: DeleteRequest }) {
  const { dataset } = tab
  const close = (): void => closeDelete(request.id)
  const refusal = useMaintenanceRefusal(tab)
  const foretold = useQuery({
    queryKey: ['rows.delete', dataset, String(request.id)],
    queryFn: async ({ signal }) => {
      const operation = await toOperation(request, signal)
      return { operation, forecast: await getApi().call('maintenance.forecast', { dataset, operation }, { signal }) }
    },
    retry: false,
    gcTime: 0,
  })
  const work = useWork(dataset)
  const own = work.find(({ operation }) => operation === 'maintenance.deleteRows')
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<ErrorValue | null>(null)
  const { operation, forecast } = foretold.data ?? {}
  const run = (): void => {
    if (operation === undefined) return
    setRunning(true)
    setError(null)
    runOperation(dataset, operation, {
      onEnd: (failure) => {
        setRunning(false)
        if (failure === undefined || failure.code === 'cancelled') close()
        else setError(failure)
      },
      action: { label: 'Undo…', run: () => askUndo({ dataset }) },
    })
  }
  const why = refusal ?? (work.length > 0 ? 'Another job is at work on this dataset.' : undefined)
  const isReady = why === undefined && forecast?.nothingToDo === false && !isRunning
  const failure = error ?? (foretold.isError ? toErrorValue(foretold.error) : null)
  return (
    <Dialog
      isOpen
      onClose={close}
      title={request.rows.kind === 'filter' ? 'Delete the rows that match' : 'Delete the selected rows'}
      description={`Of ${tab.name}, main. Older versions keep the rows, so it can be undone until these are cleaned up.`}
      actions={
        <>
          <Button autoFocus onClick={close}>
            {isRunning ? 'Go on in the background' : 'Cancel'}
          </Button>
          {!isRunning && (
            <Button kind="danger" disabled={!isReady} onClick={run}>
              {forecast === undefined ? 'Delete rows' : `Delete ${formatNoun(forecast.rows ?? 0, 'row')}`}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.form}>
        {request.rows.kind === 'filter' && <code className={styles.code}>{request.rows.filter}</code>}
        {failure !== null ? (
          <Failure dataset={dataset} error={failure} onRetry={() => void foretold.refetch()} onClose={close} />
        ) : forecast === undefined ? (
          <Spinner label="Counting the rows" />
        ) : (
          <Foretold request={request} forecast={forecast} />
        )}
        {isRunning && own !== undefined && <JobProgress job={own} />}
        {!isRunning && why !== undefined && <Caution>{why}</Caution>}
      </div>
    </Dialog>
  )
}

function Foretold({ request, forecast }: { readonly request: DeleteRequest; readonly forecast: Forecast }) {
  const isNewer = forecast.version !== request.version
  return (
    <>
      {isNewer && (
        <Caution role="note">
          Version {formatCount(forecast.version)} is newer than the one shown, {formatCount(request.version)}.{' '}
          {request.rows.kind === 'filter'
            ? 'The rows that match in it go.'
            : 'The chosen rows are the same in it, and go from it.'}
        </Caution>
      )}
      <ForecastCard forecast={forecast} />
    </>
  )
}

interface FailureProps {
  readonly dataset: string
  readonly error: ErrorValue
  readonly onRetry: () => void
  readonly onClose: () => void
}

function Failure({ dataset, error, onRetry, onClose }: FailureProps) {
  const showNewest = {
    label: 'Show the newest version',
    run: () => {
      onClose()
      refreshTab(dataset)
    },
  }
  const isStale = error.code === 'commit-conflict'
  return (
    <ErrorNotice
      layout="line"
      title="No row was deleted"
      error={error}
      {...(isStale ? { otherWay: showNewest } : { onRetry })}
    />
  )
}

async function toOperation({ version, rows }: DeleteRequest, signal: AbortSignal): Promise<AskedOperation> {
  if (rows.kind === 'filter') return { kind: 'delete-rows', filter: rows.filter }
  return { kind: 'delete-rows', rows: { version, ids: [...(await rows.fetchIds(signal))] } }
}
