import { useState } from 'react'
import { closeEmbed } from '#renderer/features/data/index.ts'
import { askUndo } from '#renderer/features/history/index.ts'
import { searchColumn } from '#renderer/features/search/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { Choice } from './choice.tsx'
import form from '#renderer/ui/form.module.css'
import styles from './embed.module.css'
import { EmbedderField } from './embedder-field.tsx'
import { ForecastPanel } from './forecast-panel.tsx'
import { likelyText, nameForVectors } from './names.ts'
import { useEmbedRefusal } from './refusal.ts'
import { forgetRun, type Run, runEmbedding, useRun } from './run.ts'
import { RunPanel } from './run-panel.tsx'
import { useForecast } from './use-forecast.ts'

export interface KnownProps {
  readonly tab: DatasetTab
  readonly schema: readonly SchemaField[]
  /** Text columns. */
  readonly sources: readonly string[]
  readonly embedders: readonly EmbedderInfo[]
}

/** Choosing what is embedded into what by whom, with what it would do, and following it. */
export function EmbedDialog({
  tab,
  schema,
  sources,
  embedders,
  source: first,
}: KnownProps & { readonly source: string | undefined }) {
  const { dataset } = tab
  const [source, setSource] = useState(first ?? likelyText(sources) ?? '')
  const [typed, setTyped] = useState<string | null>(null)
  const [suggested] = useState(() => schema)
  const target = typed ?? nameForVectors(source, suggested)
  const [id, setId] = useState('built-in')
  const embedder = embedders.find((one) => one.id === id) ?? embedders[0]
  const run = useRun(dataset, target)
  const refusal = useEmbedRefusal(tab)
  const wanted = { source, target, embedder: embedder?.id ?? '' }
  const forecast = useForecast(tab, wanted, run === undefined && refusal === undefined)
  const search = (): void => {
    closeEmbed()
    searchColumn(dataset, target, embedder?.id)
  }
  const start = (): void => runEmbedding(dataset, run?.wanted ?? wanted, { label: 'Search it', run: search })
  if (sources.length === 0 || embedder === undefined) return <NothingToEmbed />
  const { data } = forecast
  return (
    <Dialog
      isOpen
      size="large"
      onClose={closeEmbed}
      title="Embed a column"
      description="Makes a vector of every text of a column and keeps them in a column of their own, so that searches find rows by a text like theirs."
      actions={
        run === undefined ? (
          <>
            <Button onClick={closeEmbed}>Cancel</Button>
            <Button
              kind="primary"
              disabled={refusal !== undefined || data === undefined || (data.texts === 0 && !data.resumes)}
              onClick={start}
            >
              {embedder.isRemote ? 'Send the texts and embed' : 'Embed'}
            </Button>
          </>
        ) : (
          <RunActions tab={tab} run={run} onSearch={search} onAgain={start} />
        )
      }
    >
      <div className={form.form}>
        <div className={styles.field}>
          <span className={styles.label}>Text column</span>
          <Choice
            label="Text column"
            value={source}
            disabled={run !== undefined}
            options={sources.map((name) => ({ id: name, label: name }))}
            onChange={setSource}
          />
        </div>
        <div className={styles.field}>
          <span className={styles.label}>Vector column</span>
          <TextField
            label="Vector column"
            value={target}
            disabled={run !== undefined}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        {run === undefined && <EmbedderField embedders={embedders} value={embedder.id} onChange={setId} />}
        {refusal !== undefined && <Caution>{refusal}</Caution>}
        {run === undefined && refusal === undefined && (
          <ForecastPanel forecast={forecast} source={source} embedder={embedder} />
        )}
        {run !== undefined && <RunPanel dataset={dataset} run={run} />}
      </div>
    </Dialog>
  )
}

export interface RunActionsProps {
  readonly tab: DatasetTab
  readonly run: Run
  readonly onSearch: () => void
  readonly onAgain: () => void
}

/** What there is to do with an embedding by how it stands. */
export function RunActions({ tab: { dataset }, run, onSearch, onAgain }: RunActionsProps) {
  if (run.kind === 'running') return <Button onClick={closeEmbed}>Close</Button>
  if (run.kind === 'failed' && !run.hasBegun) {
    return (
      <>
        <Button onClick={() => forgetRun(dataset, run.wanted.target)}>Change it</Button>
        <Button kind="primary" onClick={onAgain}>
          Try again
        </Button>
      </>
    )
  }
  const undo = (): void => {
    forgetRun(dataset, run.wanted.target)
    closeEmbed()
    askUndo({ dataset })
  }
  const close = (): void => {
    forgetRun(dataset, run.wanted.target)
    closeEmbed()
  }
  return (
    <>
      <Button onClick={undo}>Undo…</Button>
      <Button onClick={close}>Close</Button>
      {run.kind === 'done' ? (
        <Button
          kind="primary"
          onClick={() => {
            forgetRun(dataset, run.wanted.target)
            onSearch()
          }}
        >
          Search it
        </Button>
      ) : (
        <Button kind="primary" onClick={onAgain}>
          Go on
        </Button>
      )}
    </>
  )
}

function NothingToEmbed() {
  return (
    <Dialog isOpen onClose={closeEmbed} title="Embed a column">
      <EmptyState title="There is no text to embed">
        Vectors are made of columns of strings, and this version has none.
      </EmptyState>
    </Dialog>
  )
}
