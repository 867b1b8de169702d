import { readLiveRows, readPhysicalRows } from './operation-parts.ts'
import type { ConfigChange, Operation } from './operation.ts'
import { readTextEntry, type WireReader } from './wire.ts'

type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>

/** Delete {1 updated_fragments, 2 deleted_fragment_ids, 3 predicate}. */
export function readDelete(message: WireReader): OperationOf<'delete'> {
  let updatedFragments = 0
  let droppedFragments = 0
  let predicate = ''
  while (message.next()) {
    if (message.field === 2) droppedFragments += message.countPacked()
    else if (message.field === 3) predicate = message.text()
    else {
      if (message.field === 1) updatedFragments++
      message.skip()
    }
  }
  return { kind: 'delete', updatedFragments, droppedFragments, predicate }
}

/** CreateIndex {1 new_indices, 2 removed_indices}, both IndexMetadata. */
export function readCreateIndex(message: WireReader): OperationOf<'create-index'> {
  const added = new Set<string>()
  const removed = new Set<string>()
  while (message.next()) {
    if (message.field === 1) added.add(readIndexName(message.message()))
    else if (message.field === 2) removed.add(readIndexName(message.message()))
    else message.skip()
  }
  return { kind: 'create-index', added: [...added], removed: [...removed] }
}

function readIndexName(index: WireReader): string {
  let name = ''
  while (index.next()) {
    if (index.field === 3) name = index.text()
    else index.skip()
  }
  return name
}

/** Rewrite {3 groups {1 old_fragments, 2 new_fragments}, 4 rewritten_indices}; 1 and 2 are groups of old writers. */
export function readRewrite(message: WireReader): OperationOf<'rewrite'> {
  const totals = { oldFragments: 0, newFragments: 0, rows: 0 }
  let remappedIndices = 0
  while (message.next()) {
    if (message.field === 3) addGroup(message.message(), totals)
    else if (message.field === 4) {
      remappedIndices++
      message.skip()
    } else if (message.field === 1) {
      totals.oldFragments++
      message.skip()
    } else if (message.field === 2) {
      totals.newFragments++
      totals.rows += readLiveRows(message.message())
    } else message.skip()
  }
  return { kind: 'rewrite', ...totals, remappedIndices }
}

function addGroup(group: WireReader, totals: { oldFragments: number; newFragments: number; rows: number }): void {
  while (group.next()) {
    if (group.field === 2) {
      totals.newFragments++
      totals.rows += readLiveRows(group.message())
    } else {
      if (group.field === 1) totals.oldFragments++
      group.skip()
    }
  }
}

/** Update {1 removed_fragment_ids, 2 updated_fragments, 3 new_fragments}; the rest helps conflict checks only. */
export function readUpdate(message: WireReader): OperationOf<'update'> {
  let removedFragments = 0
  let updatedFragments = 0
  let newFragments = 0
  let rowsWritten = 0
  while (message.next()) {
    if (message.field === 1) removedFragments += message.countPacked()
    else if (message.field === 3) {
      newFragments++
      rowsWritten += readPhysicalRows(message.message())
    } else {
      if (message.field === 2) updatedFragments++
      message.skip()
    }
  }
  return { kind: 'update', removedFragments, updatedFragments, newFragments, rowsWritten }
}

/** UpdateConfig {6 config, 7 table metadata, 8 schema metadata, 9 field metadata}; 1 to 4 are the form of old writers. */
export function readUpdateConfig(message: WireReader): OperationOf<'update-config'> {
  const config: ConfigChange[] = []
  const tableMetadata: ConfigChange[] = []
  const schemaMetadata: ConfigChange[] = []
  const fields: number[] = []
  while (message.next()) {
    switch (message.field) {
      case 1:
        config.push(toChange(readTextEntry(message.message())))
        break
      case 2:
        config.push({ key: message.text(), value: null })
        break
      case 3:
        schemaMetadata.push(toChange(readTextEntry(message.message())))
        break
      case 4:
      case 9:
        fields.push(readFieldId(message.message()))
        break
      case 6:
        config.push(...readUpdateMap(message.message()))
        break
      case 7:
        tableMetadata.push(...readUpdateMap(message.message()))
        break
      case 8:
        schemaMetadata.push(...readUpdateMap(message.message()))
        break
      default:
        message.skip()
    }
  }
  return { kind: 'update-config', config, tableMetadata, schemaMetadata, fields }
}

function toChange([key, value]: readonly [string, string]): ConfigChange {
  return { key, value }
}

/** UpdateMap {1 entries {1 key, 2 optional value}}. */
function* readUpdateMap(map: WireReader): Generator<ConfigChange> {
  while (map.next()) {
    if (map.field === 1) yield readUpdateEntry(map.message())
    else map.skip()
  }
}

function readUpdateEntry(entry: WireReader): ConfigChange {
  let key = ''
  let value: string | null = null
  while (entry.next()) {
    if (entry.field === 1) key = entry.text()
    else if (entry.field === 2) value = entry.lenientText()
    else entry.skip()
  }
  return { key, value }
}

/** Key of an entry of map<int32, …>. */
function readFieldId(entry: WireReader): number {
  let id = 0
  while (entry.next()) {
    if (entry.field === 1) id = entry.int32()
    else entry.skip()
  }
  return id
}

/** Clone {1 is_shallow, 2 ref_name, 3 ref_version, 4 ref_path, 5 branch_name}. */
export function readClone(message: WireReader): OperationOf<'clone'> {
  let isShallow = false
  let sourceName: string | undefined
  let sourceVersion = 0
  let sourcePath = ''
  let branch: string | undefined
  while (message.next()) {
    switch (message.field) {
      case 1:
        isShallow = message.bool()
        break
      case 2:
        sourceName = message.text()
        break
      case 3:
        sourceVersion = message.uint()
        break
      case 4:
        sourcePath = message.text()
        break
      case 5:
        branch = message.text()
        break
      default:
        message.skip()
    }
  }
  return {
    kind: 'clone',
    isShallow,
    sourceVersion,
    sourcePath,
    ...(sourceName === undefined ? {} : { sourceName }),
    ...(branch === undefined ? {} : { branch }),
  }
}
