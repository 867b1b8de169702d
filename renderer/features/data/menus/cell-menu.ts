import type { CopyFormat } from '../copy/write.ts'
import type { ExactValue } from '#shared/model/arrow/index.ts'
import { formatCount } from '#shared/model/format.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import type { CompareOperator, ColumnRef, Condition } from '../sql/condition.ts'
import { conditionsOf, conditionSql } from '../sql/condition.ts'
import { canBeFiltered } from '../sql/identifier.ts'
import { filterText } from '../sql/value-text.ts'

/** What the menu of a cell may do. */
export interface CellMenuActions {
  addFilter(sql: string): void
  copy(format: CopyFormat): void
  copyRows(): void
  copyColumn(): void
  copyVector(format: 'json' | 'numpy'): void
  inspect(): void
  /** Shows who changed this cell, and when. */
  showHistory(): void
  /** Searches for rows near this one; absent where no column holds vectors. */
  findSimilar?(): void
  /** Shows the tokens indices make of the cell; absent where it is no text. */
  showTokens?(): void
  readonly deletion?: DeletionLines
}

/** Deleting rows; each way asks first. */
export interface DeletionLines {
  /** Rows the selection is in. */
  readonly rows: number
  /** Rows that match the filter; undefined without one. */
  readonly matching: number | undefined
  /** Why not here, in a few words. */
  readonly refusal: string | undefined
  deleteSelected(): void
  deleteMatching(): void
}

/** Longest value written out in a menu line. */
const SHOWN_LENGTH = 28

/** Lines for a cell. `value` is undefined while the cell is not there; filters then cannot be made of it. */
export function cellMenu(
  column: ColumnRef,
  value: ExactValue | undefined,
  cellCount: number,
  actions: CellMenuActions,
): readonly MenuItem[] {
  return [
    { id: 'inspect', label: 'Open in inspector', shortcut: 'Enter', run: actions.inspect },
    { id: 'history', label: 'Who changed this cell?', run: actions.showHistory },
    ...similarLines(actions),
    ...tokenLines(actions),
    { kind: 'separator', id: 'before-filter' },
    ...filterLines(column, value, actions),
    { kind: 'separator', id: 'before-copy' },
    {
      id: 'copy',
      label: cellCount === 1 ? 'Copy cell' : `Copy ${formatCount(cellCount)} cells`,
      note: 'TSV',
      shortcut: 'Mod+C',
      run: () => actions.copy('tsv'),
    },
    { id: 'copy-csv', label: 'Copy as CSV', run: () => actions.copy('csv') },
    { id: 'copy-json', label: 'Copy as JSON', run: () => actions.copy('json') },
    ...vectorLines(value, actions),
    { id: 'copy-rows', label: 'Copy whole rows', note: 'with header', run: actions.copyRows },
    { id: 'copy-column', label: 'Copy column', note: column.field.name, run: actions.copyColumn },
    ...(actions.deletion === undefined ? [] : deletionLines(actions.deletion)),
  ]
}

function deletionLines(deletion: DeletionLines): readonly MenuItem[] {
  const { rows, matching, refusal } = deletion
  const common = { danger: true, ...(refusal === undefined ? {} : { disabled: true, note: refusal }) }
  return [
    { kind: 'separator', id: 'before-delete' },
    {
      id: 'delete',
      label: rows === 1 ? 'Delete row…' : `Delete ${formatCount(rows)} rows…`,
      ...common,
      run: () => deletion.deleteSelected(),
    },
    ...(matching === undefined
      ? []
      : [
          {
            id: 'delete-matching',
            label: `Delete all ${formatCount(matching)} that match…`,
            ...common,
            run: () => deletion.deleteMatching(),
          },
        ]),
  ]
}

function similarLines({ findSimilar }: CellMenuActions): readonly MenuItem[] {
  return findSimilar === undefined ? [] : [{ id: 'similar', label: 'Find similar rows', run: () => findSimilar() }]
}

function tokenLines({ showTokens }: CellMenuActions): readonly MenuItem[] {
  return showTokens === undefined ? [] : [{ id: 'tokens', label: 'Show tokens…', run: () => showTokens() }]
}

function vectorLines(value: ExactValue | undefined, actions: CellMenuActions): readonly MenuItem[] {
  if (value?.kind !== 'vector') return []
  return [
    { id: 'copy-vector', label: 'Copy vector as JSON', run: () => actions.copyVector('json') },
    { id: 'copy-numpy', label: 'Copy vector as NumPy', run: () => actions.copyVector('numpy') },
  ]
}

function filterLines(column: ColumnRef, value: ExactValue | undefined, actions: CellMenuActions): readonly MenuItem[] {
  if (!canBeFiltered(column.path) || value === undefined) {
    return [
      {
        id: 'no-filter',
        label: value === undefined ? 'Loading…' : 'This column cannot be filtered',
        disabled: true,
        run: () => undefined,
      },
    ]
  }
  const kinds = conditionsOf(column.field)
  const line = (id: string, label: string, condition: Condition): readonly MenuItem[] => {
    const result = conditionSql(column, condition)
    return result.ok ? [{ id, label, run: () => actions.addFilter(result.sql) }] : []
  }
  const isNull = line('is-null', 'Only rows where it is null', { kind: 'is-null' })
  const notNull = line('not-null', 'Only rows where it is not null', { kind: 'not-null' })
  if (value.kind === 'null') return [...isNull, ...notNull]
  const text = filterText(value)
  if (text === null || !kinds.includes('compare')) return [...isNull, ...notNull]
  const compare = (id: string, label: string, operator: CompareOperator): readonly MenuItem[] =>
    line(id, `${label} ${shown(text)}`, { kind: 'compare', operator, text })
  const isOrdered = kinds.includes('between') && !(value.kind === 'float' && Number.isNaN(value.value))
  return [
    ...compare('equals', 'Filter to', '='),
    ...compare('not-equals', 'Exclude', '!='),
    ...(isOrdered ? [...compare('greater', 'Greater than', '>'), ...compare('less', 'Less than', '<')] : []),
    ...isNull,
    ...notNull,
  ]
}

function shown(text: string): string {
  if (text === '') return 'empty text'
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > SHOWN_LENGTH ? `“${line.slice(0, SHOWN_LENGTH)}…”` : `“${line}”`
}
