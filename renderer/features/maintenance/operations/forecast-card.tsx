import { formatBytes, formatCount, formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { CleanupForecast, Forecast } from '#shared/model/maintenance.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { forecastLine } from '../words.ts'
import { Notes } from './notes.tsx'
import styles from './operations.module.css'

/** What an operation would do to the newest version of main, in full. */
export function ForecastCard({ forecast }: { readonly forecast: Forecast }) {
  const { cleanup, compaction } = forecast
  return (
    <section className={styles.card} aria-label="Forecast">
      <p className={styles.headline}>{forecastLine(forecast)}</p>
      <dl className={styles.figures} hidden={forecast.nothingToDo}>
        {figuresOf(forecast).map(([name, shown, bytes]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={bytes === undefined ? undefined : formatExactBytes(bytes)}>{shown}</dd>
          </div>
        ))}
      </dl>
      {compaction !== undefined && compaction.blocked.length > 0 && (
        <p className={styles.quiet}>
          {formatNoun(compaction.blocked.flatMap(({ fragments }) => fragments).length, 'fragment')} that could be merged
          stay as they are: Storage says why.
        </p>
      )}
      {cleanup !== undefined && <Removed cleanup={cleanup} />}
      <Notes notes={forecast.notes} />
    </section>
  )
}

type Figure = readonly [name: string, shown: string, bytes?: number]

function figuresOf(forecast: Forecast): readonly Figure[] {
  const { rows, freeDiskBytes, peakMemoryAbout } = forecast
  const bytes = (name: string, value: number | undefined, about = ''): readonly Figure[] =>
    value === undefined ? [] : [[name, `${about}${formatBytes(value)}`, value]]
  return [
    ['For version', formatCount(forecast.version)],
    ...(rows === undefined ? [] : [['Rows', formatCount(rows)] as const]),
    ...bytes('Reads at most', forecast.bytesReadAtMost),
    ...bytes('Writes at most', forecast.bytesWrittenAtMost),
    ...bytes(forecast.kind === 'copy' ? 'More disk at most' : 'More disk until a cleanup', forecast.extraDiskAtMost),
    ...bytes('Frees', forecast.bytesFreed),
    ...bytes('Memory', peakMemoryAbout, 'about '),
    freeDiskBytes === null ? ['Free disk', 'not known'] : ['Free disk', formatBytes(freeDiskBytes), freeDiskBytes],
  ]
}

const LISTED = 12

function Removed({ cleanup }: { readonly cleanup: CleanupForecast }) {
  const { versionsRemoved, versionsKept, filesRemoved, bytesFreed, olderThan, unreachable, keptBy, byKind } = cleanup
  return (
    <>
      <p>
        {formatNoun(versionsRemoved.length, 'version')} {versionsRemoved.length === 1 ? 'goes' : 'go'}
        {versionsRemoved.length > 0 && ` (${listed(versionsRemoved.map((version) => `v${version}`))})`},{' '}
        {formatCount(versionsKept)} {versionsKept === 1 ? 'stays' : 'stay'}; {formatNoun(filesRemoved, 'file')}, exactly{' '}
        {formatExactBytes(bytesFreed)}.
      </p>
      <p className={styles.quiet}>
        Cut-off {formatAbsoluteTime(olderThan)}
        {byKind.length > 0 && ` · ${byKind.map(({ kind, bytes }) => `${kind} ${formatBytes(bytes)}`).join(', ')}`}
      </p>
      {keptBy.length > 0 && (
        <p className={styles.quiet}>
          Stays although older: {listed(keptBy.map(({ kind, name, version }) => `v${version} (${kind} ${name})`))}
        </p>
      )}
      {unreachable.length > 0 && (
        <div>
          <p className={styles.heading}>Can no longer be undone or restored</p>
          <ul className={styles.plain} aria-label="Becomes unreachable">
            {unreachable.slice(0, LISTED).map((one) => (
              <li key={one}>{one}</li>
            ))}
            {unreachable.length > LISTED && <li>and {formatCount(unreachable.length - LISTED)} more</li>}
          </ul>
        </div>
      )}
    </>
  )
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED).join(', ')
  return names.length > LISTED ? `${shown} and ${formatCount(names.length - LISTED)} more` : shown
}
