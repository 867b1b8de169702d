import type { ColumnEmbedder, EmbedderInfo } from '#shared/model/embedder.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'

type Recorded = NonNullable<ColumnEmbedder['recorded']>

/** Key in the metadata of a vector column; its value is JSON: `{"provider", "model", "sourceColumn"?}`. */
export const ORIGIN_KEY = 'tiltyard:embedder'
/** Key in the metadata of the schema where LanceDB's own packages keep what fills a column. */
const LANCEDB_KEY = 'embedding_functions'

/** What is recorded about every vector column, and who here made it. */
export function columnOrigins(manifest: Manifest, embedders: readonly EmbedderInfo[]): readonly ColumnEmbedder[] {
  const lancedb = readLanceDb(manifest.schemaMetadata[LANCEDB_KEY])
  return manifest.schema.flatMap((field): ColumnEmbedder[] => {
    const vector = vectorPart(field)
    if (vector === undefined) return []
    const recorded = readOwn(field.metadata[ORIGIN_KEY]) ?? lancedb.get(field.name)
    const embedder = recorded === undefined ? undefined : findFitting(embedders, recorded)
    return [
      {
        column: field.name,
        dimension: vector.dimension ?? null,
        ...(recorded === undefined ? {} : { recorded }),
        ...(embedder === undefined ? {} : { embedder: embedder.id }),
      },
    ]
  })
}

/** The field that holds the numbers: itself, or the item of a list of vectors; undefined for other columns. */
export function vectorPart(field: SchemaField): SchemaField | undefined {
  if (field.kind === 'vector') return field
  const inner = field.children[0]
  return field.kind === 'list' && inner?.kind === 'vector' ? inner : undefined
}

/** The metadata entry that records an embedder. */
export function toOrigin({ provider, model }: EmbedderInfo, sourceColumn: string | undefined): string {
  return JSON.stringify({ provider, model, ...(sourceColumn === undefined ? {} : { sourceColumn }) })
}

/** One of the same provider first; a model of the same name on a server of unknown make will do. */
function findFitting(embedders: readonly EmbedderInfo[], { provider, model }: Recorded): EmbedderInfo | undefined {
  const alike = embedders.filter((one) => plainModel(one.model) === plainModel(model))
  const loose = alike.filter((one) => [one.provider, provider].includes('openai-compatible'))
  return alike.find((one) => one.provider === provider) ?? loose[0]
}

/** Ollama's `name` and `name:latest` are the same model. */
function plainModel(model: string): string {
  return model.replace(/:latest$/, '')
}

function readOwn(value: string | undefined): Recorded | undefined {
  const record = parseObject(value)
  const [provider, model, sourceColumn] = [record['provider'], record['model'], record['sourceColumn']]
  if (typeof provider !== 'string' || typeof model !== 'string') return undefined
  return { provider, model, ...(typeof sourceColumn === 'string' ? { sourceColumn } : {}), by: 'tiltyard' }
}

/** Entries of both packages: Node writes `sourceColumn`, Python `source_column`. Damaged ones are left out. */
function readLanceDb(value: string | undefined): ReadonlyMap<string, Recorded> {
  const entries = parse(value)
  if (!Array.isArray(entries)) return new Map()
  return new Map(
    entries.flatMap((entry: unknown): [string, Recorded][] => {
      const record = asObject(entry)
      const { name } = record
      const column = record['vectorColumn'] ?? record['vector_column']
      const source = record['sourceColumn'] ?? record['source_column']
      if (typeof name !== 'string' || typeof column !== 'string') return []
      const { model, name: modelName } = asObject(record['model'])
      // Some functions call it `model`, others `name`; some have none beside their own.
      const stated = [model, modelName].find((one) => typeof one === 'string')
      const from = typeof source === 'string' ? { sourceColumn: source } : {}
      return [[column, { provider: name, model: stated ?? name, ...from, by: 'lancedb' }]]
    }),
  )
}

function parseObject(value: string | undefined): Readonly<Record<string, unknown>> {
  return asObject(parse(value))
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Readonly<Record<string, unknown>>) : {}
}

function parse(value: string | undefined): unknown {
  try {
    return value === undefined ? undefined : JSON.parse(value)
  } catch {
    return undefined
  }
}
