import type { SchemaField } from '#shared/model/schema.ts'

/** Columns of an example; more where no record may be without them. */
const SHOWN = 4
/** Numbers of a vector that are still written out. */
const VECTOR_MAX = 4

/** A record as JSON that fits the columns: the first few of them, and all that may not be null. */
export function exampleRecord(schema: readonly SchemaField[]): string {
  const needed = schema.filter(({ nullable }) => !nullable)
  const others = schema.filter((field) => field.nullable && exampleOf(field) !== undefined)
  const shown = new Set([...needed, ...others.slice(0, Math.max(0, SHOWN - needed.length))])
  const parts = schema
    .filter((field) => shown.has(field))
    .map((field) => `${JSON.stringify(field.name)}: ${exampleOf(field) ?? 'null'}`)
  return `{${parts.join(', ')}}`
}

/** A value as JSON; undefined where JSON has nothing for the type, or it would be long. */
function exampleOf(field: SchemaField): string | undefined {
  const { kind, logicalType, children } = field
  switch (kind) {
    case 'boolean':
      return 'true'
    case 'integer':
      return /^u?int(8|16|32|64)$/.test(logicalType) ? '1' : undefined
    case 'float':
      return /^(halffloat|float|double)$/.test(logicalType) ? '0.5' : undefined
    case 'string':
      return '"text"'
    case 'binary':
      return /^(large_)?binary$/.test(logicalType) ? '"AAEC"' : undefined
    case 'json':
      return '{"key": "value"}'
    case 'date':
      return logicalType.startsWith('date32') ? '"2026-11-27"' : undefined
    case 'timestamp':
      return /^timestamp:(s|ms|us|ns):-?$/.test(logicalType) ? '"2026-11-27T12:00:00"' : '"2026-11-27T12:00:00Z"'
    case 'vector':
      return exampleVector(field)
    case 'list': {
      const item = children[0] === undefined ? undefined : exampleOf(children[0])
      return item === undefined || !/^list(\.struct)?$/.test(logicalType) ? undefined : `[${item}]`
    }
    case 'struct':
      return exampleRecord(children)
    default:
      return undefined
  }
}

function exampleVector({ logicalType, dimension = 0, nullable }: SchemaField): string | undefined {
  if (!/:(halffloat|float|double):/.test(logicalType) || (nullable && dimension > VECTOR_MAX)) return undefined
  return `[${Array.from({ length: dimension }, () => '0.5').join(', ')}]`
}
