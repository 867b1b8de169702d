import { Type, type DataType, type Table } from '@uwdata/flechette'
import { formatCount } from '#shared/model/format.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { DetectedColumn, ImportType } from '#shared/model/import/tables.ts'
import { MAX_DIMENSION } from '../columns/types.ts'
import { datasetName } from '../csv/names.ts'
import { arrowTypeName } from './names.ts'
import { textOf } from './text.ts'

/** Columns of a typed source, which keep their types; lists of floats that all have one length are taken for vectors. */
export function describeColumns(sample: Table, rows = Infinity): readonly DetectedColumn[] {
  return sample.schema.fields.map(({ name, type }, index) => {
    const batch = sample.children[index]?.data[0]
    const values =
      batch === undefined ? [] : Array.from({ length: Math.min(rows, batch.length) }, (_, row) => batch.at(row))
    const sourceType = arrowTypeName(type)
    const dimension = dimensionOf(type, values)
    const examples = values.flatMap((value) => textOf(value, type)?.slice(0, 200) ?? [])
    const nulls = values.filter((value) => value === null).length
    const evidence =
      dimension === undefined
        ? `the file says ${sourceType}`
        : `the file says ${sourceType}, and ${formatCount(values.length - nulls)} of ${formatCount(values.length)} values have ${formatCount(dimension)} items`
    return {
      source: name,
      type: dimension === undefined ? 'as-is' : (`vector[${dimension}]` satisfies ImportType),
      sourceType,
      evidence,
      nulls,
      examples: [...new Set(examples)].slice(0, 5),
      problems: problemsOf(name, type),
    }
  })
}

function problemsOf(name: string, type: DataType): readonly ImportProblem[] {
  const problems: ImportProblem[] = []
  const renamed = datasetName(name)
  if (renamed !== name)
    problems.push({ severity: 'note', message: `A name may not have dots: it becomes "${renamed}".` })
  if (type.typeId === Type.Dictionary)
    problems.push({ severity: 'note', message: 'Its dictionary is written as plain values.' })
  if (type.typeId === Type.Union || type.typeId === Type.RunEndEncoded) {
    problems.push({
      severity: 'error',
      message: `Lance does not keep ${arrowTypeName(type)} columns.`,
      hint: 'Leave it out.',
    })
  }
  return problems
}

function dimensionOf(type: DataType, values: readonly unknown[]): number | undefined {
  if (type.typeId !== Type.List && type.typeId !== Type.LargeList) return undefined
  const item = (type as unknown as { readonly children: readonly { readonly type: DataType }[] }).children[0]
  if (item?.type.typeId !== Type.Float) return undefined
  const lengths = new Set(values.flatMap((value) => (value === null ? [] : [(value as ArrayLike<number>).length])))
  const [length] = lengths
  return lengths.size === 1 && length !== undefined && length > 1 && length <= MAX_DIMENSION ? length : undefined
}
