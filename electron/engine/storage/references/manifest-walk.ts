import { OPERATIONS, type OperationName } from '#shared/model/version.ts'
import { commonPrefix } from '../../format/common-prefix.ts'
import { openContainer, type ManifestContainer } from '../../format/container.ts'
import { readBasePath, readFragment } from '../../format/fragment.ts'
import { readIndexSection } from '../../format/index-section.ts'
import { deletionFileName } from '../../format/names.ts'
import { formatTimestamp, readTimestamp } from '../../format/timestamp.ts'
import type { BasePath, ManifestFragment } from '../../format/types.ts'
import { readTextEntry, WireReader } from '../../format/wire.ts'
import type { Pace } from '../pace.ts'

/** A file a manifest names, before its base path is resolved. */
export interface RawReference {
  readonly folder: 'data' | '_deletions' | '_indices' | '_computed'
  /** File name, or the uuid of an index segment. */
  readonly name: string
  readonly baseId: number | undefined
}

/** Turns a reference into a number that stands for the file; undefined for files that lie in another dataset. */
export type Resolve = (reference: RawReference) => number | undefined

/** What one manifest says, and how the files it uses differ from those of the manifest walked before. */
export interface WalkedManifest {
  readonly version: number
  readonly timestamp: string
  /** Name below `_transactions/`; empty when there is none. */
  readonly transactionFile: string
  /** Null when the manifest does not hold its transaction. */
  readonly operation: OperationName | null
  readonly fragments: number
  readonly added: readonly number[]
  readonly removed: readonly number[]
}

/** The fragments of the manifest walked last, as parallel lists. */
interface Fragments {
  readonly message: Uint8Array
  readonly ids: readonly number[]
  /** Where each fragment's field begins in the message. */
  readonly starts: readonly number[]
  readonly files: readonly (readonly number[])[]
  /** End of the last fragment's field. */
  readonly end: number
}

/** Manifest fields besides fragments: 1 schema, 3 version, 6 index section, 7 time, 12 and 21 transaction, 18 bases. */
interface Tail {
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
interface Passed {
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

/** A part of a manifest that is read again only when its bytes change, and the files it names. */
interface Part {
  readonly bytes: Uint8Array
  readonly files: readonly number[]
}

const NO_PART: Part = { bytes: new Uint8Array(), files: [] }
const NOTHING: Fragments = { message: new Uint8Array(), ids: [], starts: [], files: [], end: 0 }
const FRAGMENT_FIELD = 2
const PACE_FRAGMENTS = 256

/**
 * Walks the manifests of one history from the oldest on for the files they use. A manifest repeats most fragments of the
 * one before, byte by byte, so a walk parses only those that differ: ten thousand versions of three thousand fragments
 * cost little more than comparing their bytes. Holds one manifest at a time.
 */
export class ManifestWalker {
  readonly #prepare: (basePaths: readonly BasePath[]) => Promise<Resolve>
  #resolve: Resolve = () => undefined
  #last = NOTHING
  #basesKey: string | undefined
  #indices = NO_PART
  #schema = NO_PART
  /** How often the last manifest names each file. */
  readonly #counts = new Map<number, number>()

  /** `prepare` is called whenever a manifest has other base paths than the one before. */
  constructor(prepare: (basePaths: readonly BasePath[]) => Promise<Resolve>) {
    this.#prepare = prepare
  }

