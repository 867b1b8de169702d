import { corrupt } from './corrupt.ts'
import type { BasePath, ManifestDataFile, ManifestDeletionFile, ManifestFragment } from './types.ts'
import { NO_NUMBERS, NumberLists } from './number-lists.ts'
import type { WireReader } from './wire.ts'

/**
 * Reads one DataFragment message; row-id and row-version sequences are stepped over. Fragments read with the same `lists`
 * share the field ids of alike files.
 */
export function readFragment(message: WireReader, lists = new NumberLists()): ManifestFragment {
  let id = 0
  let physicalRows = 0
  let deletion: ManifestDeletionFile | undefined
  const files: ManifestDataFile[] = []
  while (message.next()) {
    switch (message.field) {
      case 1:
        id = message.uint()
        break
      case 2:
        files.push(readDataFile(message.message(), lists))
        break
      case 3:
        deletion = readDeletionFile(message.message())
        break
      case 4:
        physicalRows = message.uint()
        break
      default:
        message.skip()
    }
  }
  const deletedRows = boundDeletedRows(deletion?.deletedRows ?? 0, physicalRows)
  return { id, physicalRows, files, ...(deletion === undefined ? {} : { deletion: { ...deletion, deletedRows } }) }
}

/**
 * Deleted rows of a fragment, which cannot be more than its rows. Old writers left `physical_rows` at 0 for unknown;
 * then nothing can be counted, and rows must not come out negative.
 */
export function boundDeletedRows(deletedRows: number, physicalRows: number): number {
  if (physicalRows === 0) return 0
  if (deletedRows > physicalRows) throw corrupt('a fragment has more deleted rows than rows')
  return deletedRows
}

function readDataFile(message: WireReader, lists: NumberLists): ManifestDataFile {
  let path = ''
  let major = 0
  let minor = 0
  let bytes = 0
  let baseId: number | undefined
  let fields = NO_NUMBERS
  let columnIndices = NO_NUMBERS
  while (message.next()) {
    switch (message.field) {
      case 1:
        path = message.text()
        break
      case 2:
        fields = lists.read(message, fields)
        break
      case 3:
        columnIndices = lists.read(message, columnIndices)
        break
      case 4:
        major = message.uint()
        break
      case 5:
        minor = message.uint()
        break
      case 6:
        bytes = message.uint()
        break
      case 7:
        baseId = message.uint()
        break
      default:
        message.skip()
    }
  }
  return {
    path,
    fields,
    columnIndices,
    formatVersion: formatFileVersion(major, minor),
    bytes: bytes === 0 ? null : bytes,
    ...(baseId === undefined ? {} : { baseId }),
  }
}

/** Legacy files say 0.2 in the manifest, or nothing (0.0) by the first writers, but everyone calls that format 0.1. */
function formatFileVersion(major: number, minor: number): string {
  return major === 0 && minor <= 2 ? '0.1' : `${major}.${minor}`
}

function readDeletionFile(message: WireReader): ManifestDeletionFile {
  let type = 0
  let readVersion = 0
  let id = 0n
  let deletedRows = 0
  let baseId: number | undefined
  while (message.next()) {
    switch (message.field) {
      case 1:
        type = message.uint()
        break
      case 2:
        readVersion = message.uint()
        break
      case 3:
        id = message.big()
        break
      case 4:
        deletedRows = message.uint()
        break
      case 7:
        baseId = message.uint()
        break
      default:
        message.skip()
    }
  }
  if (type > 1) throw corrupt(`deletion files of type ${type} do not exist`)
  return {
    type: type === 0 ? 'arrow' : 'bitmap',
    readVersion,
    id,
    deletedRows,
    ...(baseId === undefined ? {} : { baseId }),
  }
}

/** Reads one BasePath message: another place where files of a branch or clone lie. */
export function readBasePath(message: WireReader): BasePath {
  let id = 0
  let name: string | undefined
  let isDatasetRoot = false
  let path = ''
  while (message.next()) {
    switch (message.field) {
      case 1:
        id = message.uint()
        break
      case 2:
        name = message.text()
        break
      case 3:
        isDatasetRoot = message.bool()
        break
      case 4:
        path = message.text()
        break
      default:
        message.skip()
    }
  }
  return { id, isDatasetRoot, path, ...(name === undefined ? {} : { name }) }
}
