import type { UseQueryResult } from '@tanstack/react-query'
import type { EmbedForecast } from '#shared/contract/embed.ts'
import { toErrorValue } from '#shared/errors.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import styles from './embed.module.css'
import { forecastFacts, leavesSentence } from './words.ts'

export interface ForecastPanelProps {
  readonly forecast: UseQueryResult<EmbedForecast>
  readonly source: string
  readonly embedder: EmbedderInfo
}

/** What embedding would do and cost, and what leaves this machine. */
export function ForecastPanel({ forecast, source, embedder }: ForecastPanelProps) {
  if (forecast.isError) {
    return (
      <ErrorNotice
        layout="line"
        title="It cannot be embedded like this"
        error={toErrorValue(forecast.error)}
        onRetry={() => void forecast.refetch()}
      />
    )
  }
  if (forecast.data === undefined) return <Spinner label="Working out what it would do" />
  const { data } = forecast
  return (
    <>
      <table className={styles.facts} aria-label="What it would do">
        <tbody>
          {forecastFacts(data, embedder).map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {embedder.isRemote ? (
        <Caution role="note">{leavesSentence(data, source, embedder)}</Caution>
      ) : (
        <p className={styles.text} role="note">
          {leavesSentence(data, source, embedder)}
        </p>
      )}
      {data.resumes && <p className={styles.text}>An earlier run was stopped; this one goes on where it was.</p>}
      {data.notes.map((note) => (
        <Caution key={note} role="note">
          {note}
        </Caution>
      ))}
    </>
  )
}
