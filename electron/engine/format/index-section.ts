import { corrupt } from './corrupt.ts'
import { readRoaring } from './roaring.ts'
import { formatTimestamp } from './timestamp.ts'
import type { ManifestIndex } from './types.ts'
import type { WireReader } from './wire.ts'

/** Reads the IndexSection of a manifest: one entry per index segment; several with one name are one index. */
export function readIndexSection(message: WireReader): readonly ManifestIndex[] {
  const indices: ManifestIndex[] = []
  while (message.next()) {
    if (message.field === 1) indices.push(readIndex(message.message()))
    else message.skip()
  }
  return indices
}

/** Reads one IndexMetadata message. */
function readIndex(message: WireReader): ManifestIndex {
  let uuid = ''
  let name = ''
  let datasetVersion = 0
  let fragmentIds: ReadonlySet<number> | null = null
  let details: { readonly typeUrl: string; readonly value: Uint8Array } = { typeUrl: '', value: new Uint8Array() }
  let createdAt: string | undefined
  let indexVersion: number | undefined
  let baseId: number | undefined
  const fields: number[] = []
  const files: ManifestIndex['files'][number][] = []
  while (message.next()) {
    switch (message.field) {
      case 1:
        uuid = readUuid(message.message())
        break
      case 2:
        message.int32sInto(fields)
        break
      case 3:
        name = message.text()
        break
      case 4:
        datasetVersion = message.uint()
        break
      case 5:
        fragmentIds = readRoaring(message.bytes().slice())
        break
      case 6:
        details = readAny(message.message())
        break
      case 7:
        indexVersion = message.int32()
        break
      case 8:
        createdAt = formatMilliseconds(message.uint())
        break
      case 9:
        baseId = message.uint()
        break
      case 10:
        files.push(readFile(message.message()))
        break
      default:
        message.skip()
    }
  }
  return {
    uuid,
    name,
    fields,
    datasetVersion,
    fragmentIds,
    typeUrl: details.typeUrl,
    details: details.value,
    bytes: files.length === 0 ? null : files.reduce((sum, file) => sum + file.bytes, 0),
    files,
    ...(indexVersion === undefined ? {} : { indexVersion }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(baseId === undefined ? {} : { baseId }),
  }
}

function formatMilliseconds(ms: number): string {
  return formatTimestamp(Math.floor(ms / 1000), (ms % 1000) * 1_000_000)
}

/** lance.table.UUID {1 bytes} as lower-case hex with dashes; empty when absent. */
export function readUuid(message: WireReader): string {
  let uuid = ''
  while (message.next()) {
    if (message.field === 1) uuid = formatUuid(message.bytes())
    else message.skip()
  }
  return uuid
}

function formatUuid(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw corrupt('an index has an impossible id')
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** google.protobuf.Any {1 type_url, 2 value}. */
function readAny(any: WireReader): { readonly typeUrl: string; readonly value: Uint8Array } {
  let typeUrl = ''
  let value: Uint8Array = new Uint8Array()
  while (any.next()) {
    if (any.field === 1) typeUrl = any.text()
    else if (any.field === 2) value = any.bytes()
    else any.skip()
  }
  return { typeUrl, value }
}

/** IndexFile {1 path, 2 size_bytes}. */
function readFile(file: WireReader): ManifestIndex['files'][number] {
  let path = ''
  let bytes = 0
  while (file.next()) {
    if (file.field === 1) path = file.text()
    else if (file.field === 2) bytes = file.uint()
    else file.skip()
  }
  return { path, bytes }
}

/** Index type by its details message: `/lance.table.BTreeIndexDetails` is `BTree`; `Unknown` when absent. */
export function formatIndexType(typeUrl: string): string {
  const message = typeUrl.split(/[/.]/).at(-1) ?? ''
  const type = message.replace(/IndexDetails$/, '')
  return type === '' ? 'Unknown' : type
}

/** Indices Lance keeps for itself; they are not listed to people. */
export function isSystemIndex(name: string): boolean {
  return name === '__lance_mem_wal' || name === '__lance_frag_reuse'
}
