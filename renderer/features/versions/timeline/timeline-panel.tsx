import { Maximize2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import { formatDay } from '#shared/model/time.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { LANES } from '#renderer/features/history/index.ts'
import { TimelineCanvas } from './timeline-canvas.tsx'
import { toTimelineModel, type TimelineModel, type TimeView, wholeView } from './timeline-model.ts'
import styles from './timeline.module.css'
import { reloadVersionLog, useVersionLog } from '#renderer/features/history/index.ts'

/** The bottom panel: the history of the dataset in front, by kind of change. */
export function TimelinePanel({ tab }: { readonly tab: DatasetTab }) {
  const log = useVersionLog(tab)
  const model = useMemo(() => toTimelineModel(log.entries), [log.entries])
  const whole = useMemo(() => wholeView(model), [model])
  const place = `${tab.dataset}/${tab.branch ?? ''}`
  const [zoomed, setZoomed] = useState<{ readonly place: string; readonly view: TimeView } | null>(null)
  const view = zoomed?.place === place ? zoomed.view : whole
  return (
    <section className={styles.panel} aria-label="Version timeline">
      <header className={styles.header}>
        <h2 className={styles.title}>Version timeline</h2>
        <Legend />
        <span className={styles.range}>{rangeText(model, log.status === 'loading')}</span>
        <IconButton label="Show the whole history" disabled={view === whole} onClick={() => setZoomed(null)}>
          <Maximize2 aria-hidden />
        </IconButton>
      </header>
      {log.entries.length > 0 && (
        <TimelineCanvas
          tab={tab}
          model={model}
          entries={log.entries}
          view={view}
          whole={whole}
          onView={(next) => setZoomed(next === whole ? null : { place, view: next })}
        />
      )}
      {log.entries.length === 0 && log.status === 'loading' && <LoadingState label="Reading versions" />}
      {log.entries.length === 0 && log.error !== undefined && (
        <ErrorNotice error={log.error} onRetry={() => reloadVersionLog(tab.dataset, tab.branch)} />
      )}
    </section>
  )
}

function Legend() {
  return (
    <span className={styles.legend} aria-hidden>
      {LANES.map((lane) => (
        <span key={lane.id} className={styles.legendItem}>
          <span className={styles.swatch} data-lane={lane.id} />
          {lane.title}
        </span>
      ))}
    </span>
  )
}

function rangeText(model: TimelineModel, isLoading: boolean): string {
  const first = model.times[0]
  const last = model.times.at(-1)
  if (first === undefined || last === undefined) return ''
  const from = formatDay(new Date(first))
  const to = formatDay(new Date(last))
  const days = from === to ? from : `${from} – ${to}`
  return `${formatNoun(model.entries.length, 'version')}${isLoading ? ' so far' : ''} · ${days}`
}
