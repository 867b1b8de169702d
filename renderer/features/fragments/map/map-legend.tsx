import { formatCount } from '#shared/model/format.ts'
import type { ColourScale } from './colours.ts'
import styles from './fragment-map.module.css'

export interface MapLegendProps {
  readonly title: string
  readonly scale: ColourScale
  readonly hasBroken: boolean
}

/** What the colours mean and how many fragments have each. */
export function MapLegend({ title, scale, hasBroken }: MapLegendProps) {
  return (
    <>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.legend} aria-label={`Legend: ${title}`}>
        {scale.classes.map(({ label, token, count }) => (
          <li key={label} data-empty={count === 0}>
            <span className={styles.swatch} style={{ background: `var(${token})` }} aria-hidden />
            <span className={styles.legendLabel} title={label}>
              {label}
            </span>
            <span className={styles.legendCount}>{formatCount(count)}</span>
          </li>
        ))}
        {hasBroken && (
          <li>
            <span className={styles.brokenSwatch} aria-hidden />
            <span className={styles.legendLabel}>a file is missing</span>
          </li>
        )}
      </ul>
    </>
  )
}
