import { Popover } from '@base-ui/react/popover'
import { Search } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { formatNoun } from '#shared/model/format.ts'
import styles from './query.module.css'
import type { InputProps } from './input-props.ts'
import { TextBuilder } from './text-builder.tsx'
import { EMPTY_TEXT, termsOf } from './text-query.ts'

const INPUTS = [
  { id: 'plain', label: 'Words' },
  { id: 'builder', label: 'Builder' },
] as const

/** The text to search for, as words or as a query that is put together. */
export function TextInput({ draft, capability, onChange, onRun }: InputProps) {
  const toInput = (textInput: 'plain' | 'builder'): void => {
    // What was typed in one is where the other starts, unless it already has words.
    if (textInput === 'builder' && termsOf(draft.builder) === '') {
      onChange({ textInput, builder: { ...EMPTY_TEXT, kind: 'match', terms: draft.text } })
    } else onChange({ textInput })
  }
  return (
    <>
      <div className={styles.line}>
        <span className={styles.name}>Text</span>
        <Segmented label="How the text is given" options={INPUTS} value={draft.textInput} onChange={toInput} />
        {draft.textInput === 'plain' && (
          <>
            <TextField
              label="Words to look for"
              className={styles.grow}
              icon={<Search aria-hidden />}
              placeholder="words to look for"
              value={draft.text}
              onChange={(event) => onChange({ text: event.target.value })}
              onKeyDown={(event) => event.key === 'Enter' && onRun()}
            />
            <span className={styles.name}>in</span>
            <TextColumns {...{ draft, capability, onChange }} />
          </>
        )}
      </div>
      {draft.textInput === 'builder' && (
        <div className={styles.builder}>
          <TextBuilder
            query={draft.builder}
            columns={capability.texts}
            depth={1}
            onChange={(builder) => onChange({ builder })}
          />
        </div>
      )}
    </>
  )
}

function TextColumns({ draft, capability, onChange }: Pick<InputProps, 'draft' | 'capability' | 'onChange'>) {
  const { texts } = capability
  const indexed = texts.filter(({ isIndexed }) => isIndexed)
  const chosen = draft.textColumns.filter((name) => texts.some((column) => column.name === name))
  const auto = indexed.length > 0 ? formatNoun(indexed.length, 'indexed column') : (texts[0]?.name ?? 'no column')
  const toggle = (name: string): void =>
    onChange({ textColumns: chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name] })
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button aria-label="Columns searched for the words">{chosen.length === 0 ? auto : chosen.join(', ')}</Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className={styles.positioner}>
          <Popover.Popup className={styles.popup} aria-label="Columns searched for the words">
            <p className={styles.hint}>
              {indexed.length > 0
                ? 'With none chosen, every column with a full-text index is searched.'
                : 'No column has a full-text index: rows are read and searched one by one.'}
            </p>
            {texts.map(({ name, isIndexed }) => (
              <label key={name} className={styles.check}>
                <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
                {name}
                {!isIndexed && <span className={styles.hint}>no index</span>}
              </label>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
