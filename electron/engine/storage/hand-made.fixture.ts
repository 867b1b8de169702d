import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { field, manifestFile, message, type ManifestParts } from '../format/encode.fixture.ts'
import { formatManifestName } from '../format/names.ts'

/** What {@link writeManifest} needs to know besides the usual. */
export interface HandMade extends Partial<ManifestParts> {
  readonly version: number
  readonly fragments?: readonly Uint8Array[]
  readonly columns?: readonly string[]
  /** Base paths as `[id, path]`, of dataset roots. */
  readonly bases?: readonly (readonly [number, string])[]
  readonly readerFlags?: number
  readonly writerFlags?: number
  readonly scheme?: 'v1' | 'v2'
  /** Name of the transaction's file; the manifest then does not hold the transaction itself, as with old writers. */
  readonly transactionFile?: string
}

/** Writes a manifest of November 2023 into a dataset or branch folder; there need be no data files. */
export function writeManifest(folder: string, made: HandMade): string {
  const { version, fragments = [], columns = ['id'], bases = [], readerFlags = 0, writerFlags = 0 } = made
  const file = manifestFile({
    ...made,
    fields: [
      [1, columns.map((name, id) => field(id, name, 'int64'))],
      [2, fragments],
      [9, readerFlags],
      [10, writerFlags],
      ...(made.transactionFile === undefined ? [] : [[12, made.transactionFile] as const]),
      [18, bases.map(([id, path]) => message([1, id], [3, 1], [4, path]))],
    ],
    ...(made.transactionFile === undefined ? { operation: made.operation ?? [100, message()] } : {}),
  })
  const path = join('_versions', formatManifestName(version, made.scheme ?? 'v2'))
  writeFileIn(folder, path, file)
  return path
}

/** Writes a file below a folder, which is made when it is missing. */
export function writeFileIn(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

/** An index section with one segment for each `[name, first byte of the uuid, fragment ids]`. */
export function indexSection(...segments: readonly (readonly [string, number, readonly number[]])[]): Uint8Array {
  return message([
    1,
    segments.map(([name, uuid, ids]) =>
      message(
        [1, message([1, new Uint8Array(16).fill(uuid)])],
        [2, Uint8Array.of(0)],
        [3, name],
        [4, 1],
        [5, roaring(ids)],
      ),
    ),
  ])
}

/** The uuid of a segment of {@link indexSection} as its folder is called. */
export function uuidOf(byte: number): string {
  const hex = byte.toString(16).padStart(2, '0')
  return [4, 2, 2, 2, 6].map((length) => hex.repeat(length)).join('-')
}

/** A portable Roaring bitmap of a few small values. */
function roaring(ids: readonly number[]): Uint8Array {
  if (ids.length === 0) return Uint8Array.of(0x3a, 0x30, 0, 0, 0, 0, 0, 0)
  const bytes = new Uint8Array(16 + ids.length * 2)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 12346, true)
  view.setUint32(4, 1, true)
  view.setUint16(10, ids.length - 1, true)
  view.setUint32(12, 16, true)
  ids.forEach((id, index) => view.setUint16(16 + index * 2, id, true))
  return bytes
}
