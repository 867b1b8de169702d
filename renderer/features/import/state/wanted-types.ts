import type { ColumnMatch } from '#shared/model/import/preview.ts'
import type { DetectedColumn, ImportType } from '#shared/model/import/tables.ts'
import type { Draft } from './draft.ts'

/** By name of a column of the rows: the type the dataset has for it. */
export type WantedTypes = ReadonlyMap<string, ImportType>

/** Types text is read as because the dataset has them, as the engine does by itself while no column is planned. */
export function wantedTypes({ target }: Pick<Draft, 'target'>, matches: readonly ColumnMatch[] = []): WantedTypes {
  const wanted = new Map<string, ImportType>()
  if (target.kind !== 'existing' || target.mode === 'overwrite') return wanted
  for (const match of matches) {
    if (match.target === null || match.targetType === null) continue
    const source = Object.hasOwn(target.mapping, match.target) ? target.mapping[match.target] : match.target
    const type = readableType(match.targetType)
    if (source !== null && source !== undefined && type !== undefined) wanted.set(source, type)
  }
  return wanted
}

/** The type a column is read as unless somebody says otherwise. Vectors of another length stay what they are: a conflict. */
export function typeToRead({ type }: Pick<DetectedColumn, 'type'>, name: string, wanted: WantedTypes): ImportType {
  const own = wanted.get(name)
  if (own === undefined || type === 'as-is') return type
  return own.startsWith('vector[') && type.startsWith('vector[') ? type : own
}

function readableType(type: string): ImportType | undefined {
  // Matched by the expression: types that are written alike here and in plans.
  if (/^(bool|int32|int64|float32|float64|string|json|vector\[\d+\])$/.test(type)) return type as ImportType
  if (type === 'large_string' || type.startsWith('dictionary<')) return 'string'
  if (type.startsWith('date32')) return 'date'
  return type.startsWith('timestamp') ? 'timestamp' : undefined
}
