import type { RowIdentity } from '#shared/model/compare.ts'
import {
  bytesOfBatch,
  bytesOfIds,
  createBatchHasher,
  LANES,
  type BatchHasher,
  type ColumnBytes,
  type PickedRows,
  type RowBatch,
  type RowHashes,
} from '../lance/index.ts'
import { Aligner, OPEN, PAIRED, UNWANTED, type AlignedRows } from './align.ts'
import type { MatchJob } from './match-rows.ts'
import { EQUAL_PAIR, NULL_KEY } from './match.ts'
import { readSide, type ReadBatch } from './read-side.ts'
import type { RecordStore } from './record-store.ts'

/** A batch being aligned, and hashed afterwards. */
interface OpenBatch extends AlignedRows {
  readonly batch: RowBatch
}

/**
 * Reads both sides at once and adds a record for every row that has to be matched by its hashes. Rows found equal by
 * their place need no hash of their content: where keys are counted, one record of the older side stands for both.
 */
export async function fillStores(
  job: MatchJob,
  stores: { readonly from: RecordStore; readonly to: RecordStore },
): Promise<void> {
  const from = new SideFiller(job, 'from', stores.from)
  const to = new SideFiller(job, 'to', stores.to)
  const aligner = new Aligner(job.identity.kind !== 'content')
  try {
    let [a, b] = [await from.next(), await to.next()]
    while (a !== undefined && b !== undefined) {
      aligner.align(a, b)
      const [isPassed, isOtherPassed] = [a.next === a.rows, b.next === b.rows]
      if (isPassed) a = await from.finish(a)
      if (isOtherPassed) b = await to.finish(b)
    }
    while (a !== undefined) a = await from.finish(a)
    while (b !== undefined) b = await to.finish(b)
  } finally {
    await Promise.allSettled([from.close(), to.close()])
  }
}

/** Reads one side and writes its records. */
class SideFiller {
  readonly #job: MatchJob
  readonly #side: 'from' | 'to'
  readonly #store: RecordStore
  readonly #hasher: BatchHasher
  readonly #batches: AsyncGenerator<ReadBatch>

  constructor(job: MatchJob, side: 'from' | 'to', store: RecordStore) {
    this.#job = job
    this.#side = side
    this.#store = store
    this.#hasher = createBatchHasher(job.hashes)
    this.#batches = readSide(job[side], job.reads[side])
  }

  async next(): Promise<OpenBatch | undefined> {
    const { signal, progress, identity, hashes } = this.#job
    const item = await this.#batches.next()
    signal.throwIfAborted()
    if (item.done === true) return undefined
    const { file, wanted } = item.value
    const batch = this.#hasher.decode(file)
    const marks = wanted === undefined ? new Uint8Array(batch.rows) : wanted.map((is) => (is === 0 ? UNWANTED : OPEN))
    progress.rowsRead += wanted === undefined ? batch.rows : marks.filter((mark) => mark === OPEN).length
    progress.bytesRead += file.byteLength
    const keys = identity.kind === 'row-id' ? 1 : hashes.key.length
    let bytes: readonly ColumnBytes[] | undefined
    let keyBytes: readonly ColumnBytes[] | undefined
    const bytesOf = (): readonly ColumnBytes[] =>
      (bytes ??= [...(identity.kind === 'row-id' ? [bytesOfIds(batch)] : []), ...bytesOfBatch(batch, hashes)])
    return {
      batch,
      rows: batch.rows,
      marks,
      // Single rows among others are in no order worth a try.
      next: wanted === undefined ? 0 : batch.rows,
      bytes: bytesOf,
      keyBytes: () => (keyBytes ??= bytesOf().slice(0, keys)),
    }
  }

  /** Writes the records of a batch and reads the next one. */
  async finish({ batch, marks }: OpenBatch): Promise<OpenBatch | undefined> {
    const { identity } = this.#job
    const isPairRecorded = this.#side === 'from' && identity.kind === 'key'
    const picked = pickRows(marks, isPairRecorded)
    writeRecords(this.#store, identity, {
      batch,
      marks,
      picked,
      isPairRecorded,
      ...this.#hasher.hashRows(batch, picked),
    })
    await this.#store.settle()
    return this.next()
  }

  close(): Promise<unknown> {
    return this.#batches.return(undefined)
  }
}

