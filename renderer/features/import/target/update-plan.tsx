import type { UpdatePlan } from '#shared/model/import/preview.ts'
import { formatNoun } from '#shared/model/format.ts'
import { namedCount, updateText } from '../words.ts'
import styles from './target.module.css'

/** Names listed of each kind; the figures tell of all. */
const MOST_NAMES = 200

/** What dropping the same files again would do, file by file, for approval before anything is written. */
export function UpdatePlanList({ plan, gone }: { readonly plan: UpdatePlan; readonly gone: 'keep' | 'delete' }) {
  const groups = [
    { id: 'new', title: 'New, to be added', names: plan.new },
    { id: 'changed', title: 'Changed, their rows are replaced', names: plan.changed },
    {
      id: 'gone',
      title: gone === 'delete' ? 'Gone, their rows are deleted' : 'Gone, their rows stay',
      names: plan.gone,
    },
  ]
  return (
    <section className={styles.plan} aria-label="Plan of the update">
      <p role="status" aria-label="Plan">
        <b>{updateText(plan)}</b>
      </p>
      {groups
        .filter(({ names }) => names.length > 0)
        .map(({ id, title, names }) => (
          <details key={id} open={names.length <= 12}>
            <summary>
              {title} ({namedCount(names)})
            </summary>
            <ul className={styles.names}>
              {names.slice(0, MOST_NAMES).map((name) => (
                <li key={name}>{name}</li>
              ))}
              {names.length > MOST_NAMES && <li>and {formatNoun(names.length - MOST_NAMES, 'other')}</li>}
            </ul>
          </details>
        ))}
    </section>
  )
}
