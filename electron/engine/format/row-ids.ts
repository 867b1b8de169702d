import { corrupt } from './corrupt.ts'
import { WireReader } from './wire.ts'

/**
 * One run of stable row ids (rowids.proto U64Segment). Ids are listed in the order of the fragment's physical rows; those
 * of all kinds but `array` ascend.
 */
export interface RowIdSegment {
  readonly kind: 'range' | 'range-with-holes' | 'range-with-bitmap' | 'sorted-array' | 'array'
  readonly rows: number
  /** First and last id; both 0 when there are no rows. */
  readonly first: bigint
  readonly last: bigint
  /** The ids one by one, made as they are asked for: a segment of a few bytes may stand for billions. */
  ids(): Generator<bigint>
}

/** Decodes a RowIdSequence {1 segments}: `inline_row_ids` of a fragment, or what its external file holds. Throws `corrupt-manifest`. */
export function decodeRowIdSequence(bytes: Uint8Array): readonly RowIdSegment[] {
  const message = new WireReader(bytes)
  const segments: RowIdSegment[] = []
  while (message.next()) {
    if (message.field === 1) segments.push(readSegment(message.message()))
    else message.skip()
  }
  return segments
}

/** All ids of a sequence in the order of the rows; more than `maxRows` (the fragment's physical rows) are damage. */
export function listRowIds(segments: readonly RowIdSegment[], maxRows: number): BigUint64Array {
  const rows = segments.reduce((sum, segment) => sum + segment.rows, 0)
  if (rows > maxRows) throw corrupt(`a fragment has ${rows} row ids, more than rows`)
  const ids = new BigUint64Array(rows)
  let at = 0
  for (const segment of segments) for (const id of segment.ids()) ids[at++] = id
  return ids
}

/** Rows that follow each other and were created, or last changed, by one version. */
export interface VersionRun {
  readonly rows: number
  readonly version: bigint
}

/**
 * Decodes a RowDatasetVersionSequence {1 runs {1 span, 2 version}}: the version that created, or last changed, each row
 * of a fragment, in the order of the rows. Throws `corrupt-manifest`.
 */
export function decodeRowVersions(bytes: Uint8Array): readonly VersionRun[] {
  const message = new WireReader(bytes)
  const runs: VersionRun[] = []
  while (message.next()) {
    if (message.field === 1) runs.push(readRun(message.message()))
    else message.skip()
  }
  return runs
}

function readRun(message: WireReader): VersionRun {
  let rows = 0
  let version = 0n
  while (message.next()) {
    if (message.field === 1) rows = readSegment(message.message()).rows
    else if (message.field === 2) version = message.big()
    else message.skip()
  }
  return { rows, version }
}

/** U64Segment: oneof 1 range, 2 range_with_holes, 3 range_with_bitmap, 4 sorted_array, 5 array. */
function readSegment(message: WireReader): RowIdSegment {
  let segment: RowIdSegment = fromRange(0n, 0n)
  while (message.next()) {
    if (message.field >= 1 && message.field <= 3) segment = readRange(message.message(), message.field)
    else if (message.field === 4) segment = fromArray('sorted-array', readArray(message.message()))
    else if (message.field === 5) segment = fromArray('array', readArray(message.message()))
    else message.skip()
  }
  return segment
}

/** Range {1 start, 2 end}, RangeWithHoles {…, 3 holes}, RangeWithBitmap {…, 3 bitmap}. The end is exclusive. */
function readRange(message: WireReader, kind: number): RowIdSegment {
  let start = 0n
  let end = 0n
  let holes: IdArray = { count: 0, at: () => 0n }
  let bitmap: Uint8Array = new Uint8Array(0)
  while (message.next()) {
    if (message.field === 1) start = message.big()
    else if (message.field === 2) end = message.big()
    else if (message.field === 3 && kind === 2) holes = readArray(message.message())
    else if (message.field === 3 && kind === 3) bitmap = message.bytes()
    else message.skip()
  }
  if (end < start) throw corrupt('a range of row ids runs backwards')
  if (kind === 1) return fromRange(start, end)
  return kind === 2 ? fromHoles(start, end, holes) : fromBitmap(start, end, bitmap)
}

