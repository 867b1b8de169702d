import type { ConfigChange, Operation } from '../format/operation.ts'
import type { Transaction } from '../format/transaction.ts'
import { schemaSentence } from './schema-sentence.ts'
import type { SchemaChange } from '#shared/model/schema-change.ts'
import { count, nameList } from './words.ts'

/** What is known around a commit when its sentence is made. */
export interface SentenceContext {
  /** Live rows gained against the version just before; null when that one is gone. */
  readonly rowsDelta: number | null
  /** Changes of the schema; null when the version just before is gone. Needed for `merge` and `project` only. */
  readonly schemaChanges: readonly SchemaChange[] | null
  /** Names of the indices just before; empty when unknown. Needed for `create-index` only. */
  readonly indexNames: readonly string[]
  /** Names of the fields an `update-config` names by id. */
  readonly fieldNames: readonly string[]
}

/** One sentence for people about a commit. */
export function describeTransaction(transaction: Transaction | null, context: SentenceContext): string {
  if (transaction === null) return 'Unknown: there is no record of this commit'
  const { operation } = transaction
  switch (operation.kind) {
    case 'append':
      return `Append: ${count(operation.fragments, 'fragment')}, ${count(operation.rows, 'row')}`
    case 'delete':
      return describeDelete(operation, context.rowsDelta)
    case 'overwrite':
      return describeOverwrite(operation, transaction.readVersion)
    case 'create-index':
      return describeCreateIndex(operation, context.indexNames)
    case 'rewrite':
      return describeRewrite(operation)
    case 'merge':
      return schemaSentence(context.schemaChanges, 'Add or change columns')
    case 'project':
      return schemaSentence(context.schemaChanges, 'Rename, drop or change columns')
    case 'restore':
      return `Restore to version ${operation.version}`
    case 'reserve-fragments':
      return `Reserve ${count(operation.fragments, 'fragment id')} (prepares a compaction)`
    case 'update':
      return describeUpdate(operation, context.rowsDelta)
    case 'update-config':
      return describeConfig(operation, context.fieldNames)
    case 'data-replacement':
      return `Replace column data in ${count(operation.fragments, 'fragment')}`
    case 'update-mem-wal-state':
      return 'Merge rows of the write-ahead log'
    case 'clone':
      return describeClone(operation)
    case 'update-bases':
      return `Add ${count(operation.bases, 'base path')}`
    case 'data-overlay':
      return `Overlay values in ${count(operation.fragments, 'fragment')}`
    case 'unknown':
      return operation.field === null
        ? 'Unknown: this commit has no record'
        : `Unknown operation ${operation.field} (written by a newer Lance)`
  }
}

type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>

function describeDelete(operation: OperationOf<'delete'>, rowsDelta: number | null): string {
  const { updatedFragments, droppedFragments, predicate } = operation
  const what = predicate === '' ? 'Delete' : `Delete where \`${predicate}\``
  if (updatedFragments === 0 && droppedFragments === 0) return `${what}: nothing matched`
  const rows = rowsDelta === null || rowsDelta > 0 ? '' : `${count(-rowsDelta, 'row')}, `
  return `${what}: ${rows}${count(updatedFragments, 'fragment')} updated, ${droppedFragments} dropped`
}

function describeOverwrite({ fragments, rows }: OperationOf<'overwrite'>, readVersion: number): string {
  const what = readVersion === 0 ? 'Create' : 'Overwrite'
  return fragments === 0 ? `${what}: empty` : `${what}: ${count(fragments, 'fragment')}, ${count(rows, 'row')}`
}

/** Indices Lance keeps for its own work stand for a setting, not for something people search with. */
const SYSTEM_INDICES: Readonly<Record<string, string>> = {
  __lance_mem_wal: 'the write-ahead log',
  __lance_frag_reuse: 'the record of compacted fragments',
}

/** One index may consist of several segments: a name added while it is there already is one more of them. */
function describeCreateIndex(operation: OperationOf<'create-index'>, before: readonly string[]): string {
  const added = [...new Set(operation.added)]
  const removed = [...new Set(operation.removed)]
  const rebuilt = added.filter((name) => removed.includes(name))
  const fresh = added.filter((name) => !removed.includes(name))
  const extended = fresh.filter((name) => before.includes(name))
  const created = fresh.filter((name) => !before.includes(name))
  const dropped = removed.filter((name) => !added.includes(name))
  const parts = [
    ...describeIndices('Create', 'Set up', created),
    ...describeIndices('Extend', 'Extend', extended),
    ...describeIndices('Rebuild or extend', 'Update', rebuilt),
    ...describeIndices('Drop', 'Remove', dropped),
  ]
  return parts.length === 0 ? 'Change indices: nothing changed' : parts.join('; ')
}

function describeIndices(verb: string, systemVerb: string, names: readonly string[]): readonly string[] {
  const own = names.filter((name) => !Object.hasOwn(SYSTEM_INDICES, name))
  const system = names.filter((name) => Object.hasOwn(SYSTEM_INDICES, name))
  return [
    ...(own.length === 0 ? [] : [`${verb} ${own.length === 1 ? 'index' : 'indices'} ${nameList(own)}`]),
    ...system.map((name) => `${systemVerb} ${SYSTEM_INDICES[name]}`),
  ]
}

function describeRewrite({ oldFragments, newFragments, rows, remappedIndices }: OperationOf<'rewrite'>): string {
  const remapped = remappedIndices === 0 ? '' : `, ${count(remappedIndices, 'index')} remapped`
  return `Compaction: ${count(oldFragments, 'fragment')} → ${newFragments}, ${count(rows, 'row')}${remapped}`
}

function describeUpdate(operation: OperationOf<'update'>, rowsDelta: number | null): string {
  const touched = operation.updatedFragments + operation.removedFragments
  if (touched === 0 && operation.newFragments === 0) return 'Update: nothing matched'
  // An update keeps the number of rows; a merge-insert may not. Lance records both as the same operation.
  const what = touched === 0 || (rowsDelta !== null && rowsDelta !== 0) ? 'Upsert' : 'Update'
  const written = `${count(operation.rowsWritten, 'row')} written to ${count(operation.newFragments, 'new fragment')}`
  return `${what}: ${written}, ${count(touched, 'fragment')} touched`
}

function describeConfig(operation: OperationOf<'update-config'>, fieldNames: readonly string[]): string {
  const parts = [
    ...describeChanges('Config', operation.config),
    ...describeChanges('Table metadata', operation.tableMetadata),
    ...describeChanges('Schema metadata', operation.schemaMetadata),
    ...(operation.fields.length === 0 ? [] : [`Column metadata: ${nameList(fieldNames)}`]),
  ]
  return parts.length === 0 ? 'Config: nothing changed' : parts.join('; ')
}

function describeChanges(what: string, changes: readonly ConfigChange[]): readonly string[] {
  if (changes.length === 0) return []
  const words = changes.map(({ key, value }) => (value === null ? `${key} removed` : `${key} = ${value}`))
  return [`${what}: ${nameList(words)}`]
}

function describeClone({ branch, sourceName, sourceVersion, sourcePath, isShallow }: OperationOf<'clone'>): string {
  const from = sourceName === undefined ? '' : ` of ${sourceName}`
  if (branch !== undefined) return `Branch ${branch} from version ${sourceVersion}${from}`
  return `${isShallow ? 'Shallow clone' : 'Clone'} of ${sourcePath} at version ${sourceVersion}${from}`
}
