import { useVersionLog } from '#renderer/features/history/index.ts'
import { VersionActions, VersionSections } from '#renderer/features/versions/index.ts'
import { type DatasetTab, useNow } from '#renderer/features/workspace/index.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { formatBytes, formatBytesDelta, formatCount, formatDelta, formatExactBytes } from '#shared/model/format.ts'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { type Fact, Facts } from './facts.tsx'
import styles from './facts.module.css'

export interface VersionFactsProps {
  readonly tab: DatasetTab
  readonly version: number
}

/** What one version is and what it changed, from its manifest and transaction. */
export function VersionFacts({ tab, version }: VersionFactsProps) {
  const log = useVersionLog(tab)
  const now = useNow()
  const title = `Version ${formatCount(version)}`
  const entry = log.entries.find((candidate) => candidate.version === version)
  if (entry === undefined) {
    return log.status === 'loading' ? (
      <LoadingState label="Reading versions" />
    ) : (
      <EmptyState title={title}>This version is not in the log: it was cleaned up, or is on another branch.</EmptyState>
    )
  }
  const isBroken = entry.problem !== undefined
  return (
    <Facts
      title={title}
      lead={entry.problem ?? entry.sentence}
      facts={[...timeFacts(entry, now), ...(isBroken ? [] : figures(entry))]}
    >
      <div className={styles.actions}>
        <VersionActions tab={tab} version={version} isBroken={isBroken} />
      </div>
      {!isBroken && <VersionSections tab={tab} version={version} />}
    </Facts>
  )
}
function timeFacts({ timestamp, operation, tags }: VersionEntry, now: number): readonly Fact[] {
  return [
    { name: 'Operation', value: operation },
    {
      name: 'Committed',
      value: (
        <>
          {formatAbsoluteTime(timestamp)}
          <span className={styles.note}>{formatRelativeTime(timestamp, now)}</span>
        </>
      ),
    },
    ...(tags.length === 0
      ? []
      : [
          {
            name: 'Tags',
            value: (
              <span className={styles.chips}>
                {tags.map((tag) => (
                  <Chip key={tag} tone="accent">
                    {tag}
                  </Chip>
                ))}
              </span>
            ),
          },
        ]),
  ]
}

function figures(entry: VersionEntry): readonly Fact[] {
  return [
    { name: 'Rows', value: <Figure text={formatCount(entry.rows)} delta={entry.rowsDelta} /> },
    { name: 'Fragments', value: <Figure text={formatCount(entry.fragments)} delta={entry.fragmentsDelta} /> },
    {
      name: 'Data files',
      value: (
        <Figure
          text={formatBytes(entry.dataBytes)}
          title={formatExactBytes(entry.dataBytes)}
          delta={entry.dataBytesDelta}
          format={formatBytesDelta}
        />
      ),
    },
  ]
}

interface FigureProps {
  readonly text: string
  readonly title?: string
  /** Against the version before; null when there is none to compare with. */
  readonly delta: number | null
  readonly format?: (delta: number) => string
}

function Figure({ text, title, delta, format = formatDelta }: FigureProps) {
  return (
    <span className={styles.figure} title={title}>
      {text}
      {delta === null ? null : delta === 0 ? (
        <span className={styles.note}>unchanged</span>
      ) : (
        <>
          {' '}
          <span className={delta > 0 ? styles.more : styles.less}>{format(delta)}</span>
        </>
      )}
    </span>
  )
}
