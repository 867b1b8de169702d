import { Copy, GitBranch, Tag } from 'lucide-react'
import { formatBytes, formatExactBytes } from '#shared/model/format.ts'
import type { StorageFile } from '#shared/model/storage.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { type DatasetTab, inspect, showView, travelTo, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { ClassChip } from '../class-chip.tsx'
import { kindName, wordsOf } from '../class-words.ts'
import { formatVersionRange, isUsed, writerSentence } from '../usage-words.ts'
import styles from './file-facts.module.css'

export interface FileFactsProps {
  readonly tab: DatasetTab
  readonly path: string
  readonly file: StorageFile | undefined
  /** What such a file is for; undefined until it is known. */
  readonly about: string | undefined
}

/** Ranges shown before the rest is counted. */
const RANGES_MAX = 12

export function FileFacts({ tab, path, file, about }: FileFactsProps) {
  const now = useNow()
  const cut = path.lastIndexOf('/') + 1
  return (
    <header className={styles.facts}>
      <div className={styles.title}>
        <h2 className={styles.path} title={path}>
          <span className={styles.folder}>{path.slice(0, cut)}</span>
          {path.slice(cut)}
        </h2>
        <IconButton label="Copy path" onClick={() => void copyText(path, 'Path')}>
          <Copy aria-hidden />
        </IconButton>
      </div>
      {about !== undefined && <p className={styles.about}>{about}</p>}
      {file !== undefined && (
        <>
          <p className={styles.line}>
            <span title={formatExactBytes(file.bytes)}>
              {kindName(file.kind)}, {formatBytes(file.bytes)}
            </span>
            <ClassChip choice={file} />
          </p>
          <p className={styles.meaning}>
            {wordsOf(file.class).meaning} <span className={styles.freed}>{wordsOf(file.class).freedBy}</span>
          </p>
          <p className={styles.line} title={formatAbsoluteTime(file.modifiedAt)}>
            {writerSentence(file, now)}
            <WriterLink tab={tab} file={file} />
          </p>
          <Users file={file} />
        </>
      )}
    </header>
  )
}

/** Only versions of the branch on screen can be gone to from here. */
function WriterLink({ tab, file }: { readonly tab: DatasetTab; readonly file: StorageFile }) {
  const writer = file.writtenBy
  if (writer === undefined || writer.branch !== tab.branch) return null
  const go = (): void => {
    travelTo(tab.dataset, writer.version)
    inspect(tab.dataset, { kind: 'version', version: writer.version })
    showView(tab.dataset, 'versions')
  }
  return (
    <Button kind="link" onClick={go}>
      Go to version {writer.version}
    </Button>
  )
}

function Users({ file }: { readonly file: StorageFile }) {
  const { versions, tags, branches } = file.usedBy
  if (!isUsed(file)) return <p className={styles.unused}>Nothing uses it: no version, no tag, no branch.</p>
  return (
    <p className={styles.users}>
      <span>Used by</span>
      {versions.slice(0, RANGES_MAX).map((range) => (
        <Chip key={`${range.branch ?? ''} ${range.from}`}>{formatVersionRange(range)}</Chip>
      ))}
      {versions.length > RANGES_MAX && <span>and {versions.length - RANGES_MAX} more runs of versions</span>}
      {tags.map((tag) => (
        <Chip key={`tag ${tag}`} tone="accent">
          <Tag aria-label="Tag" />
          {tag}
        </Chip>
      ))}
      {branches.map((branch) => (
        <Chip key={`branch ${branch}`} tone="ok">
          <GitBranch aria-label="Branch" />
          {branch}
        </Chip>
      ))}
    </p>
  )
}
