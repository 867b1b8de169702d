import { AppError } from '#shared/errors.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext, OpenDataset, ResolvedRef } from '../context.ts'
import type { Manifest } from '../format/types.ts'
import { checkReadable, whyUnreadable } from './unreadable.ts'
import {
  castForDecoding,
  closeMatches,
  nativeTablesFor,
  type NativeTable,
  type Projected,
  type Selection,
} from '../lance/index.ts'

/** A state of a dataset opened for reading rows. */
export interface View {
  readonly dataset: OpenDataset
  readonly at: ResolvedRef
  readonly manifest: Manifest
  readonly table: NativeTable
  /** Names this state in caches; datasets that replaced each other at one location differ. */
  readonly key: string
}

/** Longest wait for a page or a cell. */
export const READ_TIMEOUT_MS = 30_000

/** Longest wait for a count: it may have to read every row. */
export const COUNT_TIMEOUT_MS = 120_000

/** How long a view of a numbered version is used again without looking whether the version is still there. */
const REUSE_MS = 1000

interface Recent {
  readonly view: Promise<View>
  readonly until: number
}

const recentViews = new WeakMap<OpenDataset, Map<string, Recent>>()

/**
 * Resolves the ref and opens its state in the native module. Scrolling asks for the same numbered version many times a
 * second, and resolving lists a folder that may hold ten thousand manifests, so such views are used again for a moment.
 */
export async function openView(
  context: EngineContext,
  input: { readonly dataset: string; readonly ref?: Ref | undefined },
): Promise<View> {
  const dataset = context.datasets.get(input.dataset)
  const { ref } = input
  if (ref === undefined || !('version' in ref) || ref.version === undefined) return openNow(context, dataset, ref)
  const recent = recentViews.get(dataset) ?? new Map<string, Recent>()
  recentViews.set(dataset, recent)
  const key = formatRef(ref)
  const now = performance.now()
  const known = recent.get(key)
  if (known !== undefined && known.until > now) return known.view
  for (const [old, entry] of recent) if (entry.until <= now) recent.delete(old)
  const view = openNow(context, dataset, ref)
  recent.set(key, { view, until: now + REUSE_MS })
  view.catch(() => recent.delete(key))
  return view
}

async function openNow(context: EngineContext, dataset: OpenDataset, ref: Ref | undefined): Promise<View> {
  const at = await dataset.resolve(ref)
  const manifest = await dataset.manifest(at)
  checkReadable(manifest)
  const { handle, location } = dataset
  const stamp = `${manifest.timestamp} ${manifest.transactionFile}`
  const table = await nativeTablesFor(context.paths.dataDir).open({
    handle,
    location,
    ...at,
    stamp,
    onlyManifest: await dataset.shadowedManifest(at),
  })
  return { dataset, at, manifest, table, key: JSON.stringify([handle, location, at.branch ?? null, at.version, stamp]) }
}

/** The field of a top-level column; `unknown-column` with names like it otherwise. */
export function requireColumn(manifest: Manifest, name: string): SchemaField {
  const field = fieldsByName(manifest).get(name)
  if (field !== undefined) return field
  const similar = closeMatches(
    name,
    manifest.schema.map((candidate) => candidate.name),
  )
  throw new AppError({
    code: 'unknown-column',
    message: `There is no column "${name}" in this version.`,
    hint:
      similar.length > 0 ? `Did you mean ${similar.map((match) => `"${match}"`).join(' or ')}?` : 'Reload the schema.',
    detail: { column: name },
  })
}

const fieldMaps = new WeakMap<Manifest, ReadonlyMap<string, SchemaField>>()

function fieldsByName(manifest: Manifest): ReadonlyMap<string, SchemaField> {
  const known = fieldMaps.get(manifest)
  if (known !== undefined) return known
  const fields = new Map(manifest.schema.map((field) => [field.name, field]))
  fieldMaps.set(manifest, fields)
  return fields
}

/**
 * Fields to read: those named, in that order, each once; all top-level ones when none are named. Columns LanceDB cannot
 * read are left out of "all" and refused by name, so that one never takes the others down.
 */
export function selectFields(manifest: Manifest, names: readonly string[] | undefined): readonly SchemaField[] {
  if (names === undefined) return manifest.schema.filter((field) => whyUnreadable(manifest, field) === undefined)
  return [...new Set(names)].map((name) => requireReadable(manifest, name))
}

/** As {@link requireColumn}, and refuses columns LanceDB cannot read. */
export function requireReadable(manifest: Manifest, name: string): SchemaField {
  const field = requireColumn(manifest, name)
  const reason = whyUnreadable(manifest, field)
  if (reason === undefined) return field
  throw new AppError({
    code: 'unsupported-format',
    message: `LanceDB cannot read the column "${name}": ${reason}.`,
    hint: 'Hide this column; the others can be read.',
    detail: { column: name },
  })
}

/** How a field is asked for so that its bytes can be decoded everywhere. */
export function toProjected(field: SchemaField): Projected {
  const sql = castForDecoding(field)
  return sql === undefined ? { name: field.name } : { name: field.name, sql }
}

/** How fields are asked for: by name, or as all of the schema where that is what they are. */
export function toSelection(manifest: Manifest, fields: readonly SchemaField[]): Selection {
  const select = fields.map(toProjected)
  const isWhole =
    fields.length > 0 &&
    fields.length === manifest.schema.length &&
    manifest.schema.every((field, index) => field === fields[index])
  return isWhole && select.every((column) => column.sql === undefined) ? 'all' : select
}
