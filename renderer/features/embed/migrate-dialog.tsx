import { useState } from 'react'
import { closeEmbed } from '#renderer/features/data/index.ts'
import { useColumnOrigins } from '#renderer/features/search/index.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { toErrorValue } from '#shared/errors.ts'
import type { ColumnEmbedder } from '#shared/model/embedder.ts'
import type { KnownProps } from './embed-dialog.tsx'
import styles from './embed.module.css'
import { FillStep } from './fill-step.tsx'
import { CompareStep, SwapStep, SwappedPanel } from './migrate-steps.tsx'
import { freeName, likelyText } from './names.ts'
import { useEmbedRefusal } from './refusal.ts'
import { useRun } from './run.ts'
import { useForecast } from './use-forecast.ts'
import { useKept } from './use-kept.ts'
import { useMigration } from './use-migration.ts'

/** Moving a vector column to another embedder: a shadow column is filled, compared, and put in its place. */
export function MigrateDialog(props: KnownProps & { readonly column: string }) {
  const origins = useColumnOrigins(props.tab, true)
  const known = useKept(origins.data)
  if (origins.isError) {
    return (
      <Dialog isOpen onClose={closeEmbed} title="Migrate to another embedder">
        <ErrorNotice
          layout="line"
          title="Where the vectors come from could not be read"
          error={toErrorValue(origins.error)}
          onRetry={() => void origins.refetch()}
        />
      </Dialog>
    )
  }
  if (known === undefined) return null
  return <Migration {...props} origins={known} />
}

interface MigrationProps extends KnownProps {
  readonly column: string
  readonly origins: readonly ColumnEmbedder[]
}

function Migration({ tab, schema, sources, embedders, column, origins }: MigrationProps) {
  const origin = origins.find((one) => one.column === column)
  // Names stay what they were when it was opened: filling and swapping change the schema.
  const [suggested] = useState(() => ({ shadow: `${column}_new`, keepAs: freeName(`${column}_old`, schema) }))
  const recorded = origin?.recorded?.sourceColumn
  const [source, setSource] = useState(sources.find((name) => name === recorded) ?? likelyText(sources) ?? '')
  const [shadow, setShadow] = useState(suggested.shadow)
  const [keepAs, setKeepAs] = useState(suggested.keepAs)
  const shadowOrigin = origins.find((one) => one.column === shadow)
  const [chosen, setChosen] = useState<string | null>(null)
  const other = embedders.find(({ id }) => id !== origin?.embedder)
  const id = chosen ?? shadowOrigin?.embedder ?? other?.id ?? embedders[0]?.id ?? ''
  const run = useRun(tab.dataset, shadow)
  const refusal = useEmbedRefusal(tab)
  const wanted = { source, target: shadow, embedder: id }
  const migration = useMigration(tab, { column, shadow, keepAs })
  const isThere = shadow !== column && schema.some(({ name }) => name === shadow)
  const forecast = useForecast(tab, wanted, run === undefined && refusal === undefined && migration.swapped === null)
  const isFilled =
    isThere && (run?.kind === 'done' || (run === undefined && forecast.data?.texts === 0 && !forecast.data.resumes))
  if (migration.swapped !== null) {
    return <SwappedPanel tab={tab} column={column} embedder={id} swapped={migration.swapped} />
  }
  return (
    <Dialog
      isOpen
      size="large"
      onClose={closeEmbed}
      title={`Migrate “${column}” to another embedder`}
      description={describe(column, origin)}
      actions={<Button onClick={closeEmbed}>Close</Button>}
    >
      {refusal !== undefined && <Caution>{refusal}</Caution>}
      <ol className={styles.steps}>
        <FillStep
          {...{ tab, column, sources, embedders, wanted, run, forecast, refusal, isFilled }}
          onChange={(part) => {
            if (part.source !== undefined) setSource(part.source)
            if (part.target !== undefined) setShadow(part.target)
            if (part.embedder !== undefined) setChosen(part.embedder)
          }}
        />
        <CompareStep
          {...{ tab, schema, isFilled, migration, shadow }}
          isThere={isThere && run?.kind !== 'running'}
          oldEmbedder={origin?.embedder}
          column={column}
          embedder={id}
        />
        <SwapStep {...{ column, shadow, keepAs, isFilled, refusal, migration }} onKeepAs={setKeepAs} />
      </ol>
    </Dialog>
  )
}

function describe(column: string, origin: ColumnEmbedder | undefined): string {
  const made =
    origin?.recorded === undefined
      ? 'Nothing says what made its vectors.'
      : `Its vectors were made by ${origin.recorded.model} (${origin.recorded.provider}).`
  return `${made} A shadow column is filled beside it, and searches go on with “${column}” until the two are swapped.`
}
