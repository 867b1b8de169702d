import { CircleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { cx } from '#renderer/ui/cx.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { FilterProblem } from '../sql/lint.ts'
import styles from './filter-bar.module.css'
import { FilterInput } from './filter-input.tsx'
import { useFilterHelp } from './use-filter-help.ts'

export interface SqlFilterProps {
  readonly dataset: string
  readonly at: Ref
  readonly schema: readonly SchemaField[]
  readonly text: string
  readonly onChange: (text: string) => void
  /** Enter, with the text as it stands by then. */
  readonly onSubmit: (text: string) => void
}

/** The SQL editor of the filter bar for forms of other views: completed and checked by the dataset at this version. */
export function SqlFilter({ dataset, at, schema, text, onChange, onSubmit }: SqlFilterProps) {
  const place = formatRef(at)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `place` stands for `at`
  const state = useMemo(() => ({ dataset, at }), [dataset, place])
  const help = useFilterHelp(state, schema)
  const [problems, setProblems] = useState<readonly FilterProblem[]>([])
  const [problem] = problems
  return (
    <div className={styles.field}>
      <div className={cx(styles.box, problem !== undefined && styles.invalid)}>
        <span className={styles.label}>WHERE</span>
        <FilterInput
          text={text}
          schema={schema}
          help={help}
          onChange={(next) => {
            setProblems([])
            onChange(next)
          }}
          onSubmit={onSubmit}
          onProblems={setProblems}
        />
      </div>
      {problem !== undefined && (
        <span className={styles.problem} role="status">
          <CircleAlert aria-hidden />
          {problem.message}
        </span>
      )}
    </div>
  )
}
