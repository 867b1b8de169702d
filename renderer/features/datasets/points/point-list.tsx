import { CircleCheck, Flag, TriangleAlert } from 'lucide-react'
import type { Checkpoint } from '#shared/model/checkpoint.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import styles from '../files/files.module.css'
import { MemberTable } from './member-table.tsx'
import { isRestorable, type PointsPage, wholeText } from './points.ts'

export interface PointListProps {
  readonly points: readonly Checkpoint[]
  readonly onPage: (page: PointsPage) => void
}

/** Restore points, newest first, each with what is left of it. */
export function PointList({ points, onPage }: PointListProps) {
  const create = (
    <Button kind="primary" onClick={() => onPage({ kind: 'create' })}>
      New restore point…
    </Button>
  )
  if (points.length === 0) {
    return (
      <EmptyState icon={<Flag aria-hidden />} title="No restore points" actions={create}>
        Make one before an import, a cleanup or anything else that changes several datasets.
      </EmptyState>
    )
  }
  return (
    <div className={styles.form}>
      <div className={styles.line}>{create}</div>
      <ul className={styles.list} aria-label="Restore points">
        {points.map((point) => (
          <PointLine key={point.name} point={point} onPage={onPage} />
        ))}
      </ul>
    </div>
  )
}

function PointLine({ point, onPage }: { readonly point: Checkpoint } & Pick<PointListProps, 'onPage'>) {
  const Icon = point.isPartial ? TriangleAlert : CircleCheck
  return (
    <li className={styles.item} aria-label={point.name}>
      <div className={styles.line}>
        <Icon aria-hidden className={point.isPartial ? styles.iconWarn : styles.iconOk} />
        <span className={styles.name}>{point.name}</span>
        {point.isPartial && <Chip tone="warn">partial</Chip>}
        <span className={styles.figure}>{formatAbsoluteTime(point.createdAt)}</span>
        <Button disabled={!point.members.some(isRestorable)} onClick={() => onPage({ kind: 'restore', point })}>
          Restore…
        </Button>
        <Button kind="danger" onClick={() => onPage({ kind: 'delete', point })}>
          Delete…
        </Button>
      </div>
      {point.note !== undefined && <p className={styles.text}>{point.note}</p>}
      <details>
        <summary className={styles.figure}>{wholeText(point)}</summary>
        <MemberTable members={point.members} />
      </details>
    </li>
  )
}
