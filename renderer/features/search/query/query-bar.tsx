import { Play } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import type { Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Capability } from './capability.ts'
import { canSearch, type DraftResult, K_MAX } from './form.ts'
import type { InputProps } from './input-props.ts'
import { NumberField } from './number-field.tsx'
import { ParamChips } from './param-chips.tsx'
import { ParamsPopover } from './params-popover.tsx'
import { SEARCH_MODES, type SearchDraft } from './search-draft.ts'
import styles from './query.module.css'
import { TextInput } from './text-input.tsx'
import { VectorInput } from './vector-input.tsx'
import { WhereInput } from './where-input.tsx'

export interface QueryBarProps extends InputProps {
  readonly at: Ref
  readonly schema: readonly SchemaField[]
  readonly isRunning: boolean
  /** What is wrong with the form, once somebody tried to run it. */
  readonly problem: (DraftResult & { readonly ok: false }) | null
  readonly onRunWith: (change: Partial<SearchDraft>) => void
  readonly onCancel: () => void
  /** Menus at the end of the first line. */
  readonly children: ReactNode
}

const MODE_LABELS = { vector: 'Vector', text: 'Text', hybrid: 'Hybrid' } as const

/** What is asked: by which vector or text, of which rows, and how. */
export function QueryBar(props: QueryBarProps) {
  const { tab, at, schema, draft, capability, isRunning, problem, onChange, onRun, onRunWith, onCancel, children } =
    props
  const options = SEARCH_MODES.map((id) => ({
    id,
    label: MODE_LABELS[id],
    isDisabled: !canSearch(id, capability),
  }))
  const lacking = lackingWords(capability)
  return (
    <div
      className={styles.bar}
      role="search"
      aria-label="Search"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
        event.preventDefault()
        onRun()
      }}
    >
      <div className={styles.line}>
        <Segmented label="Search by" options={options} value={draft.mode} onChange={(mode) => onChange({ mode })} />
        {lacking !== null && <span className={styles.hint}>{lacking}</span>}
        <span className={styles.name}>k</span>
        <NumberField
          label="k, the number of results"
          value={draft.k}
          min={1}
          max={K_MAX}
          isWhole
          onChange={(k) => k !== undefined && onChange({ k })}
        />
        <ParamsPopover {...{ draft, capability, onChange }} />
        {isRunning ? (
          <span className={styles.working}>
            <Button onClick={onCancel}>Cancel</Button>
            <ProgressBar label="Searching" />
          </span>
        ) : (
          <Button kind="primary" onClick={onRun}>
            <Play aria-hidden />
            Search
          </Button>
        )}
        <span className={styles.spacer} />
        {children}
      </div>
      {draft.mode !== 'text' && <VectorInput {...{ tab, draft, capability, onChange, onRun }} />}
      {draft.mode !== 'vector' && <TextInput {...{ tab, draft, capability, onChange, onRun }} />}
      <WhereInput
        dataset={tab.dataset}
        at={at}
        schema={schema}
        filter={draft.filter}
        onChange={(filter) => onChange({ filter })}
        onRun={(filter) => onRunWith({ filter })}
      />
      <ParamChips {...{ draft, capability, onChange }} />
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem.problem}
        </p>
      )}
    </div>
  )
}

/** Why some kinds of search are not offered. */
function lackingWords({ vectors, texts }: Capability): string | null {
  if (vectors.length === 0 && texts.length === 0) return 'No column holds vectors or text.'
  if (vectors.length === 0) return 'No vector column in this version: text only.'
  return texts.length === 0 ? 'No text column in this version: vectors only.' : null
}
