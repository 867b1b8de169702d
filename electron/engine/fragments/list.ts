import { setImmediate } from 'node:timers/promises'
import type { DataFileEntry, FragmentEntry } from '#shared/model/fragment.ts'
import type { ResolvedRef } from '../context.ts'
import { isSystemIndex } from '../format/index-section.ts'
import { deletionFileName } from '../format/names.ts'
import { fieldPaths } from '../format/schema.ts'
import type { Manifest, ManifestDataFile, ManifestFragment } from '../format/types.ts'
import { createPlacer, type Placer } from './locate.ts'

/** Entries made in one turn of the event loop: some 10 ms. */
const TURN = 4096

/** Every fragment of a manifest in order, with names instead of ids. */
export async function listFragments(
  manifest: Manifest,
  at: ResolvedRef,
  signal: AbortSignal,
): Promise<readonly FragmentEntry[]> {
  const toEntry = createEntryMaker(manifest, at)
  const entries: FragmentEntry[] = []
  let rowStart = 0
  for (const fragment of manifest.fragments) {
    const entry = toEntry(fragment, rowStart)
    rowStart += entry.liveRows
    entries.push(entry)
    if (entries.length % TURN !== 0) continue
    await setImmediate()
    signal.throwIfAborted()
  }
  return entries
}

/** The entry {@link listFragments} has for one fragment, without making the others; undefined when there is none. */
export function findFragment(manifest: Manifest, at: ResolvedRef, id: number): FragmentEntry | undefined {
  let rowStart = 0
  for (const fragment of manifest.fragments) {
    if (fragment.id === id) return createEntryMaker(manifest, at)(fragment, rowStart)
    rowStart += fragment.physicalRows - (fragment.deletion?.deletedRows ?? 0)
  }
  return undefined
}

function createEntryMaker(
  manifest: Manifest,
  at: ResolvedRef,
): (fragment: ManifestFragment, rowStart: number) => FragmentEntry {
  const place = createPlacer(manifest, at)
  const columnsOf = createColumnNamer(fieldPaths(manifest.schema))
  const indicesOf = createIndexNamer(groupCoverage(manifest))
  return (fragment, rowStart) => {
    const deletedRows = fragment.deletion?.deletedRows ?? 0
    const files = fragment.files.map((file) => toFileEntry(file, columnsOf, place))
    const deletionFile = toDeletionEntry(fragment, place)
    return {
      id: fragment.id,
      physicalRows: fragment.physicalRows,
      deletedRows,
      liveRows: fragment.physicalRows - deletedRows,
      rowStart,
      bytes: sumBytes(files),
      files,
      ...(deletionFile === undefined ? {} : { deletionFile }),
      indices: indicesOf(fragment.id),
    }
  }
}

interface Coverage {
  readonly name: string
  readonly segments: readonly ReadonlySet<number>[]
}

/** Fragment sets per index name; a segment that does not say what it covers covers nothing for certain. */
function groupCoverage(manifest: Manifest): readonly Coverage[] {
  const byName = new Map<string, ReadonlySet<number>[]>()
  for (const { name, fragmentIds } of manifest.indices) {
    if (isSystemIndex(name)) continue
    const segments = byName.get(name) ?? []
    if (fragmentIds !== null) segments.push(fragmentIds)
    byName.set(name, segments)
  }
  return [...byName].map(([name, segments]) => ({ name, segments }))
}

/** Names of the indices that cover a fragment; runs of fragments with the same ones share one array. */
function createIndexNamer(coverage: readonly Coverage[]): (id: number) => readonly string[] {
  let last: readonly string[] = []
  return (id) => {
    const names = coverage.filter(({ segments }) => segments.some((ids) => ids.has(id))).map(({ name }) => name)
    const isSame = names.length === last.length && names.every((name, at) => name === last[at])
    if (!isSame) last = names
    return last
  }
}

/** Field id of a slot whose column was replaced: nothing reads it any more. */
const TOMBSTONE = -2

type ColumnNamer = (fields: readonly number[]) => readonly string[]

/**
 * Names of the columns of a file. Files of the same columns share one array, and so they do in the answer: a hundred
 * thousand fragments cross to the window without a hundred thousand copies of every name.
 */
function createColumnNamer(paths: ReadonlyMap<number, string>): ColumnNamer {
  // Decoding gives files of the same columns one array of ids, so the array itself is the key.
  const known = new Map<readonly number[], readonly string[]>()
  return (fields) => {
    const names =
      known.get(fields) ?? fields.filter((id) => id !== TOMBSTONE).map((id) => paths.get(id) ?? `(dropped field ${id})`)
    known.set(fields, names)
    return names
  }
}

function toFileEntry(file: ManifestDataFile, columnsOf: ColumnNamer, place: Placer): DataFileEntry {
  return {
    path: place('data', file.path, file.baseId),
    bytes: file.bytes,
    formatVersion: file.formatVersion,
    columns: columnsOf(file.fields),
  }
}

function toDeletionEntry(fragment: ManifestFragment, place: Placer): FragmentEntry['deletionFile'] {
  const { deletion } = fragment
  if (deletion === undefined) return undefined
  return {
    path: place('_deletions', deletionFileName(fragment.id, deletion), deletion.baseId),
    type: deletion.type,
    deletedRows: deletion.deletedRows,
  }
}

function sumBytes(files: readonly DataFileEntry[]): number | null {
  let sum = 0
  for (const { bytes } of files) {
    if (bytes === null) return null
    sum += bytes
  }
  return sum
}
