import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { WriteButton } from '#renderer/features/versions/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { parseMemory, useMemoryText } from '../memory.ts'
import type { AskedOperation, Draft, OperationInfo } from '../operations.ts'
import { useForecast } from '../queries.ts'
import { runOperation } from '../run.ts'
import { setOutcome, useOutcome } from '../store.ts'
import { useWork } from '../use-work.ts'
import { ForecastCard } from './forecast-card.tsx'
import { MemoryField } from './memory-field.tsx'
import { OperationFields, type OperationFieldsProps } from './operation-fields.tsx'
import styles from './operations.module.css'
import { OutcomeCard } from './outcome-card.tsx'
import { TypedConfirm } from './typed-confirm.tsx'

export interface OperationPanelProps {
  readonly tab: DatasetTab
  readonly info: OperationInfo
  readonly refusal: string | undefined
  readonly draft: Draft
  readonly onDraft: (part: Partial<Draft>) => void
  readonly fragments: OperationFieldsProps['fragments']
  /** Undefined while a field is missing or wrong. */
  readonly operation: AskedOperation | undefined
  /** False while it is being typed. */
  readonly isSettled: boolean
}

/** One operation: what it asks, what it would do, the button, and what it did. */
export function OperationPanel(props: OperationPanelProps) {
  const { tab, info, refusal, draft, onDraft, fragments, operation, isSettled } = props
  const { dataset, name } = tab
  const [isAsking, setAsking] = useState(false)
  const forecast = useForecast(tab, isSettled ? operation : undefined)
  const outcome = useOutcome(dataset, info.kind)
  const isBusy = useWork(dataset).length > 0
  const isMemoryWrong = parseMemory(useMemoryText()) === null
  const why = refusal ?? whyNot(operation, isMemoryWrong, forecast.isError, forecast.data?.nothingToDo, isBusy)
  const run = (): void => {
    if (operation !== undefined) runOperation(dataset, operation)
  }
  return (
    <section className={styles.panel} aria-label={info.title}>
      <h2 className={styles.title}>{info.title}</h2>
      <p className={styles.quiet}>{info.about}</p>
      {outcome?.kind === 'done' && <OutcomeCard tab={tab} result={outcome.result} />}
      {outcome?.kind === 'failed' && outcome.error.code !== 'cancelled' && (
        <ErrorNotice
          layout="line"
          title="It failed; the dataset is whole"
          error={outcome.error}
          otherWay={{ label: 'Dismiss', run: () => setOutcome(dataset, info.kind, undefined) }}
        />
      )}
      <OperationFields kind={info.kind} draft={draft} onDraft={onDraft} fragments={fragments} />
      {operation === undefined ? null : forecast.isError ? (
        <ErrorNotice
          layout="line"
          title="What it would do could not be worked out"
          error={toErrorValue(forecast.error)}
          onRetry={() => void forecast.refetch()}
        />
      ) : forecast.data === undefined ? (
        <Spinner label="Working out what it would do" />
      ) : (
        <>
          <ForecastCard forecast={forecast.data} />
          {!forecast.data.nothingToDo && <MemoryField forecast={forecast.data} />}
        </>
      )}
      <div className={styles.actions}>
        {why !== undefined && <span className={styles.quiet}>{why}</span>}
        {info.isForGood === true && why === undefined ? (
          <Button kind="danger" onClick={() => setAsking(true)}>
            {info.verb}
          </Button>
        ) : (
          <WriteButton kind="primary" refusal={why} onClick={run}>
            {info.verb}
          </WriteButton>
        )}
      </div>
      {isAsking && forecast.data !== undefined && (
        <TypedConfirm
          title={info.title}
          word={name}
          confirmLabel="Remove for good"
          onConfirm={run}
          onClose={() => setAsking(false)}
        >
          <ForecastCard forecast={forecast.data} />
        </TypedConfirm>
      )}
    </section>
  )
}

function whyNot(
  operation: AskedOperation | undefined,
  isMemoryWrong: boolean,
  hasFailed: boolean,
  nothingToDo: boolean | undefined,
  isBusy: boolean,
): string | undefined {
  if (operation === undefined) return 'A field is missing or not valid.'
  if (hasFailed) return 'It cannot be done as it is.'
  if (nothingToDo === undefined) return 'Still working out what it would do.'
  if (nothingToDo) return 'There is nothing to do.'
  if (isMemoryWrong) return 'The ceiling of the memory is not valid.'
  return isBusy ? 'Another job is at work on this dataset.' : undefined
}
