import { CircleCheck, X } from 'lucide-react'
import { checkLocation, closeCheck, openLocation, switchBranch } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { resultFacts } from '../words.ts'
import styles from './repair.module.css'
import { dismissRepair, useRepairRun } from './repairs.ts'

/** What the last repair did, until it is dismissed: figures, what is lost, and the way to what it made. */
export function RepairOutcome({ location }: { readonly location: string }) {
  const run = useRepairRun(location)
  if (run?.kind !== 'done') return null
  const { result } = run
  const { to, repair, branch } = result
  const open = async (place: string): Promise<void> => {
    closeCheck()
    const opened = await openLocation(place)
    if (branch !== undefined && opened.kind === 'tab') await switchBranch(opened.dataset, branch)
  }
  return (
    <section className={styles.outcome} aria-label="What was repaired">
      <div className={styles.head}>
        <CircleCheck aria-hidden />
        <b>{result.title}</b>
        <IconButton label="Dismiss" onClick={() => dismissRepair(location)}>
          <X aria-hidden />
        </IconButton>
      </div>
      <dl className={styles.facts}>
        {resultFacts(result).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {result.lost.length > 0 && (
        <>
          <p>Lost, or left undone:</p>
          <ul className={styles.lost} aria-label="Lost">
            {result.lost.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      <div className={styles.next}>
        {to !== undefined && <Button onClick={() => void open(to)}>Open the copy</Button>}
        {to !== undefined && <Button onClick={() => checkLocation(to)}>Check the copy…</Button>}
        {repair === 'set-aside-newest' && (
          <Button onClick={() => void open(location)}>
            {branch === undefined ? 'Open it' : `Show branch ${branch}`}
          </Button>
        )}
      </div>
    </section>
  )
}
