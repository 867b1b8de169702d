import { Plus, X } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { TextQuery } from '#shared/model/search.ts'
import { NumberField } from './number-field.tsx'
import { Picker } from './picker.tsx'
import { MatchOptions, MultiMatchColumns, PhraseOptions } from './text-builder-options.tsx'
import styles from './text-builder.module.css'
import { BUILDER_DEPTH, EMPTY_TEXT, TEXT_KINDS, type TextKind, toKind } from './text-query.ts'

export interface TextBuilderProps {
  readonly query: TextQuery
  readonly columns: readonly string[]
  /** 1 for the outermost query. */
  readonly depth: number
  readonly onChange: (query: TextQuery) => void
  readonly onRemove?: () => void
}

/** One full-text query and those inside it. */
export function TextBuilder({ query, columns, depth, onChange, onRemove }: TextBuilderProps) {
  // At the deepest place only queries without others inside.
  const kinds = TEXT_KINDS.filter(({ id }) => depth < BUILDER_DEPTH || (id !== 'boost' && id !== 'boolean'))
  return (
    <div className={styles.node} role="group" aria-label={`Query, level ${depth}`}>
      <div className={styles.head}>
        <Picker
          label="Kind of query"
          value={query.kind}
          options={kinds.map(({ id, label }) => ({ id, label }))}
          onChange={(kind) => onChange(toKind(query, kind, columns))}
        />
        {'terms' in query && (
          <TextField
            label="Words"
            className={styles.words}
            placeholder={TEXT_KINDS.find(({ id }) => id === query.kind)?.about}
            value={query.terms}
            onChange={(event) => onChange({ ...query, terms: event.target.value })}
          />
        )}
        {query.kind === 'match' && <MatchOptions query={query} columns={columns} onChange={onChange} />}
        {query.kind === 'phrase' && <PhraseOptions query={query} columns={columns} onChange={onChange} />}
        {onRemove !== undefined && (
          <IconButton label="Take this query away" onClick={onRemove}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      {query.kind === 'multi-match' && <MultiMatchColumns query={query} columns={columns} onChange={onChange} />}
      {query.kind === 'boost' && <BoostParts {...{ query, columns, depth, onChange }} />}
      {query.kind === 'boolean' && <BooleanParts {...{ query, columns, depth, onChange }} />}
    </div>
  )
}

interface PartsProps<Kind extends TextKind> extends Omit<TextBuilderProps, 'query' | 'onRemove'> {
  readonly query: TextQuery & { readonly kind: Kind }
}

function BoostParts({ query, columns, depth, onChange }: PartsProps<'boost'>) {
  return (
    <div className={styles.parts}>
      <span className={styles.role}>find</span>
      <TextBuilder
        query={query.positive}
        columns={columns}
        depth={depth + 1}
        onChange={(positive) => onChange({ ...query, positive })}
      />
      <span className={styles.role}>push down</span>
      <TextBuilder
        query={query.negative}
        columns={columns}
        depth={depth + 1}
        onChange={(negative) => onChange({ ...query, negative })}
      />
      <label className={styles.option}>
        Weight of what is pushed down
        <NumberField
          label="Weight of what is pushed down"
          value={query.negativeBoost}
          placeholder="0.5"
          min={0}
          max={1000}
          onChange={(negativeBoost) => onChange({ ...query, negativeBoost })}
        />
      </label>
    </div>
  )
}

const ROLES = [
  { id: 'must', label: 'must' },
  { id: 'should', label: 'should' },
  { id: 'mustNot', label: 'must not' },
] as const

function BooleanParts({ query, columns, depth, onChange }: PartsProps<'boolean'>) {
  return (
    <div className={styles.parts}>
      {ROLES.map(({ id, label }) => {
        const parts = query[id] ?? []
        const change = (next: readonly TextQuery[]): void => onChange({ ...query, [id]: next })
        return (
          <div key={id} className={styles.group} role="group" aria-label={label}>
            <span className={styles.role}>{label}</span>
            {parts.map((part, index) => (
              <TextBuilder
                // oxlint-disable-next-line react/no-array-index-key -- parts have no other identity, and hold no state
                key={index}
                query={part}
                columns={columns}
                depth={depth + 1}
                onChange={(next) => change(parts.with(index, next))}
                onRemove={() => change(parts.toSpliced(index, 1))}
              />
            ))}
            <Button kind="link" onClick={() => change([...parts, EMPTY_TEXT])}>
              <Plus aria-hidden />
              Add to {label}
            </Button>
          </div>
        )
      })}
    </div>
  )
}
