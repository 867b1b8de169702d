import { GitCompareArrows, Maximize2, Minus, Plus, ScanSearch, X } from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { comparePicked } from '../list/compare.ts'
import { pairOf } from '../state/picks.ts'
import { type HistoryView, setPicks, setStretch } from '../state/view-store.ts'
import { type AxisView, type TimelineModel, zoomView } from './model.ts'
import type { Measure } from './paint.ts'
import { rangeText, stretchText } from './range-text.ts'
import { changeTimeline } from './settings.ts'
import { stretchView } from './timeline-canvas.tsx'
import styles from './timeline.module.css'

export interface TimelineHeaderProps {
  readonly tab: DatasetTab
  readonly model: TimelineModel
  readonly measure: Measure
  readonly isLoading: boolean
  readonly view: AxisView
  readonly whole: AxisView
  readonly history: HistoryView
  readonly onView: (view: AxisView) => void
}

/** What is shown, what is chosen, and how it is drawn. */
export function TimelineHeader(props: TimelineHeaderProps) {
  const { tab, model, measure, isLoading, view, whole, history, onView } = props
  const zoom = (factor: number): void => onView(zoomView(view, factor, (view.from + view.to) / 2, whole, model.spacing))
  return (
    <header className={styles.header}>
      <h2 className={styles.title}>Version timeline</h2>
      <span className={styles.range}>{rangeText(model, isLoading)}</span>
      <Chosen tab={tab} model={model} history={history} whole={whole} onView={onView} />
      <span className={styles.space} />
      <Segmented
        label="Line of growth"
        options={[
          { id: 'rows', label: 'Rows' },
          { id: 'bytes', label: 'Bytes' },
        ]}
        value={measure}
        onChange={(next) => changeTimeline({ measure: next })}
      />
      <Segmented
        label="Spacing of versions"
        options={[
          { id: 'time', label: 'By time' },
          { id: 'even', label: 'Even' },
        ]}
        value={model.spacing}
        onChange={(next) => changeTimeline({ spacing: next })}
      />
      <span className={styles.zoom}>
        <IconButton label="Zoom out" shortcut="-" disabled={view === whole} onClick={() => zoom(2)}>
          <Minus aria-hidden />
        </IconButton>
        <IconButton label="Zoom in" shortcut="+" onClick={() => zoom(0.5)}>
          <Plus aria-hidden />
        </IconButton>
        <IconButton label="Show the whole history" shortcut="0" disabled={view === whole} onClick={() => onView(whole)}>
          <Maximize2 aria-hidden />
        </IconButton>
      </span>
    </header>
  )
}

/** The chosen stretch and the picked pair, each with what can be done with it. */
function Chosen({
  tab,
  model,
  history,
  whole,
  onView,
}: Pick<TimelineHeaderProps, 'tab' | 'model' | 'history' | 'whole' | 'onView'>) {
  const { stretch, picks } = history
  const pair = pairOf(picks)
  const zoomed = stretchView(model, history, whole)
  return (
    <>
      {stretch !== null && (
        <span className={styles.chosen} role="status" aria-label="Chosen stretch">
          <span className={styles.chosenText}>{stretchText(model, stretch)}</span>
          {zoomed !== null && (
            <IconButton label="Zoom to it" shortcut="Z" onClick={() => onView(zoomed)}>
              <ScanSearch aria-hidden />
            </IconButton>
          )}
          <IconButton label="Let the stretch go" shortcut="Escape" onClick={() => setStretch(tab, null)}>
            <X aria-hidden />
          </IconButton>
        </span>
      )}
      {pair !== null && (
        <span className={cx(styles.chosen, styles.pair)}>
          v{pair.older} ↔ v{pair.newer}
          <Button kind="link" onClick={() => comparePicked(tab)}>
            <GitCompareArrows aria-hidden />
            Compare them
          </Button>
          <IconButton label="Let the pair go" shortcut="Escape" onClick={() => setPicks(tab, [])}>
            <X aria-hidden />
          </IconButton>
        </span>
      )}
    </>
  )
}
