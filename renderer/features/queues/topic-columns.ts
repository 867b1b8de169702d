import type { QueueTopic } from '#shared/model/queue.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** Buckets and columns named before the rest is counted. */
const NAMED = 3

type Columns = readonly SchemaField[]

/** A column of a topic, with the types it has in its buckets. */
export interface TopicColumn {
  readonly field: SchemaField
  /** More than one where buckets differ. */
  readonly types: readonly string[]
}

/** Every column that any bucket has: those of most buckets first, in their order. */
export function columnsOf({ schemas, buckets }: Pick<QueueTopic, 'schemas' | 'buckets'>): readonly TopicColumn[] {
  const usual = usualIndex(buckets)
  const first = schemas[usual] ?? []
  const columns = new Map<string, { field: SchemaField; types: string[] }>()
  for (const schema of [first, ...schemas.filter((_, at) => at !== usual)]) {
    for (const field of schema) {
      const known = columns.get(field.name)
      if (known === undefined) columns.set(field.name, { field, types: [field.type] })
      else if (!known.types.includes(field.type)) known.types.push(field.type)
    }
  }
  return [...columns.values()]
}

/** What is different in buckets whose columns are not those of most, a sentence for each kind of them. Their order does not count. */
export function differencesOf({ schemas, buckets }: Pick<QueueTopic, 'schemas' | 'buckets'>): readonly string[] {
  const usual = usualIndex(buckets)
  const base = schemas[usual]
  if (base === undefined) return []
  return schemas.flatMap((schema, at) => {
    if (at === usual) return []
    const names = buckets.filter((bucket) => bucket.schema === at).map(({ name }) => name)
    const parts = differences(base, schema)
    return parts.length === 0 ? [] : [`${listed(names)}: ${parts.join('; ')}.`]
  })
}

function differences(base: Columns, other: Columns): readonly string[] {
  const quoted = (name: string): string => `“${name}”`
  const missing = base.filter(({ name }) => !other.some((field) => field.name === name))
  const besides = other.filter(({ name }) => !base.some((field) => field.name === name))
  const changed = other.flatMap((field) => {
    const before = base.find(({ name }) => name === field.name)
    return before === undefined || before.type === field.type
      ? []
      : [`${quoted(field.name)} is ${field.type}, not ${before.type}`]
  })
  return [
    ...(missing.length === 0 ? [] : [`no ${listed(missing.map(({ name }) => quoted(name)))}`]),
    ...(besides.length === 0 ? [] : [`${listed(besides.map(({ name }) => quoted(name)))} besides`]),
    ...(changed.length === 0 ? [] : [listed(changed)]),
  ]
}

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${rest} more` : names.join(', ')
}

/** Index of the columns most buckets have; the first of equals. */
function usualIndex(buckets: QueueTopic['buckets']): number {
  const counts = new Map<number, number>()
  for (const { schema } of buckets) if (schema !== null) counts.set(schema, (counts.get(schema) ?? 0) + 1)
  const [usual] = [...counts].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
  return usual?.[0] ?? 0
}
