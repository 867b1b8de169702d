import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { CheckpointMember, MemberState } from '#shared/model/checkpoint.ts'
import styles from '../files/files.module.css'
import { isRestorable, reasonText, restoreText, STATE_WORDS, versionText } from './points.ts'

export interface MemberTableProps {
  readonly members: readonly CheckpointMember[]
  /** Present where members are chosen to be restored; the last column is a preview then. */
  readonly choice?: {
    readonly chosen: ReadonlySet<string>
    readonly onToggle: (path: string, isOn: boolean) => void
  }
}

/** The datasets of a restore point with the state of each. */
export function MemberTable({ members, choice }: MemberTableProps) {
  return (
    <table className={styles.table} aria-label="Datasets of the restore point">
      <thead>
        <tr>
          <th scope="col">Dataset</th>
          <th scope="col">State</th>
          <th scope="col">{choice === undefined ? 'Version' : 'Newest → restored'}</th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={member.path}>
            <th scope="row">
              {choice === undefined ? (
                member.path
              ) : (
                <label className={styles.check}>
                  <input
                    type="checkbox"
                    checked={choice.chosen.has(member.path)}
                    disabled={!isRestorable(member)}
                    onChange={(event) => choice.onToggle(member.path, event.target.checked)}
                  />
                  {member.path}
                </label>
              )}
            </th>
            <td>
              <StateIcon kind={member.state.kind} /> {STATE_WORDS[member.state.kind]}
              {reasonText(member) !== undefined && <span className={styles.place}>{reasonText(member)}</span>}
            </td>
            <td>{choice === undefined ? versionText(member) : restoreText(member)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function StateIcon({ kind }: Pick<MemberState, 'kind'>) {
  if (kind === 'kept') return <CircleCheck aria-hidden className={styles.iconOk} />
  return kind === 'untagged' ? (
    <TriangleAlert aria-hidden className={styles.iconWarn} />
  ) : (
    <CircleX aria-hidden className={styles.iconBad} />
  )
}
