import type { Random } from '#shared/random.fixture.ts'
import { measureArrow } from './arrow-sizes.ts'
import { decodeDataFile } from './data-file.ts'
import { decodeDeletionVector, toDeletionBitmap } from './deletion-vector.ts'
import { files, decodeByTail } from './fixtures/files.fixture.ts'
import { hasFragment, readFragmentIds } from './fragment-ids.ts'
import { readFragmentParts } from './fragment-parts.ts'
import { LEGACY_TAIL_BYTES, readLegacyRowCount } from './legacy-file.ts'
import { decodeIndexNames, decodeManifest, decodeManifestSchema } from './manifest.ts'
import { readRoaring, readRoaringRuns, readRoaringValues } from './roaring.ts'
import { decodeRowIdSequence, decodeRowVersions, listRowIds } from './row-ids.ts'
import { summarizeManifest } from './summary.ts'
import { decodeTransaction } from './transaction.ts'
import { describeArrowFile } from './tree/arrow-tree.ts'
import { describeDataFileTree } from './tree/data-file-tree.ts'
import { describeMessage } from './tree/decode.ts'
import { describeDeletions } from './tree/deletion-tree.ts'
import { describePartitions } from './tree/partitions.ts'
import { describeInlineTransaction, describeManifestTree, describeTransactionTree } from './tree/transaction-tree.ts'
import { unpackZstd } from './zstd.ts'

/** Rows a damaged file may claim before it counts as damage: the callers know how many there are. */
const MAX_ROWS = 20_000

type Decoder = (bytes: Uint8Array) => unknown

/** Every decoder of this folder, by the kind of file it takes. */
export const DECODERS: Readonly<Record<string, readonly Decoder[]>> = {
  manifest: [
    decodeManifest,
    decodeManifestSchema,
    decodeIndexNames,
    summarizeManifest,
    (file) => hasFragment(readFragmentIds(file), 3),
    (file) => readFragmentParts(file, 1),
    describeManifestTree,
    describeInlineTransaction,
  ],
  transaction: [decodeTransaction, describeTransactionTree],
  arrow: [
    (file) => toDeletionBitmap(decodeDeletionVector(file, 'arrow', MAX_ROWS), MAX_ROWS),
    (file) => describeDeletions(file, 'arrow'),
    describeArrowFile,
    (file) => measureArrow(file, []),
    // The same messages without the magic of a file before them are a stream.
    (file) => describeArrowFile(file.subarray(8)),
  ],
  roaring: [
    (file) => decodeDeletionVector(file, 'bitmap', MAX_ROWS),
    (file) => readRoaringValues(file, MAX_ROWS),
    (file) => readRoaringRuns(file, 500),
    (file) => readRoaring(file).has(77),
  ],
  'row-ids': [
    (bytes) => listRowIds(decodeRowIdSequence(bytes), MAX_ROWS),
    (bytes) => describeMessage('RowIdSequence', bytes),
  ],
  'row-versions': [decodeRowVersions, (bytes) => describeMessage('RowDatasetVersionSequence', bytes)],
  data: [
    (file) => decodeByTail(file, decodeDataFile),
    (file) => decodeByTail(file, decodeDataFile, [], 64),
    (file) => decodeByTail(file, describeDataFileTree),
    (file) => readLegacyRowCount(file.subarray(Math.max(0, file.length - LEGACY_TAIL_BYTES)), file.length),
    describePartitions,
  ],
  zstd: [(bytes) => unpackZstd(bytes, 1500), (bytes) => unpackZstd(bytes, 784)],
}

export interface Sample {
  readonly name: string
  /** Key of {@link DECODERS}. */
  readonly kind: string
  readonly bytes: Uint8Array
}

/** Real files, and the parts of them that have decoders of their own. */
export function loadSamples(zstd: Uint8Array): readonly Sample[] {
  const samples: Sample[] = [{ name: 'stream', kind: 'zstd', bytes: zstd }]
  for (const [name, bytes] of files) {
    const kind = /^(manifest|transaction)/.exec(name)?.[1] ?? (/^(data|index)/.test(name) ? 'data' : undefined)
    if (kind !== undefined) samples.push({ name, kind, bytes })
    if (kind === 'manifest') samples.push(...sequencesOf(name, bytes))
  }
  for (const [name, kind] of [
    ['deletion.arrow', 'arrow'],
    ['deletion.bin', 'roaring'],
  ] as const) {
    const bytes = files.get(name)
    if (bytes !== undefined) samples.push({ name, kind, bytes })
  }
  return samples
}

function sequencesOf(name: string, manifest: Uint8Array): readonly Sample[] {
  return decodeManifest(manifest).fragments.flatMap(({ id }): Sample[] => {
    const parts = readFragmentParts(manifest, id)
    const ids = parts?.rowIds?.kind === 'inline' ? parts.rowIds.bytes : undefined
    const versions = parts?.lastUpdatedAt?.kind === 'inline' ? parts.lastUpdatedAt.bytes : undefined
    return [
      ...(ids === undefined ? [] : [{ name: `${name} row ids of ${id}`, kind: 'row-ids', bytes: ids.slice() }]),
      ...(versions === undefined
        ? []
        : [{ name: `${name} row versions of ${id}`, kind: 'row-versions', bytes: versions.slice() }]),
    ]
  })
}

/** A damaged copy of a file: cut off, bytes changed, numbers made huge, parts moved, doubled, or taken from another file. */
export function mutate(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let damaged: Uint8Array = bytes.slice()
  for (let round = 1 + random(3); round > 0 && damaged.length > 0; round--) damaged = mutateOnce(damaged, other, random)
  return damaged
}

function mutateOnce(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  // The ends of most files say where everything else is: damage them as often as all the rest.
  const at = random(2) === 0 ? random(bytes.length) : Math.max(0, bytes.length - 1 - random(64))
  const length = 1 + random(Math.min(64, bytes.length))
  switch (random(9)) {
    case 0:
      return bytes.slice(0, random(bytes.length))
    case 1:
      bytes[at] = random(256)
      return bytes
    case 2:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
      return bytes
    case 3:
      return bytes.fill(255, at, at + 1 + random(9))
    case 4:
      return bytes.fill(0, at, at + 1 + random(9))
    case 5:
      return concat(bytes.subarray(0, at), bytes.subarray(at + length))
    case 6:
      return concat(bytes.subarray(0, at), bytes.subarray(random(bytes.length)))
    case 7:
      return concat(bytes.subarray(0, at), other.subarray(random(other.length)))
    default:
      bytes.copyWithin(at, random(bytes.length), random(bytes.length))
      return bytes
  }
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
