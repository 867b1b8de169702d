import { formatBytes, formatDuration, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import type { StorageUsage } from '#shared/model/storage.ts'
import { groupColour } from '../class-colours.ts'
import styles from './headline.module.css'
import { groupSums, liveBytes, verdict } from './usage.ts'

/** The whole in one line, one bar and one sentence, and how it was found out. */
export function Headline({ usage }: { readonly usage: StorageUsage }) {
  const { totalBytes, totalFiles, elsewhereBytes, version, read } = usage
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
        Counted for version {version} of main: {formatNoun(totalFiles, 'file')} in the directory,{' '}
        {formatNoun(read.requests, 'read')} of {formatBytes(read.bytes)} in {formatDuration(read.elapsedMs)}.
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
