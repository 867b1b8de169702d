import { toErrorValue, type ErrorValue } from '#shared/errors.ts'
import { withVersion } from '../../datasets/index.ts'
import { joinPath } from '../../format/names.ts'
import type { BasePath } from '../../format/types.ts'
import { WireReader } from '../../format/wire.ts'
import type { ObjectStore } from '../../store/object-store.ts'
import type { Pace } from '../pace.ts'
import { indexKey } from '../paths.ts'
import type { BaseTarget } from './base-paths.ts'
import { readOperationName } from './manifest-parts.ts'
import { ManifestWalker, type WalkedManifest } from './manifest-walk.ts'
import type { Line, VersionReference } from './model.ts'
import type { RawReference } from './raw-reference.ts'
import { readAhead, type FoundManifest } from './read-ahead.ts'
import { toNanoseconds } from './time.ts'
import type { UsesBuilder } from './uses-builder.ts'

const MAX_TRANSACTION_BYTES = 64 * 1024 * 1024

export interface LineSource {
  readonly store: ObjectStore
  readonly branch: string | undefined
  readonly folder: string
  /** Oldest first. */
  readonly manifests: readonly FoundManifest[]
  readonly resolveBase: (path: string) => Promise<BaseTarget>
}

/** Reads all manifests of one branch and notes which files each version uses. Manifests deleted meanwhile are left out. */
export async function readLine(
  source: LineSource,
  uses: UsesBuilder,
  pace: Pace,
  signal: AbortSignal,
): Promise<Omit<Line, 'lineage'>> {
  const { store, branch, folder } = source
  const bases = createBases(source)
  const walker = new ManifestWalker((basePaths) => bases.prepare(basePaths, uses))
  const versions: VersionReference[] = []
  const unreadable: { readonly version: number; readonly path: string; readonly error: ErrorValue }[] = []
  uses.startLine()
  for await (const { manifest, read } of readAhead(store, source.manifests, signal)) {
    const { version, path } = manifest
    try {
      if (read.bytes === undefined) throw read.error
      const walked = await walker.walk(read.bytes, pace)
      const transaction = joinPath(folder, '_transactions', walked.transactionFile)
      uses.addVersion(walked.added, walked.removed, walked.transactionFile === '' ? undefined : transaction)
      const operation = walked.operation ?? (await readTransactionName(store, transaction, walked))
      const { timestamp, fragments } = walked
      const timeNs = toNanoseconds(timestamp)
      versions.push({ version, timestamp, timeNs, path, bytes: manifest.bytes, operation, fragments })
    } catch (error) {
      signal.throwIfAborted()
      const value = toErrorValue(withVersion(error, version, path))
      if (value.code !== 'not-found') unreadable.push({ version, path, error: value })
    }
  }
  uses.endLine()
  return { branch, folder, versions, unreadable, ...bases.found() }
}

/** Older writers kept the transaction in a file of its own, which may be gone. */
async function readTransactionName(
  store: ObjectStore,
  path: string,
  { transactionFile }: WalkedManifest,
): Promise<VersionReference['operation']> {
  if (transactionFile === '') return 'unknown'
  try {
    return readOperationName(new WireReader(await store.read(path, MAX_TRANSACTION_BYTES)))
  } catch {
    return 'unknown'
  }
}

/** Resolves the references of a line by its base paths, and remembers where those lead. */
function createBases({ folder, resolveBase }: LineSource) {
  const usedFolders = new Set<string>()
  const aliases = new Set<string>()
  const foreignBases = new Set<string>()

  const prepare = async (basePaths: readonly BasePath[], uses: UsesBuilder) => {
    const targets = new Map<number, { readonly base: BasePath; readonly target: BaseTarget }>()
    for (const base of basePaths) {
      const target = await resolveBase(base.path)
      targets.set(base.id, { base, target })
      if (target.isAlias) aliases.add(base.path)
      if (target.folder === undefined) foreignBases.add(base.path)
    }
    return ({ folder: kind, name, baseId }: RawReference): number | undefined => {
      const found = baseId === undefined ? undefined : targets.get(baseId)
      if (found?.target.folder !== undefined) usedFolders.add(found.target.folder)
      // The segment belongs to whoever names its uuid, wherever it lies: compaction of a branch writes the segment into
      // the branch and still names the base of its parent.
      if (kind === '_indices') return uses.fileOf(indexKey(name))
      if (baseId === undefined) return uses.fileOf(joinPath(folder, kind, name))
      if (found?.target.folder === undefined) return undefined
      const inner = found.base.isDatasetRoot ? joinPath(kind, name) : name
      return uses.fileOf(joinPath(found.target.folder, inner))
    }
  }
  return { prepare, found: () => ({ usedFolders, aliases: [...aliases], foreignBases: [...foreignBases] }) }
}
