import { Play } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { type Draft, type Mode, TEXT_KINDS, type TextKind } from '../query/draft.ts'
import { Picker } from '../query/picker.tsx'
import { termsOf } from '../query/text-query.ts'
import { useEmbedders } from '../query/use-embedders.ts'
import type { Bench } from './bench.ts'
import styles from './compare.module.css'

export interface QuestionFormProps {
  readonly bench: Bench
  readonly modes: readonly Mode[]
  readonly titleColumns: readonly string[]
  readonly keyColumns: readonly string[]
  readonly problem: string | null
  readonly onChange: (part: Partial<Bench>) => void
  /** Absent while the Query part holds nothing to take. */
  readonly onTakeQuery: (() => void) | undefined
  readonly onRun: () => void
}

const KINDS: Readonly<Record<TextKind, string>> = {
  words: 'any of the words',
  'all-words': 'all of the words',
  fuzzy: 'words spelt like these',
  phrase: 'this phrase',
  builder: 'the query built in Query',
}

/** The one question every configuration answers, and how its rows are named. */
export function QuestionForm(props: QuestionFormProps) {
  const { bench, modes, titleColumns, keyColumns, problem, onChange, onTakeQuery, onRun } = props
  const { question } = bench
  const ask = (part: Partial<Draft>): void => onChange({ question: { ...question, ...part } })
  const named = (names: readonly string[], none: string) => [
    { id: '', label: none },
    ...names.map((name) => ({ id: name, label: name })),
  ]
  return (
    <form
      className={styles.question}
      aria-label="Question to compare"
      onSubmit={(event) => {
        event.preventDefault()
        onRun()
      }}
    >
      {modes.includes('vector') && <VectorPart question={question} onChange={ask} />}
      {(modes.includes('text') || question.source === 'text') && <WordsPart question={question} onChange={ask} />}
      <label className={styles.field}>
        k
        <TextField
          label="Rows to compare (k)"
          className={styles.tiny}
          inputMode="numeric"
          value={bench.k}
          onChange={(event) => onChange({ k: event.target.value })}
        />
      </label>
      <label className={styles.field}>
        show
        <Picker
          label="Column shown of each row"
          value={bench.titleColumn}
          options={named(titleColumns, 'row ids')}
          onChange={(titleColumn) => onChange({ titleColumn })}
        />
      </label>
      <label className={styles.field}>
        tell apart by
        <Picker
          label="Column that tells rows apart"
          value={bench.keyColumn}
          options={named(keyColumns, 'row ids')}
          onChange={(keyColumn) => onChange({ keyColumn })}
        />
      </label>
      {onTakeQuery !== undefined && <Button onClick={onTakeQuery}>Take from Query</Button>}
      <Button kind="primary" type="submit">
        <Play aria-hidden /> Compare
      </Button>
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </form>
  )
}

interface PartProps {
  readonly question: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

function VectorPart({ question, onChange }: PartProps) {
  const isRow = question.source === 'row'
  return (
    <>
      <Picker
        label="Vector of the question"
        value={question.source}
        options={[
          { id: 'row', label: 'like row' },
          { id: 'numbers', label: 'numbers' },
          { id: 'text', label: 'the words' },
        ]}
        onChange={(source) => onChange({ source })}
      />
      {question.source === 'text' ? (
        <EmbedderPart question={question} onChange={onChange} />
      ) : (
        <TextField
          label={isRow ? 'Row id of the question' : 'Numbers of the question'}
          className={isRow ? styles.short : styles.wide}
          mono
          placeholder={isRow ? 'row id' : '[0.12, -0.5, …]'}
          value={isRow ? question.rowId : question.numbers}
          onChange={(event) => onChange({ [isRow ? 'rowId' : 'numbers']: event.target.value })}
        />
      )}
    </>
  )
}

function EmbedderPart({ question, onChange }: PartProps) {
  const embedders = useEmbedders().data ?? []
  return (
    <Picker
      label="Embedder of the question"
      value={question.embedder}
      options={[
        { id: '', label: 'choose an embedder' },
        ...embedders.map(({ id, title, isRemote }) => ({
          id,
          label: `by ${title}${isRemote ? ' (text leaves this machine)' : ''}`,
        })),
      ]}
      onChange={(embedder) => onChange({ embedder })}
    />
  )
}

function WordsPart({ question, onChange }: PartProps) {
  const isBuilt = question.textKind === 'builder'
  const kinds = TEXT_KINDS.filter((kind) => kind !== 'builder' || isBuilt)
  return (
    <>
      <TextField
        label="Words of the question"
        className={styles.wide}
        placeholder={question.source === 'text' ? 'Words, also for the vector' : 'Words, for text and hybrid'}
        readOnly={isBuilt}
        value={isBuilt ? termsOf(question.builder) : question.text}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <Picker
        label="How the words match"
        value={question.textKind}
        options={kinds.map((id) => ({ id, label: KINDS[id] }))}
        onChange={(textKind) => onChange({ textKind })}
      />
    </>
  )
}
