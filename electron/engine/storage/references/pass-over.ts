import { commonPrefix } from '../../format/common-prefix.ts'
import { readBasePath, readFragment } from '../../format/fragment.ts'
import { formatTimestamp, readTimestamp } from '../../format/timestamp.ts'
import type { BasePath, ManifestFragment } from '../../format/types.ts'
import { WireReader } from '../../format/wire.ts'
import type { Pace } from '../pace.ts'

/** The fragments of the manifest walked last, as parallel lists. */
export interface Fragments {
  readonly message: Uint8Array
  readonly ids: readonly number[]
  /** Where each fragment's field begins in the message. */
  readonly starts: readonly number[]
  readonly files: readonly (readonly number[])[]
  /** End of the last fragment's field. */
  readonly end: number
}

/** Manifest fields besides fragments: 1 schema, 3 version, 6 index section, 7 time, 12 and 21 transaction, 18 bases. */
export interface Tail {
  /** Where the schema, which comes first, ends in the message. */
  schemaEnd: number
  version: number
  timestamp: string
  transactionFile: string
  indexSection: number | undefined
  transactionSection: number | undefined
  readonly basePaths: BasePath[]
}

/** One pass over a manifest message. */
export interface Passed {
  readonly ids: number[]
  readonly starts: number[]
  /** Undefined where the fragment was parsed and its files are not resolved yet. */
  readonly files: (readonly number[] | undefined)[]
  readonly parsed: { readonly index: number; readonly fragment: ManifestFragment }[]
  /** Files of fragments of the last manifest that are not in this one as they were. */
  readonly dropped: (readonly number[])[]
  readonly tail: Tail
  end: number
}

/** What there is before the first manifest. */
export const NOTHING: Fragments = { message: new Uint8Array(), ids: [], starts: [], files: [], end: 0 }
const FRAGMENT_FIELD = 2
/** Fragments between looks at the clock. */
export const PACE_FRAGMENTS = 256

/** Steps over the fields of a manifest, taking over what the last manifest has at the same place. */
export async function passOver(message: Uint8Array, last: Fragments, pace: Pace): Promise<Passed> {
  const passed = emptyPass()
  const { ids, starts, files } = passed
  let at = 0
  let old = 0
  for (let steps = 0; at < message.length; steps++) {
    if (steps % PACE_FRAGMENTS === 0) await pace()
    const kept = countKept(last, old, message, at)
    if (kept > old) {
      const shift = at - startOf(last, old)
      for (; old < kept; old++) {
        ids.push(last.ids[old] ?? 0)
        starts.push(startOf(last, old) + shift)
        files.push(last.files[old])
      }
      at = startOf(last, kept) + shift
      passed.end = at
      continue
    }
    const reader = new WireReader(message, at)
    reader.next()
    if (reader.field === FRAGMENT_FIELD) {
      const fragment = readFragment(reader.message())
      // Fragments are sorted by id: what lies before this one is gone, and its own former self is replaced.
      while (old < last.ids.length && (last.ids[old] ?? 0) <= fragment.id) passed.dropped.push(last.files[old++] ?? [])
      passed.parsed.push({ index: ids.length, fragment })
      ids.push(fragment.id)
      starts.push(at)
      files.push(undefined)
      passed.end = reader.offset
    } else readTailField(reader, passed.tail)
    at = reader.offset
  }
  for (; old < last.ids.length; old++) passed.dropped.push(last.files[old] ?? [])
  return passed
}

function emptyPass(): Passed {
  const tail: Tail = {
    schemaEnd: 0,
    version: 0,
    timestamp: formatTimestamp(0, 0),
    transactionFile: '',
    indexSection: undefined,
    transactionSection: undefined,
    basePaths: [],
  }
  return { ids: [], starts: [], files: [], parsed: [], dropped: [], tail, end: 0 }
}

function readTailField(message: WireReader, tail: Tail): void {
  switch (message.field) {
    case 1:
      message.skip()
      tail.schemaEnd = message.offset
      return
    case 3:
      tail.version = message.uint()
      return
    case 6:
      tail.indexSection = message.uint()
      return
    case 7:
      tail.timestamp = readTimestamp(message.message())
      return
    case 12:
      tail.transactionFile = message.text()
      return
    case 18:
      tail.basePaths.push(readBasePath(message.message()))
      return
    case 21:
      tail.transactionSection = message.uint()
      return
    default:
      message.skip()
  }
}

function startOf(fragments: Fragments, index: number): number {
  return fragments.starts[index] ?? fragments.end
}

/** How many fragments of the last manifest are known to be the same, byte by byte, as those from `at` on; counted from 0. */
function countKept(last: Fragments, old: number, message: Uint8Array, at: number): number {
  if (old >= last.ids.length) return old
  const start = startOf(last, old)
  const shared = commonPrefix(last.message.subarray(start, last.end), message.subarray(at))
  let kept = lastWithin(last, old, start + shared)
  // The prefix is only known to half a kilobyte; the next few are compared one by one.
  for (; kept < last.ids.length; kept++) {
    const [from, to] = [startOf(last, kept), startOf(last, kept + 1)]
    const here = at + from - start
    const isSame = Buffer.compare(last.message.subarray(from, to), message.subarray(here, here + to - from)) === 0
    if (!isSame) return kept
  }
  return kept
}

/** The number of fragments that end at or before an offset, at least `low`. */
function lastWithin(fragments: Fragments, low: number, offset: number): number {
  let high = fragments.ids.length
  let found = low
  while (found < high) {
    const middle = (found + high + 1) >>> 1
    if (startOf(fragments, middle) <= offset) found = middle
    else high = middle - 1
  }
  return found
}