  /** Throws `corrupt-manifest`; the walker is then as it was before. */
  async walk(file: Uint8Array, pace: Pace): Promise<WalkedManifest> {
    const container = openContainer(file)
    let passed = await passOver(container.message, this.#last, pace)
    const basesKey = JSON.stringify(passed.tail.basePaths)
    const isComparable = basesKey === this.#basesKey
    // The same bytes mean other files once the base paths are others.
    if (!isComparable)
      passed = { ...(await passOver(container.message, NOTHING, pace)), dropped: [...this.#last.files] }
    const { tail, dropped, ids, starts, end } = passed
    const resolve = isComparable ? this.#resolve : await this.#prepare(tail.basePaths)
    const { files, parsed } = await resolveFiles(passed, resolve, pace)
    const indexBytes = tail.indexSection === undefined ? undefined : sectionBytes(container, file, tail.indexSection)
    const schemaBytes = container.message.slice(0, tail.schemaEnd)
    const indices = readPart(indexBytes, isComparable ? this.#indices : undefined, resolve, readSegments)
    const schema = readPart(schemaBytes, isComparable ? this.#schema : undefined, resolve, readSignatures)
    const operation = readOperation(container, tail.transactionSection)

    const before = [...dropped, this.#indices.files, this.#schema.files]
    const after = [...parsed, indices.files, schema.files]
    this.#last = { message: container.message, ids, starts, files, end }
    this.#basesKey = basesKey
    this.#resolve = resolve
    this.#indices = indices
    this.#schema = schema
    const { version, timestamp, transactionFile } = tail
    return { version, timestamp, transactionFile, operation, fragments: ids.length, ...this.#change(before, after) }
  }

  /** Counts what left and what came; a file is added or removed when its count leaves or reaches zero. */
  #change(
    before: readonly (readonly number[])[],
    after: readonly (readonly number[])[],
  ): Pick<WalkedManifest, 'added' | 'removed'> {
    const counts = this.#counts
    const wasUsed = new Map<number, boolean>()
    const shift = (file: number, by: number): void => {
      const count = counts.get(file) ?? 0
      if (!wasUsed.has(file)) wasUsed.set(file, count > 0)
      if (count + by === 0) counts.delete(file)
      else counts.set(file, count + by)
    }
    for (const files of after) for (const file of files) shift(file, 1)
    for (const files of before) for (const file of files) shift(file, -1)
    const added: number[] = []
    const removed: number[] = []
    for (const [file, was] of wasUsed) {
      const is = counts.has(file)
      if (is && !was) added.push(file)
      else if (!is && was) removed.push(file)
    }
    return { added, removed }
  }
}

async function resolveFiles(
  passed: Passed,
  resolve: Resolve,
  pace: Pace,
): Promise<{ readonly files: readonly (readonly number[])[]; readonly parsed: readonly (readonly number[])[] }> {
  const parsed: (readonly number[])[] = []
  const files = [...passed.files]
  for (const { index, fragment } of passed.parsed) {
    if (parsed.length % PACE_FRAGMENTS === 0) await pace()
    const own = filesOf(fragment, resolve)
    files[index] = own
    parsed.push(own)
  }
  return { files: files.map((own) => own ?? []), parsed }
}

function filesOf({ id, files, deletion }: ManifestFragment, resolve: Resolve): readonly number[] {
  const references: RawReference[] = files.map(({ path, baseId }) => ({ folder: 'data', name: path, baseId }))
  if (deletion !== undefined) {
    references.push({ folder: '_deletions', name: deletionFileName(id, deletion), baseId: deletion.baseId })
  }
  return references.map(resolve).filter((file) => file !== undefined)
}

/** The files a part names; without a `last` to compare with, as when base paths are others, it is read anew. */
function readPart(
  bytes: Uint8Array = NO_PART.bytes,
  last: Part | undefined,
  resolve: Resolve,
  read: (bytes: Uint8Array) => readonly RawReference[],
): Part {
  if (last !== undefined && Buffer.compare(bytes, last.bytes) === 0) return last
  return {
    bytes,
    files: read(bytes)
      .map(resolve)
      .filter((file) => file !== undefined),
  }
}

function readSegments(section: Uint8Array): readonly RawReference[] {
  return readIndexSection(new WireReader(section)).map(({ uuid, baseId }) => ({
    folder: '_indices',
    name: uuid,
    baseId,
  }))
}

/** Field metadata by which LanceDB remembers the inputs a computed column was made from: `sidecar:{name}`. */
const SIGNATURE_KEY = 'computed_refresh.source_signature'
const SIDECAR = 'sidecar:'

/** Signature files of computed columns, from the metadata (10) of the schema's fields (1). */
function readSignatures(schema: Uint8Array): readonly RawReference[] {
  if (!Buffer.from(schema.buffer, schema.byteOffset, schema.byteLength).includes(SIGNATURE_KEY)) return []
  const references: RawReference[] = []
  const fields = new WireReader(schema)
  while (fields.next()) {
    const field = fields.message()
    while (field.next()) {
      if (field.field !== 10) {
        field.skip()
        continue
      }
      const [key, value] = readTextEntry(field.message())
      if (key !== SIGNATURE_KEY || !value.startsWith(SIDECAR)) continue
      references.push({ folder: '_computed', name: `${value.slice(SIDECAR.length)}.sig`, baseId: undefined })
    }
  }
  return references
}

/** Steps over the fields of a manifest, taking over what the last manifest has at the same place. */
async function passOver(message: Uint8Array, last: Fragments, pace: Pace): Promise<Passed> {
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

/** A copy of the message of a section, which must not keep the whole file alive. */
function sectionBytes(container: ManifestContainer, file: Uint8Array, offset: number): Uint8Array<ArrayBuffer> {
  // Checks that the section lies inside the file.
  const start = container.section(offset).offset
  const length = new DataView(file.buffer, file.byteOffset).getUint32(offset, true)
  return file.slice(start, start + length)
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

const FIRST_OPERATION_FIELD = 100

function readOperation(container: ManifestContainer, offset: number | undefined): OperationName | null {
  return offset === undefined ? null : readOperationName(container.section(offset))
}

/** Which of the operations 100 to 116 a lance.table.Transaction message holds, without reading it. */
export function readOperationName(transaction: WireReader): OperationName {
  let name: OperationName = 'unknown'
  while (transaction.next()) {
    const { field } = transaction
    if (field >= FIRST_OPERATION_FIELD && field < 200) name = OPERATIONS[field - FIRST_OPERATION_FIELD] ?? 'unknown'
    transaction.skip()
  }
  return name
}
