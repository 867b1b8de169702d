import { formatNoun } from '#shared/model/format.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import styles from '../fragments-view.module.css'
import { RewriteButton } from './rewrite-button.tsx'
import type { Marks } from './use-marks.ts'

/** What can be done with the fragments marked; nothing while none is. */
export function MarksBar({ tab, marks }: { readonly tab: DatasetTab; readonly marks: Marks }) {
  const { ids, rows } = marks
  if (ids.size === 0) return null
  return (
    <div className={styles.marks} role="group" aria-label="Marked fragments">
      <span>
        {formatNoun(ids.size, 'fragment')} marked, {formatNoun(rows, 'row')}
      </span>
      <RewriteButton tab={tab} fragments={[...ids]}>
        Rewrite these fragments…
      </RewriteButton>
      <Button kind="ghost" onClick={() => marks.clear()}>
        Clear
      </Button>
    </div>
  )
}
