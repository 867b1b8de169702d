import type { OperationName } from '#shared/model/version.ts'
import { openContainer } from '../../format/container.ts'
import { deletionFileName } from '../../format/names.ts'
import type { BasePath, ManifestFragment } from '../../format/types.ts'
import type { Pace } from '../pace.ts'
import { NO_PART, readOperation, readPart, readSegments, readSignatures, sectionBytes } from './manifest-parts.ts'
import { NOTHING, PACE_FRAGMENTS, passOver, type Passed } from './pass-over.ts'
import type { RawReference, Resolve } from './raw-reference.ts'

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
