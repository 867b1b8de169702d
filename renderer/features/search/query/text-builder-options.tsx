import type { TextQuery } from '#shared/model/search.ts'
import { NumberField } from './number-field.tsx'
import { Picker } from './picker.tsx'
import styles from './text-builder.module.css'

type Of<Kind extends TextQuery['kind']> = TextQuery & { readonly kind: Kind }

interface OptionsProps<Kind extends TextQuery['kind']> {
  readonly query: Of<Kind>
  readonly columns: readonly string[]
  readonly onChange: (query: Of<Kind>) => void
}

function ColumnChoice({
  column,
  columns,
  onChange,
}: {
  readonly column: string | undefined
  readonly columns: readonly string[]
  readonly onChange: (column: string | undefined) => void
}) {
  return (
    <Picker
      label="Column"
      value={column ?? ''}
      options={[{ id: '', label: 'indexed columns' }, ...columns.map((name) => ({ id: name, label: name }))]}
      onChange={(name) => onChange(name === '' ? undefined : name)}
    />
  )
}

const FUZZINESS = [
  { id: '', label: 'exact words' },
  { id: 'auto', label: 'fuzzy by length' },
  { id: '1', label: '1 edit' },
  { id: '2', label: '2 edits' },
]

function toFuzziness(text: string): 1 | 2 | 'auto' | undefined {
  if (text === 'auto') return 'auto'
  if (text === '1') return 1
  return text === '2' ? 2 : undefined
}

const OPERATORS = [
  { id: 'or', label: 'any word' },
  { id: 'and', label: 'all words' },
]

const toOperator = (text: string): 'and' | 'or' => (text === 'and' ? 'and' : 'or')

export function MatchOptions({ query, columns, onChange }: OptionsProps<'match'>) {
  const isFuzzy = query.fuzziness !== undefined && query.fuzziness !== 0
  return (
    <>
      <ColumnChoice column={query.column} columns={columns} onChange={(column) => onChange({ ...query, column })} />
      <Picker
        label="Any or all words"
        value={query.operator ?? 'or'}
        options={OPERATORS}
        onChange={(text) => onChange({ ...query, operator: toOperator(text) })}
      />
      <Picker
        label="Fuzziness"
        value={isFuzzy ? String(query.fuzziness) : ''}
        options={FUZZINESS}
        onChange={(text) => {
          const { fuzziness: _old, prefixLength, ...rest } = query
          const fuzziness = toFuzziness(text)
          onChange(fuzziness === undefined ? rest : { ...rest, prefixLength, fuzziness })
        }}
      />
      {isFuzzy && (
        <label className={styles.option}>
          same start
          <NumberField
            label="Leading characters that must match"
            value={query.prefixLength}
            placeholder="0"
            min={0}
            max={100}
            isWhole
            onChange={(prefixLength) => onChange({ ...query, prefixLength })}
          />
        </label>
      )}
      <label className={styles.option}>
        boost
        <NumberField
          label="Boost"
          value={query.boost}
          placeholder="1"
          min={0}
          max={1000}
          onChange={(boost) => onChange({ ...query, boost })}
        />
      </label>
    </>
  )
}

export function PhraseOptions({ query, columns, onChange }: OptionsProps<'phrase'>) {
  return (
    <>
      <ColumnChoice column={query.column} columns={columns} onChange={(column) => onChange({ ...query, column })} />
      <label className={styles.option}>
        slop
        <NumberField
          label="Words that may stand in between"
          value={query.slop}
          placeholder="0"
          min={0}
          max={1000}
          isWhole
          onChange={(slop) => onChange({ ...query, slop })}
        />
      </label>
    </>
  )
}

/** Which columns are searched, and how much each counts. */
export function MultiMatchColumns({ query, columns, onChange }: OptionsProps<'multi-match'>) {
  const toggle = (column: string): void => {
    const rest = query.columns.filter((one) => one.column !== column)
    onChange({ ...query, columns: rest.length < query.columns.length ? rest : [...query.columns, { column }] })
  }
  return (
    <div className={styles.columns}>
      <Picker
        label="Any or all words"
        value={query.operator ?? 'or'}
        options={OPERATORS}
        onChange={(text) => onChange({ ...query, operator: toOperator(text) })}
      />
      {columns.slice(0, 64).map((name) => {
        const chosen = query.columns.find(({ column }) => column === name)
        return (
          <span key={name} className={styles.option}>
            <label className={styles.option}>
              <input type="checkbox" checked={chosen !== undefined} onChange={() => toggle(name)} />
              {name}
            </label>
            {chosen !== undefined && (
              <NumberField
                label={`Boost of ${name}`}
                value={chosen.boost}
                placeholder="boost 1"
                min={0}
                max={1000}
                onChange={(boost) =>
                  onChange({
                    ...query,
                    columns: query.columns.map((one) =>
                      one.column === name ? { column: name, ...(boost === undefined ? {} : { boost }) } : one,
                    ),
                  })
                }
              />
            )}
          </span>
        )
      })}
    </div>
  )
}
