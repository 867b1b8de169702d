import { AppError } from '#shared/errors.ts'
import type { RowTotals } from '#shared/model/compare.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { Manifest } from '../format/types.ts'
import {
  castForDecoding,
  closeMatches,
  quoteIdentifier,
  type HashPlan,
  type Projected,
  type Selection,
} from '../lance/index.ts'
import { whyUnreadable } from '../rows/index.ts'
import { isSameDataset, type Side } from './side.ts'

/** A column both sides have, with values that compare. */
export interface ComparedColumn {
  /** As `to` calls it. */
  readonly name: string
  readonly from: SchemaField
  readonly to: SchemaField
  /** Blobs are compared by their size only. */
  readonly isBlob: boolean
}

export interface ComparedColumns {
  readonly columns: readonly ComparedColumn[]
  readonly notCompared: RowTotals['notCompared']
}

/**
 * The columns to compare: those of the same field, renamed or not, where field ids mean the same; the rest by name. Columns of which
 * there is no counterpart of the same type, or which LanceDB cannot read, are left out with the reason.
 */
export function compareColumns(from: Side, to: Side, isById = isSameDataset(from, to)): ComparedColumns {
  const partners = findPartners(from, to, isById)
  const taken = new Set(partners.values())
  const columns: ComparedColumn[] = []
  const notCompared: { column: string; why: string }[] = []
  for (const field of to.manifest.schema) {
    const former = partners.get(field)
    const why =
      former === undefined
        ? `only in ${nameSide(to, from)}`
        : (whyNot(from.manifest, former) ?? whyNotPair(to.manifest, former, field))
    if (former === undefined || why !== undefined) {
      notCompared.push({ column: field.name, why: why ?? '' })
      continue
    }
    const isBlob = field.kind === 'blob'
    if (isBlob) notCompared.push({ column: field.name, why: 'blobs are compared by their size only' })
    columns.push({ name: field.name, from: former, to: field, isBlob })
  }
  for (const field of from.manifest.schema) {
    if (!taken.has(field)) notCompared.push({ column: field.name, why: `only in ${nameSide(from, to)}` })
  }
  return { columns, notCompared }
}

/** `version 5`, `version 5 of branch x`, and between two datasets their names. */
function nameSide({ dataset, at }: Side, other: Side): string {
  if (dataset.handle !== other.dataset.handle) return dataset.name
  const version = `version ${at.version}`
  return at.branch === other.at.branch ? version : `${version} of ${at.branch ?? 'main'}`
}

function findPartners(from: Side, to: Side, isById: boolean): ReadonlyMap<SchemaField, SchemaField> {
  const partners = new Map<SchemaField, SchemaField>()
  const left = new Set(from.manifest.schema)
  if (isById) {
    const byId = new Map(from.manifest.schema.map((field) => [field.id, field]))
    for (const field of to.manifest.schema) {
      const former = byId.get(field.id)
      if (former === undefined) continue
      partners.set(field, former)
      left.delete(former)
    }
  }
  const byName = new Map([...left].map((field) => [field.name, field]))
  for (const field of to.manifest.schema) {
    const former = partners.has(field) ? undefined : byName.get(field.name)
    if (former !== undefined) partners.set(field, former)
  }
  return partners
}

function whyNot(manifest: Manifest, field: SchemaField): string | undefined {
  const reason = whyUnreadable(manifest, field)
  return reason === undefined ? undefined : `LanceDB cannot read it: ${reason}`
}

function whyNotPair(manifest: Manifest, former: SchemaField, field: SchemaField): string | undefined {
  const reason = whyNot(manifest, field)
  if (reason !== undefined) return reason
  if (valueType(former) === valueType(field)) return undefined
  return `its type differs: ${former.type} against ${field.type}`
}

/** The type of a field's values however they are stored: dictionaries and 64-bit offsets make no difference. */
function valueType(field: SchemaField): string {
  const logical = field.logicalType
    .replace(/^large_(?=list|string|binary)/, '')
    .replace(/^dict:(.+):[a-z0-9]+:\w+$/, '$1')
  const plain = logical.replace(/^large_(?=string|binary)/, '')
  const extension = field.metadata['ARROW:extension:name'] ?? ''
  const isList = /^(list|map|fixed_size_list)/.test(plain)
  const children = field.children.map((child) => `${isList ? '' : child.name}:${valueType(child)}`)
  return `${field.kind === 'blob' ? 'blob' : plain}${extension === '' ? '' : `!${extension}`}(${children.join()})`
}

/** How the compared columns are asked for on one side, under the names of `to`. */
export function projectColumns(columns: readonly ComparedColumn[], side: 'from' | 'to'): readonly Projected[] {
  return columns.map((column) => {
    const field = column[side]
    const sql = castForDecoding(field) ?? (field.name === column.name ? undefined : quoteIdentifier(field.name))
    return sql === undefined ? { name: column.name } : { name: column.name, sql }
  })
}

/** The same, as all of a schema where that is what it is: Lance takes a second over the names of 1,500 columns. */
export function toSelection(schema: readonly SchemaField[], select: readonly Projected[]): Selection {
  const isWhole =
    select.length === schema.length &&
    select.every(({ name, sql }, index) => sql === undefined && name === schema[index]?.name)
  return isWhole ? 'all' : select
}

/** What of a row is key and what is content; without key columns all of it is content. */
export function planHashes(columns: readonly ComparedColumn[], key: readonly string[]): HashPlan {
  return {
    columns: columns.length,
    key: columns.flatMap(({ name }, number) => (key.includes(name) ? [number] : [])),
    blobs: columns.flatMap(({ isBlob }, number) => (isBlob ? [number] : [])),
  }
}

/** Refuses a key that is not there, or not comparable, on both sides. */
export function checkKey({ columns, notCompared }: ComparedColumns, key: readonly string[]): void {
  for (const name of key) {
    const column = columns.find((candidate) => candidate.name === name)
    if (column !== undefined && !column.isBlob) continue
    const why = notCompared.find((candidate) => candidate.column === name)?.why
    if (why === undefined) throw unknownKey(columns, name)
    throw new AppError({
      code: 'invalid-input',
      message: `The column "${name}" cannot be a key here: ${why}.`,
      hint: 'Choose columns that both sides have with the same type.',
      detail: { column: name },
    })
  }
}

function unknownKey(columns: readonly ComparedColumn[], name: string): AppError {
  const similar = closeMatches(
    name,
    columns.map((column) => column.name),
  )
  return new AppError({
    code: 'unknown-column',
    message: `There is no column "${name}" on both sides.`,
    hint:
      similar.length === 0
        ? 'Choose columns that both sides have.'
        : `Did you mean ${similar.map((match) => `"${match}"`).join(' or ')}?`,
    detail: { column: name },
  })
}
