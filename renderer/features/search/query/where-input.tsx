import { X } from 'lucide-react'
import { useState } from 'react'
import { FilterInput, type FilterProblem, useFilterHelp } from '#renderer/features/data/index.ts'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import type { Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import styles from './query.module.css'

export interface WhereInputProps {
  readonly dataset: string
  readonly at: Ref
  readonly schema: readonly SchemaField[]
  readonly filter: string
  readonly onChange: (filter: string) => void
  readonly onRun: (filter: string) => void
}

/** The filter of a search, in the same editor as that of the rows. */
export function WhereInput({ dataset, at, schema, filter, onChange, onRun }: WhereInputProps) {
  const help = useFilterHelp({ dataset, at }, schema)
  const [problems, setProblems] = useState<readonly FilterProblem[]>([])
  const problem = filter.trim() === '' ? undefined : problems[0]
  return (
    <div className={styles.line}>
      <div className={cx(styles.box, problem !== undefined && styles.invalid)}>
        <span className={styles.tag}>WHERE</span>
        <FilterInput
          text={filter}
          schema={schema}
          help={help}
          onChange={(text) => {
            setProblems([])
            onChange(text)
          }}
          onSubmit={onRun}
          onRevert={() => undefined}
          onProblems={setProblems}
        />
        {filter !== '' && (
          <IconButton label="Clear filter" onClick={() => onChange('')}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      {problem !== undefined && (
        <span className={styles.problem} role="alert">
          {problem.message}
        </span>
      )}
    </div>
  )
}
