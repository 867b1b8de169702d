import { JobsChip } from '#renderer/features/jobs/index.ts'
import { useHost, useActiveTab, useSummary, useWorkspace, type DatasetTab } from '#renderer/features/workspace/index.ts'
import { formatBytes, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import styles from './status-bar.module.css'

const ENGINE_WORDS = {
  connecting: 'Connecting',
  ready: 'Engine ready',
  restarting: 'Engine restarting',
  gone: 'Engine not running',
} as const

/** Facts about the version on screen, timings of the last reads, and how the engine is. */
export function StatusBar() {
  const tab = useActiveTab()
  const engine = useWorkspace((state) => state.engine.kind)
  const status = useWorkspace((state) => state.status)
  const { kind } = useHost()
  return (
    <footer className={styles.bar} aria-label="Status">
      <span className={styles.item}>
        <span className={styles.dot} data-engine={engine} aria-hidden />
        {ENGINE_WORDS[engine]}
        {kind === 'browser' ? ' · in browser' : ''}
      </span>
      {tab !== undefined && <DatasetFacts tab={tab} />}
      <span className={styles.grow} />
      <JobsChip />
      {Object.entries(status).map(([contributor, text]) => (
        <span key={contributor} className={styles.item}>
          {text}
        </span>
      ))}
    </footer>
  )
}

function DatasetFacts({ tab }: { readonly tab: DatasetTab }) {
  const { data } = useSummary(tab)
  if (data === undefined) return null
  const physicalRows = data.rows + data.deletedRows
  return (
    <>
      <span className={styles.item} title={`${data.writer}, data file format ${data.formatVersion}`}>
        {data.writer} · file format {data.formatVersion}
      </span>
      <span className={styles.item} title={formatExactBytes(data.dataBytes)}>
        {formatNoun(data.rows, 'row')} · {formatNoun(data.columns, 'column')} · {formatBytes(data.dataBytes)}
      </span>
      <span className={styles.item} title={`${formatNoun(data.deletedRows, 'deleted row')} still in the files`}>
        {formatNoun(data.fragments, 'fragment')}
        {data.deletedRows > 0 && ` · ${formatShare(data.deletedRows, physicalRows)} deleted`}
      </span>
      {data.readOnly && <span className={styles.item}>read-only folder</span>}
    </>
  )
}