function countOf(start: bigint, end: bigint): number {
  const rows = Number(end - start)
  if (!Number.isSafeInteger(rows)) throw corrupt('a range of row ids is impossibly long')
  return rows
}

function fromRange(start: bigint, end: bigint): RowIdSegment {
  const rows = countOf(start, end)
  return {
    kind: 'range',
    rows,
    first: rows === 0 ? 0n : start,
    last: rows === 0 ? 0n : end - 1n,
    *ids() {
      for (let id = start; id < end; id++) yield id
    },
  }
}

function fromHoles(start: bigint, end: bigint, holes: IdArray): RowIdSegment {
  const rows = countOf(start, end) - holes.count
  for (let index = 0; index < holes.count; index++) {
    const hole = holes.at(index)
    const previous = index === 0 ? start - 1n : holes.at(index - 1)
    if (hole <= previous || hole >= end) throw corrupt('holes in a range of row ids lie outside of it')
  }
  const edge = (from: bigint, step: bigint, index: number): bigint => {
    let id = from
    for (let at = index; at >= 0 && at < holes.count && holes.at(at) === id; at += Number(step)) id += step
    return id
  }
  return {
    kind: 'range-with-holes',
    rows,
    first: rows === 0 ? 0n : edge(start, 1n, 0),
    last: rows === 0 ? 0n : edge(end - 1n, -1n, holes.count - 1),
    *ids() {
      let next = 0
      for (let id = start; id < end; id++) {
        if (next < holes.count && holes.at(next) === id) next++
        else yield id
      }
    },
  }
}

/** One bit an id, least significant first, set = the id is there. */
function fromBitmap(start: bigint, end: bigint, bitmap: Uint8Array): RowIdSegment {
  const length = countOf(start, end)
  if (bitmap.length !== Math.ceil(length / 8)) throw corrupt('a bitmap of row ids has another length than its range')
  const isSet = (at: number): boolean => (((bitmap[at >> 3] ?? 0) >> (at & 7)) & 1) === 1
  let rows = 0
  let first = -1
  let last = -1
  for (let at = 0; at < length; at++) {
    if (!isSet(at)) continue
    rows++
    if (first === -1) first = at
    last = at
  }
  return {
    kind: 'range-with-bitmap',
    rows,
    first: rows === 0 ? 0n : start + BigInt(first),
    last: rows === 0 ? 0n : start + BigInt(last),
    *ids() {
      for (let at = 0; at < length; at++) if (isSet(at)) yield start + BigInt(at)
    },
  }
}

function fromArray(kind: 'sorted-array' | 'array', ids: IdArray): RowIdSegment {
  return {
    kind,
    rows: ids.count,
    first: ids.count === 0 ? 0n : ids.at(0),
    last: ids.count === 0 ? 0n : ids.at(ids.count - 1),
    *ids() {
      for (let index = 0; index < ids.count; index++) yield ids.at(index)
    },
  }
}

interface IdArray {
  readonly count: number
  at(index: number): bigint
}

/** EncodedU64Array: oneof 1 u16 {1 base, 2 offsets}, 2 u32 {1 base, 2 offsets}, 3 u64 {2 values}; offsets little-endian. */
function readArray(message: WireReader): IdArray {
  let array: IdArray = { count: 0, at: () => 0n }
  while (message.next()) {
    if (message.field >= 1 && message.field <= 3) array = readOffsets(message.message(), 1 << message.field)
    else message.skip()
  }
  return array
}

function readOffsets(message: WireReader, width: number): IdArray {
  let base = 0n
  let bytes: Uint8Array = new Uint8Array(0)
  while (message.next()) {
    if (message.field === 1) base = message.big()
    else if (message.field === 2) bytes = message.bytes()
    else message.skip()
  }
  if (bytes.length % width !== 0) throw corrupt('a list of row ids is cut off')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    count: bytes.length / width,
    at: (index) => {
      if (width === 8) return base + view.getBigUint64(index * 8, true)
      return base + BigInt(width === 4 ? view.getUint32(index * 4, true) : view.getUint16(index * 2, true))
    },
  }
}
