import type { Input, Output } from '#shared/contract/index.ts'
import { formatCount } from '#shared/model/format.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { columnOrigins, vectorPart } from '../embedders/index.ts'
import type { Manifest } from '../format/types.ts'
import { nativeWriterFor, quoteIdentifier, renameColumns } from '../lance/index.ts'
import { noteWrite } from '../ledger/index.ts'
import { openView, requireReadable, type View } from '../rows/index.ts'
import { checkNewName, readRecord } from './columns.ts'
import { refuse } from './problems.ts'

const COUNT_TIMEOUT_MS = 120_000

/**
 * Renames both columns in one commit; indices belong to columns by id and stay with theirs. `unknown-column`,
 * `invalid-vector`, `in-use` for a shadow that is not filled, `already-exists`, `invalid-name`, `read-only`.
 */
export async function swapColumns(
  context: EngineContext,
  { dataset: handle, column, shadow, keepAs }: Input<'embed.swap'>,
  signal: AbortSignal,
): Promise<Output<'embed.swap'>> {
  const dataset = context.datasets.get(handle)
  const writer = nativeWriterFor(context.paths.dataDir)
  const note = { operation: 'embed.swap', title: `Put ${shadow} in the place of ${column}` }
  return noteWrite(context, dataset, note, () =>
    writer.inTurn(dataset, signal, async () => {
      const view = await openView(context, { dataset: handle })
      const { manifest, at } = view
      const old = requireVectors(manifest, column)
      const fresh = requireVectors(manifest, shadow)
      if (column === shadow) {
        throw refuse('invalid-input', `"${column}" cannot take its own place.`, 'Choose the shadow column.')
      }
      checkNewName(manifest, keepAs)
      checkSources(manifest, column, shadow)
      await checkFilled(view, old, fresh)
      await checkWritable(dataset, undefined, commitFolders(undefined))
      signal.throwIfAborted()
      const versionAfter = await renameColumns(writer, dataset, [
        { from: column, to: keepAs },
        { from: shadow, to: column },
      ])
      return { versionBefore: at.version, versionAfter, kept: keepAs, notes: notesOf(manifest, old, fresh, keepAs) }
    }),
  )
}

/** The field of a column of vectors. `unknown-column`, `invalid-vector`. */
export function requireVectors(manifest: Manifest, name: string): SchemaField {
  const field = requireReadable(manifest, name)
  if (vectorPart(field) !== undefined) return field
  throw refuse('invalid-vector', `"${name}" holds ${field.type}, not vectors.`, 'Choose a vector column.', {
    column: name,
  })
}

/** A column of other texts would answer other questions. */
function checkSources(manifest: Manifest, column: string, shadow: string): void {
  const origins = columnOrigins(manifest, [])
  const [before, after] = [column, shadow].map(
    (name) => origins.find((origin) => origin.column === name)?.recorded?.sourceColumn,
  )
  if (before === undefined || after === undefined || before === after) return
  throw refuse(
    'invalid-input',
    `"${column}" was made of "${before}", and "${shadow}" of "${after}".`,
    'Fill a shadow column from the same text column.',
    { column, shadow },
  )
}

async function checkFilled({ table, manifest }: View, old: SchemaField, fresh: SchemaField): Promise<void> {
  if (readRecord(manifest)?.target === fresh.name) {
    throw refuse(
      'in-use',
      `"${fresh.name}" is not filled: its embedding runs, or was stopped before it was done.`,
      'Go on with the embedding, or discard the column.',
      { column: fresh.name },
    )
  }
  const [before, after] = [quoteIdentifier(old.name), quoteIdentifier(fresh.name)]
  const source = columnOrigins(manifest, []).find(({ column }) => column === fresh.name)?.recorded?.sourceColumn
  const isThere = source !== undefined && manifest.schema.some(({ name }) => name === source)
  const hasText = isThere ? ` and ${quoteIdentifier(source)} is not null and ${quoteIdentifier(source)} <> ''` : ''
  const missing = await table.countRows(`${before} is not null and ${after} is null${hasText}`, COUNT_TIMEOUT_MS)
  if (missing === 0) return
  throw refuse(
    'in-use',
    `${formatCount(missing)} rows have a vector in "${old.name}" and none in "${fresh.name}": searches would lose them.`,
    'Embed the column once more: it fills the rows that have none.',
    { rows: missing },
  )
}

function notesOf(manifest: Manifest, old: SchemaField, fresh: SchemaField, keepAs: string): readonly string[] {
  const indicesOf = (field: SchemaField): readonly string[] => [
    ...new Set(manifest.indices.filter(({ fields }) => fields.includes(field.id)).map(({ name }) => name)),
  ]
  const [went, came] = [indicesOf(old), indicesOf(fresh)]
  const notes: string[] = []
  if (went.length > 0) notes.push(`The index ${went.join(', ')} went along with the old vectors to "${keepAs}".`)
  if (went.length > 0 && came.length === 0) {
    notes.push(`"${old.name}" has no index now: searches read every vector until one is built.`)
  }
  if (manifest.schemaMetadata['embedding_functions']?.includes(`"${old.name}"`) === true) {
    notes.push(
      `LanceDB's own record in the schema still names the old embedding function for "${old.name}"; code that relies on it must be told the new one.`,
    )
  }
  return notes
}
