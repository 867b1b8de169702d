import { useMemo, useState } from 'react'
import { reloadVersionLog, useRefs, useVersionLog } from '#renderer/features/history/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { useHistoryView } from '../state/view-store.ts'
import { flagsOf } from './flags.ts'
import { type AxisView, isBunched, type Spacing, toTimelineModel, wholeView } from './model.ts'
import { useTimelineSettings } from './settings.ts'
import { TimelineCanvas } from './timeline-canvas.tsx'
import { TimelineHeader } from './timeline-header.tsx'
import styles from './timeline.module.css'

/** The bottom panel: the history of the dataset in front, by kind of change. */
export function TimelinePanel({ tab }: { readonly tab: DatasetTab }) {
  const log = useVersionLog(tab)
  const refs = useRefs(tab).data
  const history = useHistoryView(tab)
  const settings = useTimelineSettings()
  const byTime = useMemo(() => toTimelineModel(log.entries), [log.entries])
  // While a history streams in, its beginning is missing: it is judged once it is whole.
  const natural: Spacing = useMemo(
    () => (log.status === 'done' && isBunched(byTime) ? 'even' : 'time'),
    [byTime, log.status],
  )
  const spacing = settings.spacing ?? natural
  const model = useMemo(
    () => (spacing === 'time' ? byTime : toTimelineModel(log.entries, spacing)),
    [byTime, log.entries, spacing],
  )
  const flags = useMemo(() => flagsOf(model, refs, tab.branch), [model, refs, tab.branch])
  const whole = useMemo(() => wholeView(model), [model])
  const place = `${tab.dataset}/${tab.branch ?? ''}/${spacing}`
  const [zoomed, setZoomed] = useState<{ readonly place: string; readonly view: AxisView } | null>(null)
  const view = zoomed?.place === place ? zoomed.view : whole
  const show = (next: AxisView): void => setZoomed(next === whole ? null : { place, view: next })
  return (
    <section className={styles.panel} aria-label="Version timeline">
      <TimelineHeader
        tab={tab}
        model={model}
        measure={settings.measure}
        isLoading={log.status === 'loading'}
        view={view}
        whole={whole}
        history={history}
        onView={show}
      />
      {log.entries.length > 0 && (
        <TimelineCanvas
          tab={tab}
          model={model}
          flags={flags}
          measure={settings.measure}
          view={view}
          whole={whole}
          history={history}
          onView={show}
        />
      )}
      {log.entries.length === 0 && log.status === 'loading' && <LoadingState label="Reading versions" />}
      {log.entries.length === 0 && log.error !== undefined && (
        <ErrorNotice error={log.error} onRetry={() => reloadVersionLog(tab.dataset, tab.branch)} />
      )}
    </section>
  )
}
