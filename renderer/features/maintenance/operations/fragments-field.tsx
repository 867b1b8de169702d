import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { chooseFragments, parseFragments } from '../fragment-choice.ts'
import type { Draft } from '../operations.ts'
import { Field, WholeField } from './field.tsx'
import styles from './operations.module.css'

const PICKS = [
  { id: 'all', label: 'All' },
  { id: 'small', label: 'Small ones' },
  { id: 'ids', label: 'By id' },
] as const

export interface FragmentsFieldProps {
  readonly draft: Draft
  readonly onDraft: (part: Partial<Draft>) => void
  readonly fragments: readonly FragmentEntry[] | undefined
}

/** Which fragments are rewritten: all, those of few rows, or those named. */
export function FragmentsField({ draft, onDraft, fragments }: FragmentsFieldProps) {
  const { pick } = draft
  return (
    <Field label="Fragments">
      <Segmented label="Which fragments" options={PICKS} value={pick} onChange={(next) => onDraft({ pick: next })} />
      {pick === 'small' && (
        <>
          of fewer than
          <WholeField
            label="Rows of small fragments"
            value={draft.smallerThan}
            least={1}
            most={1e9}
            onChange={(smallerThan) => onDraft({ smallerThan })}
          />
          rows
        </>
      )}
      {pick === 'ids' && (
        <TextField
          className={styles.wide}
          label="Ids of fragments"
          mono
          placeholder="0-5, 9"
          value={draft.fragments}
          invalid={draft.fragments.trim() !== '' && parseFragments(draft.fragments, []) === undefined}
          onChange={(event) => onDraft({ fragments: event.target.value })}
        />
      )}
      {pick !== 'all' && (
        <span className={styles.quiet} role="status" aria-label="Fragments chosen">
          {chosenText(draft, fragments)}
        </span>
      )}
    </Field>
  )
}

function chosenText(draft: Draft, fragments: readonly FragmentEntry[] | undefined): string {
  if (fragments === undefined) return 'Reading the fragments…'
  const ids = chooseFragments(draft, fragments)
  if (ids === undefined) return draft.pick === 'ids' ? 'Ids and ranges, such as 0-5, 9' : 'A whole number'
  if (ids.length === 0) return 'No fragment is so small'
  const wanted = new Set(ids)
  const chosen = fragments.filter(({ id }) => wanted.has(id))
  const rows = chosen.reduce((sum, { liveRows }) => sum + liveRows, 0)
  const missing = ids.length - chosen.length
  const gone = missing === 0 ? '' : `; ${formatNoun(missing, 'id')} of none`
  return `${formatCount(chosen.length)} of ${formatNoun(fragments.length, 'fragment')}, ${formatNoun(rows, 'row')}${gone}`
}
