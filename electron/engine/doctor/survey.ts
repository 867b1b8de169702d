import { toErrorValue, type ErrorValue } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { decodeManifest } from '../format/manifest.ts'
import { completeCounts, MAX_MANIFEST_BYTES } from '../datasets/index.ts'
import type { Manifest } from '../format/types.ts'
import { createBaseResolver, takeSnapshot, type Line, type Pace, type Snapshot } from '../storage/index.ts'
import { createLedgerOfFiles, type NamedFiles } from './named-files.ts'
import { Kinship, type Slip } from './kinship.ts'
import { readInlineTransaction, type InlineTransaction } from '../format/inline-transaction.ts'

/** Manifests read whole in one check; of a longer history those beyond are only known to have the shape of one. */
const MAX_DECODED_BYTES = 512 * 1024 * 1024

/** One version whose manifest reads. */
export interface KnownVersion {
  readonly line: Line
  readonly version: number
  /** Manifest's path, from the dataset's root, and its size. */
  readonly path: string
  readonly bytes: number
  readonly timestamp: string
  readonly isNewest: boolean
  /** Branch and version the manifest itself claims. */
  readonly claims: { readonly branch: string | undefined; readonly version: number }
  readonly transaction: InlineTransaction
}

/** A manifest that is there and does not read. */
export interface BrokenManifest {
  readonly line: Line
  readonly version: number
  readonly path: string
  readonly error: ErrorValue
  /** Newer than every version of its line that reads. */
  readonly isNewest: boolean
}

/** A dataset's whole directory and all its manifests, gathered once; the checks are functions of it. */
export interface Survey {
  readonly dataset: OpenDataset
  readonly snapshot: Snapshot
  /** Sizes of the files of the directory by path. */
  readonly sizes: ReadonlyMap<string, number>
  /** Of each line, oldest first. */
  readonly versions: readonly KnownVersion[]
  readonly broken: readonly BrokenManifest[]
  /** Newest readable manifest by line. */
  readonly newest: ReadonlyMap<Line, Manifest>
  readonly files: NamedFiles
  /** Manifests that contradict their neighbours. */
  readonly slips: readonly Slip[]
  /** Versions whose manifest was not read whole, because the history is too long. */
  readonly skipped: number
}

/** Reads the directory and every manifest. */
export async function takeSurvey(dataset: OpenDataset, pace: Pace, signal: AbortSignal): Promise<Survey> {
  const snapshot = await takeSnapshot(dataset, undefined, signal)
  const { lines } = snapshot.references
  const files = createLedgerOfFiles(dataset, createBaseResolver(dataset.location))
  const versions: KnownVersion[] = []
  const broken: BrokenManifest[] = []
  const newest = new Map<Line, Manifest>()
  const slips: Slip[] = []
  const kinship = new Kinship()
  let [budget, skipped] = [MAX_DECODED_BYTES, 0]
  for (const line of lines) {
    const damaged: { readonly version: number; readonly path: string; readonly error: ErrorValue }[] = [
      ...line.unreadable,
    ]
    const known: Omit<KnownVersion, 'isNewest'>[] = []
    // Newest first, so that what the budget leaves out is the oldest.
    for (const { version, path, bytes, timestamp } of line.versions.toReversed()) {
      await pace()
      if (bytes > budget) {
        skipped++
        continue
      }
      budget -= bytes
      try {
        const file = await dataset.store.read(path, MAX_MANIFEST_BYTES)
        const manifest = await completeCounts(dataset.store, line.folder, decodeManifest(file))
        if (!newest.has(line)) newest.set(line, manifest)
        kinship.add(path, file)
        await files.add(line, { version, path }, manifest)
        const claims = { branch: manifest.branch, version: manifest.version }
        known.push({ line, version, path, bytes, timestamp, claims, transaction: readInlineTransaction(file) })
      } catch (error) {
        damaged.push({ version, path, error: toErrorValue(error) })
      }
    }
    slips.push(...kinship.finish())
    const top = known[0]?.version ?? -1
    versions.push(...known.toReversed().map((it) => ({ ...it, isNewest: it.version === top })))
    broken.push(...damaged.map((it) => ({ ...it, line, isNewest: it.version > top })))
  }
  const sizes = new Map(snapshot.files.map(({ path, bytes }) => [path, bytes]))
  return { dataset, snapshot, sizes, versions, broken, newest, files: files.finish(), slips, skipped }
}

/** A line as people call it. */
export function nameLine({ branch }: Pick<Line, 'branch'>): string {
  return branch === undefined ? 'main' : `branch ${branch}`
}