/** Rows to hash: those still open, and of pairs with a record the key. Most of a batch is hashed best as a whole. */
function pickRows(marks: Uint8Array, isPairRecorded: boolean): PickedRows {
  const open: number[] = []
  for (let row = marks.indexOf(OPEN); row !== -1; row = marks.indexOf(OPEN, row + 1)) {
    open.push(row)
    if (open.length * 2 > marks.length) return { key: undefined, content: undefined }
  }
  const content = Int32Array.from(open)
  return { key: isPairRecorded && marks.includes(PAIRED) ? undefined : content, content }
}

interface HashedBatch extends RowHashes {
  readonly batch: RowBatch
  readonly marks: Uint8Array
  readonly picked: PickedRows
  readonly isPairRecorded: boolean
}

const NO_CONTENT = 0

/** Adds a record for every open row of a batch, and for every pair when pairs are recorded. */
function writeRecords(store: RecordStore, identity: RowIdentity, hashed: HashedBatch): void {
  const { batch, marks, isPairRecorded, content } = hashed
  const { rows, idWords } = batch
  const keys = keysOf(identity, hashed)
  const hasContent = identity.kind !== 'content'
  // Partitions are a power of two: the upper bits of a mixed key choose one.
  const shift = 32 - Math.log2(store.partitions)
  for (let row = 0, hash = 0; row < rows; row++, hash += LANES) {
    const mark = marks[row]
    if (mark !== OPEN && !(mark === PAIRED && isPairRecorded)) continue
    const k0 = keys[hash] as number
    const k1 = keys[hash + 1] as number
    // Row ids serve as keys too, hence the mixing.
    const mixed = Math.imul(k0 ^ Math.imul(k1, 0x9e3779b1), 0x85ebca6b)
    const at = store.reserve(shift === 32 ? 0 : mixed >>> shift)
    const { chunk } = store
    chunk[at] = k0
    chunk[at + 1] = k1
    chunk[at + 2] = keys[hash + 2] as number
    chunk[at + 3] = keys[hash + 3] as number
    if (mark === PAIRED) {
      chunk[at + 4] = NO_CONTENT
      chunk[at + 5] = EQUAL_PAIR
    } else {
      chunk[at + 4] = hasContent ? (content[hash] as number) : NO_CONTENT
      chunk[at + 5] = hasContent ? (content[hash + 1] as number) & ~EQUAL_PAIR : NO_CONTENT
    }
    chunk[at + 6] = idWords[row * 2] as number
    chunk[at + 7] = idWords[row * 2 + 1] as number
  }
}

/** The keys of a batch's rows, {@link LANES} words each; the last word tells keys with a null by {@link NULL_KEY}. */
function keysOf(identity: RowIdentity, { batch, key, content, nullKeys }: HashedBatch): Int32Array {
  const { rows, idWords } = batch
  switch (identity.kind) {
    case 'row-id': {
      for (let row = 0, at = 0; row < rows; row++, at += LANES) {
        key[at] = idWords[row * 2] as number
        key[at + 1] = idWords[row * 2 + 1] as number
        key[at + 2] = 0
        key[at + 3] = 0
      }
      return key
    }
    case 'content': {
      for (let at = 0; at < rows * LANES; at += LANES) content[at + 3] = (content[at + 3] as number) & ~NULL_KEY
      return content
    }
    case 'key': {
      for (let row = 0, at = 0; row < rows; row++, at += LANES) {
        const last = key[at + 3] as number
        if (nullKeys[row] === 0) key[at + 3] = last & ~NULL_KEY
        else {
          // A row with a null in its key is matched by all of its values.
          key[at + 2] = (key[at + 2] as number) ^ (content[at] as number)
          key[at + 3] = (last ^ (content[at + 1] as number)) | NULL_KEY
        }
      }
      return key
    }
  }
}
