import { formatBytes, formatExactBytes, formatShare } from '#shared/model/format.ts'
import type { StorageUsage } from '#shared/model/storage.ts'
import { groupColour } from '../class-colours.ts'
import styles from './headline.module.css'
import { evidence, groupSums, liveBytes, verdict } from './usage.ts'

export interface HeadlineProps {
  readonly usage: StorageUsage
  /** Manifests of the directory; null while they are being counted. */
  readonly manifests: number | null
}

/** The whole in one line, one bar and one sentence, and how it was found out. */
export function Headline({ usage, manifests }: HeadlineProps) {
  const { totalBytes, elsewhereBytes } = usage
  const live = liveBytes(usage)
  return (
    <section className={styles.headline} aria-label="Disk usage">
      <p className={styles.figures}>
        <span className={styles.total} title={formatExactBytes(totalBytes)}>
          {formatBytes(totalBytes)}
        </span>
        <span className={styles.live} title={`${formatExactBytes(live)} of ${formatExactBytes(totalBytes)}`}>
          live {formatBytes(live)} of {formatBytes(totalBytes)} ({formatShare(live, totalBytes)})
        </span>
        <span className={styles.verdict}>{verdict(usage)}</span>
      </p>
      <GroupBar usage={usage} />
      <p className={styles.evidence}>
        {evidence(usage, manifests)}
        {elsewhereBytes > 0 &&
          ` The newest version also uses ${formatBytes(elsewhereBytes)} in other datasets, which is not counted here.`}
      </p>
    </section>
  )
}

function GroupBar({ usage }: { readonly usage: StorageUsage }) {
  const sums = groupSums(usage.classes)
  return (
    <>
      <div className={styles.bar} aria-hidden>
        {sums.map(({ id, bytes }) => (
          <span key={id} className={styles.part} style={{ flexGrow: bytes, backgroundColor: groupColour(id) }} />
        ))}
      </div>
      <ul className={styles.legend}>
        {sums.map(({ id, title, bytes }) => (
          <li key={id} title={formatExactBytes(bytes)}>
            <span className={styles.swatch} style={{ backgroundColor: groupColour(id) }} aria-hidden />
            {title} <b>{formatBytes(bytes)}</b> {formatShare(bytes, usage.totalBytes)}
          </li>
        ))}
      </ul>
    </>
  )
}
