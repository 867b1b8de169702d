import type { UseQueryResult } from '@tanstack/react-query'
import type { EmbedForecast } from '#shared/contract/embed.ts'
import { requestEmbed } from '#renderer/features/data/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import { Choice } from './choice.tsx'
import styles from './embed.module.css'
import { EmbedderField } from './embedder-field.tsx'
import { ForecastPanel } from './forecast-panel.tsx'
import { forgetRun, type Run, runEmbedding, type Wanted } from './run.ts'
import { RunPanel } from './run-panel.tsx'

export interface FillStepProps {
  readonly tab: DatasetTab
  /** The one whose shadow is filled. */
  readonly column: string
  readonly sources: readonly string[]
  readonly embedders: readonly EmbedderInfo[]
  readonly wanted: Wanted
  readonly run: Run | undefined
  readonly forecast: UseQueryResult<EmbedForecast>
  readonly refusal: string | undefined
  readonly isFilled: boolean
  readonly onChange: (part: Partial<Wanted>) => void
}

/** The first step: other vectors of the same texts, in a column of their own. */
export function FillStep(props: FillStepProps) {
  const { tab, column, sources, embedders, wanted, run, forecast, refusal, isFilled, onChange } = props
  const embedder = embedders.find(({ id }) => id === wanted.embedder)
  const { dataset } = tab
  const start = (): void =>
    runEmbedding(dataset, wanted, {
      label: 'Go on with the migration',
      run: () => requestEmbed({ kind: 'migrate', dataset, column }),
    })
  return (
    <li>
      <div className={styles.step} role="group" aria-label="Fill a shadow column">
        <span className={styles.name}>Fill a shadow column</span>
        {run === undefined && !isFilled && (
          <>
            <div className={styles.field}>
              <span className={styles.label}>Text column</span>
              <Choice
                label="Text column"
                value={wanted.source}
                options={sources.map((name) => ({ id: name, label: name }))}
                onChange={(source) => onChange({ source })}
              />
            </div>
            <EmbedderField
              embedders={embedders}
              value={wanted.embedder}
              onChange={(id) => onChange({ embedder: id })}
            />
            <div className={styles.field}>
              <span className={styles.label}>Shadow column</span>
              <TextField
                label="Shadow column"
                value={wanted.target}
                onChange={(event) => onChange({ target: event.target.value })}
              />
            </div>
          </>
        )}
        {run !== undefined && <RunPanel dataset={dataset} run={run} />}
        {run === undefined && isFilled && (
          <p className={styles.text}>Every text has its vector in “{wanted.target}”.</p>
        )}
        {run === undefined && !isFilled && refusal === undefined && embedder !== undefined && (
          <ForecastPanel forecast={forecast} source={wanted.source} embedder={embedder} />
        )}
        {!isFilled && run?.kind !== 'running' && (
          <div className={styles.buttons}>
            <Button
              kind="primary"
              disabled={refusal !== undefined || (run === undefined && forecast.data === undefined)}
              onClick={start}
            >
              {run?.kind === 'failed'
                ? run.hasBegun
                  ? 'Go on'
                  : 'Try again'
                : embedder?.isRemote === true
                  ? 'Send the texts and fill'
                  : 'Fill the shadow column'}
            </Button>
            {run?.kind === 'failed' && !run.hasBegun && (
              <Button onClick={() => forgetRun(dataset, wanted.target)}>Change it</Button>
            )}
          </div>
        )}
      </div>
    </li>
  )
}
