import { formatBytes, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import styles from './fragments-view.module.css'
import type { FragmentTotals } from './totals.ts'

/** The sums of all fragments, in one line. */
export function TotalsLine({ totals }: { readonly totals: FragmentTotals }) {
  const { bytes, deletedRows, deletionFiles, physicalRows } = totals
  return (
    <div className={styles.totals} role="status" aria-label="Totals">
      <b>{formatNoun(totals.fragments, 'fragment')}</b>
      <span>{formatNoun(totals.liveRows, 'live row')}</span>
      <span>
        {formatNoun(deletedRows, 'deleted row')} ({formatShare(deletedRows, physicalRows)})
      </span>
      <span>{formatNoun(totals.files, 'data file')}</span>
      {deletionFiles > 0 && <span>{formatNoun(deletionFiles, 'deletion file')}</span>}
      <span title={bytes === null ? 'Some files’ sizes are not in the manifest' : formatExactBytes(bytes)}>
        {bytes === null ? 'size unknown' : formatBytes(bytes)}
      </span>
      <span>format {totals.formatVersions.join(', ')}</span>
    </div>
  )
}
