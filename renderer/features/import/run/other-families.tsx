import { formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { withFamily } from '../state/draft.ts'
import { type Run, setStage, useImport } from '../state/store.ts'
import { FAMILY_TITLES, familyCounts } from '../words.ts'
import styles from './run.module.css'

/** What else the same drop held: an import of its own, for which nothing has to be dropped again. */
export function OtherFamilies({ run }: { readonly run: Run }) {
  const last = useImport((state) => state.last)
  if (last === undefined) return null
  const others = familyCounts(last.items).filter(({ family }) => family !== run.spec.rows.kind)
  if (others.length === 0) return null
  return (
    <div className={styles.others}>
      <span>The same drop also holds:</span>
      {others.map(({ family, count }) => (
        <Button key={family} onClick={() => setStage({ ...last, draft: withFamily(last.draft, family, last.items) })}>
          {FAMILY_TITLES[family]}, {formatNoun(count, 'file')}…
        </Button>
      ))}
    </div>
  )
}
