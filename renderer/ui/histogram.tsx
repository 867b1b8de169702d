import { type KeyboardEvent, useId, useState } from 'react'
import { cx } from './cx.ts'
import { type HistogramBin, placeInBins } from './histogram-bins.ts'
import styles from './histogram.module.css'

export type { HistogramBin } from './histogram-bins.ts'

export interface HistogramMarker {
  readonly value: number
  /** Short: `median`. */
  readonly label: string
}

export interface HistogramProps {
  readonly label: string
  /** At most about 200. */
  readonly bins: readonly HistogramBin[]
  /** Ends of the axis, such as {@link formatBytes}. */
  readonly format: (value: number) => string
  /** Sentence of one bin: `12 fragments of 1,000 to 2,000 rows`. */
  readonly describe: (bin: HistogramBin) => string
  /** What the line below says while nothing is pointed at. */
  readonly caption: string
  readonly markers?: readonly HistogramMarker[]
  /** Index of the chosen bin. */
  readonly selected?: number | undefined
  readonly onSelect?: (index: number) => void
}

/** How often which size occurs. Arrows move from bin to bin, Home and End to the ends, Enter or Space select. */
export function Histogram(props: HistogramProps) {
  const { label, bins, format, describe, caption, markers = [], selected, onSelect } = props
  const prefix = useId()
  const [pointed, setPointed] = useState<number | undefined>(undefined)
  const [focused, setFocused] = useState(0)
  const [hasFocus, setHasFocus] = useState(false)
  const cursor = Math.min(focused, bins.length - 1)
  const tallest = Math.max(1, ...bins.map(({ count }) => count))
  const ends = new Set([bins[0]?.from, bins.at(-1)?.to])
  const said = bins[pointed ?? (hasFocus ? cursor : -1)]

  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') onSelect?.(cursor)
    else {
      const next = binForKey(event.key, cursor, bins.length - 1)
      if (next === undefined) return
      setFocused(next)
      setPointed(undefined)
    }
    event.preventDefault()
  }
  return (
    <div className={styles.histogram}>
      <div
        className={styles.plot}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-activedescendant={bins.length === 0 ? undefined : `${prefix}${cursor}`}
        onKeyDown={handleKey}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        onPointerLeave={() => setPointed(undefined)}
      >
        {bins.map((bin, index) => (
          <div
            key={bin.from}
            id={`${prefix}${index}`}
            role="option"
            aria-selected={index === selected}
            aria-label={describe(bin)}
            className={cx(
              styles.bin,
              onSelect !== undefined && styles.clickable,
              hasFocus && index === cursor && styles.focused,
            )}
            onPointerEnter={() => setPointed(index)}
            onClick={() => {
              setFocused(index)
              onSelect?.(index)
            }}
          >
            {/* One in a thousand is still there: never less than two px. */}
            {bin.count > 0 && (
              <div className={styles.bar} style={{ height: `max(2px, ${(bin.count / tallest) * 100}%)` }} />
            )}
          </div>
        ))}
        {markers.map((marker) => (
          <Marker key={marker.label} marker={marker} bins={bins} />
        ))}
      </div>
      <div className={styles.axis} aria-hidden>
        <span>{format(bins[0]?.from ?? 0)}</span>
        <span className={styles.said}>{said === undefined ? caption : describe(said)}</span>
        <span>{ends.size > 1 && format(bins.at(-1)?.to ?? 0)}</span>
      </div>
    </div>
  )
}

function Marker({ marker, bins }: { readonly marker: HistogramMarker; readonly bins: readonly HistogramBin[] }) {
  const place = placeInBins(bins, marker.value)
  if (place === undefined) return null
  return (
    <span
      className={cx(styles.marker, place > 0.8 && styles.leftwards)}
      style={{ left: `${place * 100}%` }}
      role="presentation"
    >
      <span className={styles.markerLabel}>{marker.label}</span>
    </span>
  )
}

function binForKey(key: string, index: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, index + 1)
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, index - 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
