import type { ColumnPlan, DetectedColumn } from '#shared/model/import/tables.ts'
import type { TablePlan } from '../../parsing/index.ts'
import { NullTokens } from '../bytes/null-tokens.ts'
import { createBuilder } from '../columns/create.ts'
import type { ColumnBuilder } from '../columns/column.ts'
import { parseType, type ColumnType } from '../columns/types.ts'
import { datasetName } from '../csv/names.ts'
import { badPlan } from '../errors.ts'

/** A column to write. */
export interface WantedColumn {
  readonly source: string
  /** In the dataset. */
  readonly name: string
  readonly type: ColumnType
  /** Absent where the source's type is kept. */
  readonly builder: ColumnBuilder | undefined
}

/** What a plan wants, in its order. Fails with `invalid-input` on what cannot be written. */
export function wantedColumns(plan: TablePlan, columns: readonly ColumnPlan[]): readonly WantedColumn[] {
  const taken = new Set<string>()
  const wanted = columns
    .filter(({ skip }) => skip !== true)
    .map((column) => {
      const name = targetName(column)
      if (taken.has(name)) throw badPlan(`Two columns are to be named "${name}".`, 'Give one of them another name.')
      taken.add(name)
      const type = parseType(column.type)
      const nulls = new NullTokens(nullTokensOf(plan, column, type))
      const keepsType = type.kind === 'as-is' && isTyped(plan)
      const builder = keepsType ? undefined : createBuilder(column.source, type, nulls, column.dateFormat)
      return { source: column.source, name, type, builder }
    })
  if (wanted.length === 0) throw badPlan('Every column is left out.', 'Keep at least one.')
  return wanted
}

function isTyped({ kind }: TablePlan): boolean {
  return kind === 'parquet' || kind === 'arrow'
}

/** Columns of which every one has a builder; of sources without types of their own. */
export function builtColumns(
  plan: TablePlan,
  columns: readonly ColumnPlan[],
): readonly (WantedColumn & { readonly builder: ColumnBuilder })[] {
  return wantedColumns(plan, columns).flatMap((column) =>
    column.builder === undefined ? [] : [{ ...column, builder: column.builder }],
  )
}

/** In JSON null has a word of its own: a text stays what it is unless the column says otherwise. */
function nullTokensOf(plan: TablePlan, column: ColumnPlan, type: ColumnType): readonly string[] {
  if (column.nullTokens !== undefined) return column.nullTokens
  const isText = type.kind === 'scalar' && (type.type === 'string' || type.type === 'json' || type.type === 'binary')
  return isText && (plan.kind === 'json' || plan.kind === 'jsonl') ? [] : plan.nullTokens
}

export function targetName({ name, source }: ColumnPlan): string {
  if (name === undefined) return datasetName(source)
  if (name === '' || name.includes('.'))
    throw badPlan(`A column cannot be named "${name}".`, 'Names may not be empty or have dots.')
  return name
}

/** Plans of columns as they were detected. */
export function plansOf(columns: readonly DetectedColumn[], nullTokens: readonly string[]): readonly ColumnPlan[] {
  return columns.map(({ source, type, dateFormat, nullTokens: words }) => ({
    source,
    type,
    dateFormat,
    ...(words === undefined ? {} : { nullTokens: [...nullTokens, ...words] }),
  }))
}
