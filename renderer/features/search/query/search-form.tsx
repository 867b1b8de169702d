import { Search, SlidersHorizontal } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { type DatasetTab, useInspectorTarget } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { SchemaField } from '#shared/model/schema.ts'
import { textFields, vectorFields } from './columns.ts'
import { type Draft, type Mode, NO_SETTINGS, TEXT_KINDS, type TextKind } from './draft.ts'
import { Picker } from './picker.tsx'
import styles from './search-form.module.css'
import { SettingsPanel } from './settings-panel.tsx'
import { changedSettings } from './settings.ts'
import { ChoiceLine, TextVector } from './text-vector.tsx'
import { TextBuilder } from './text-builder.tsx'
import { termsOf } from './text-query.ts'
import { VectorNumbers } from './vector-numbers.tsx'
import type { UsedChoice } from './use-choice.ts'

export interface SearchFormProps {
  readonly tab: DatasetTab
  readonly isReadOnly: boolean
  readonly schema: readonly SchemaField[]
  readonly modes: readonly Mode[]
  readonly draft: Draft
  /** Who makes a vector of a text. */
  readonly choice: UsedChoice
  /** What keeps the search from being run. */
  readonly problem: string | null
  readonly onChange: (part: Partial<Draft>) => void
  readonly onSearch: () => void
  /** Where rows are filtered. */
  readonly filter: ReactNode
  /** Menus at the end of the bar. */
  readonly children: ReactNode
}

const MODE_TITLES: Readonly<Record<Mode, string>> = { vector: 'Vector', text: 'Text', hybrid: 'Hybrid' }
const KIND_TITLES: Readonly<Record<TextKind, string>> = {
  words: 'any of the words',
  'all-words': 'all of the words',
  fuzzy: 'words spelt like these',
  phrase: 'this phrase',
  builder: 'a query put together',
}

/** Where a person says what to look for. Enter searches. */
export function SearchForm(props: SearchFormProps) {
  const { schema, modes, draft, problem, filter, children, onChange, onSearch } = props
  const [isOpen, setOpen] = useState(false)
  const changed = changedSettings(draft)
  const handleKey = (event: KeyboardEvent): void => {
    const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
    const isPlain = event.target instanceof HTMLInputElement
    if (event.key !== 'Enter' || !isField || !(isPlain || event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onSearch()
  }
  return (
    <div role="search" aria-label="Search rows" className={styles.form} onKeyDown={handleKey}>
      <div className={styles.line}>
        <Segmented
          label="Kind of search"
          options={modes.map((id) => ({ id, label: MODE_TITLES[id] }))}
          value={draft.mode}
          onChange={(mode) => onChange({ mode })}
        />
        {draft.mode !== 'text' && <VectorInput {...props} />}
        {draft.mode !== 'vector' && <TextInput {...props} />}
      </div>
      {draft.mode !== 'text' && draft.source === 'text' && <ChoiceLine {...props} />}
      {draft.mode !== 'vector' && draft.textKind === 'builder' && (
        <TextBuilder
          query={draft.builder}
          columns={textFields(schema).map(({ name }) => name)}
          depth={1}
          onChange={(builder) => onChange({ builder })}
        />
      )}
      <div className={styles.line}>
        {filter}
        <TextField
          label="Rows to find (k)"
          className={styles.k}
          inputMode="numeric"
          value={draft.k}
          onChange={(event) => onChange({ k: event.target.value })}
          icon={<span className={styles.unit}>k</span>}
        />
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <SlidersHorizontal aria-hidden /> Settings{changed > 0 ? ` (${changed})` : ''}
        </Button>
        {changed > 0 && (
          <Button kind="link" onClick={() => onChange({ settings: NO_SETTINGS })}>
            Reset
          </Button>
        )}
        <Button kind="primary" onClick={onSearch}>
          <Search aria-hidden /> Search
        </Button>
        {children}
      </div>
      {isOpen && (
        <SettingsPanel draft={draft} onChange={(part) => onChange({ settings: { ...draft.settings, ...part } })} />
      )}
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}

type InputProps = Omit<SearchFormProps, 'children' | 'filter'>

function VectorInput({ tab, schema, draft, choice, onChange }: InputProps) {
  const fields = vectorFields(schema)
  return (
    <>
      <Picker
        label="Vector from"
        value={draft.source}
        options={[
          { id: 'row', label: 'like row' },
          { id: 'numbers', label: 'numbers' },
          { id: 'text', label: draft.mode === 'hybrid' ? 'the words' : 'text' },
        ]}
        onChange={(source) => onChange({ source })}
      />
      {draft.source === 'row' && <RowInput dataset={tab.dataset} rowId={draft.rowId} onChange={onChange} />}
      {draft.source === 'text' && <TextVector draft={draft} choice={choice} onChange={onChange} />}
      {draft.source === 'numbers' && (
        <VectorNumbers numbers={draft.numbers} onChange={(numbers) => onChange({ numbers })} />
      )}
      {fields.length > 1 && (
        <Picker
          label="Vector column"
          value={draft.column}
          options={[
            { id: '', label: 'the column that fits' },
            ...fields.map(({ name }) => ({ id: name, label: name })),
          ]}
          onChange={(column) => onChange({ column })}
        />
      )}
    </>
  )
}

interface RowInputProps {
  readonly dataset: string
  readonly rowId: string
  readonly onChange: SearchFormProps['onChange']
}

function RowInput({ dataset, rowId, onChange }: RowInputProps) {
  const target = useInspectorTarget(dataset)
  const selected = target?.kind === 'row' && target.of === undefined ? target.rowId : undefined
  return (
    <>
      <TextField
        label="Row id to start from"
        className={styles.row}
        inputMode="numeric"
        mono
        value={rowId}
        onChange={(event) => onChange({ rowId: event.target.value })}
      />
      {selected !== undefined && selected !== rowId && (
        <Button kind="link" onClick={() => onChange({ rowId: selected })}>
          Use selected row {selected}
        </Button>
      )}
    </>
  )
}

function TextInput({ schema, draft, onChange }: InputProps) {
  const fields = textFields(schema)
  return (
    <>
      {draft.textKind !== 'builder' && (
        <TextField
          label="Words to look for"
          className={styles.text}
          placeholder="Words to look for"
          value={draft.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
      )}
      <Picker
        label="How the words match"
        value={draft.textKind}
        options={TEXT_KINDS.map((id) => ({ id, label: KIND_TITLES[id] }))}
        onChange={(textKind) => onChange(toTextKind(draft, textKind))}
      />
      {draft.textKind !== 'builder' && (
        <Picker
          label="Text column"
          value={draft.textColumn}
          options={[{ id: '', label: 'indexed columns' }, ...fields.map(({ name }) => ({ id: name, label: name }))]}
          onChange={(textColumn) => onChange({ textColumn })}
        />
      )}
    </>
  )
}

/** The words move into the builder when it has none yet. */
function toTextKind({ text, builder }: Draft, textKind: TextKind): Partial<Draft> {
  const isFresh = textKind === 'builder' && termsOf(builder) === ''
  return isFresh ? { textKind, builder: { kind: 'match', terms: text } } : { textKind }
}
