import type { OpenDataset, ResolvedRef } from '../../context.ts'
import { hasFlag, STABLE_ROW_IDS } from '../../format/flags.ts'
import type { Operation } from '../../format/operation.ts'
import type { Manifest } from '../../format/types.ts'
import { listManifests, MAX_MANIFEST_BYTES, readBranches, type ListedManifest } from '../../datasets/index.ts'
import { decodeRewriteGroups, readRewriteGroups, type RewriteGroup } from '../../format/rewrite-groups.ts'
import { joinPath } from '../../format/names.ts'
import { toEntry, type VersionFacts, type VersionFactsReader } from '../../versions/index.ts'
import type { Side } from '../side.ts'

const MAX_TRANSACTION_BYTES = 64 * 1024 * 1024

/** Versions of a dataset read back in time, each manifest once, with what it cost. */
export class History {
  readonly dataset: OpenDataset
  readonly #facts: VersionFactsReader
  readonly #listed = new Map<string | undefined, Promise<readonly ListedManifest[]>>()
  readonly #manifests = new Map<string, Promise<Manifest>>()
  readonly #seen = new Set<string>()

  constructor(dataset: OpenDataset, facts: VersionFactsReader) {
    this.dataset = dataset
    this.#facts = facts
  }

  /** Manifests read so far. */
  get manifestsRead(): number {
    return this.#seen.size
  }

  /** Versions of a branch that still exist, newest first. */
  async versions(branch: string | undefined): Promise<readonly number[]> {
    return (await this.#list(branch)).map(({ version }) => version)
  }

  /** The newest version before one that still exists. */
  async before({ branch, version }: ResolvedRef): Promise<ResolvedRef | undefined> {
    const older = (await this.versions(branch)).find((candidate) => candidate < version)
    return older === undefined ? undefined : { branch, version: older }
  }

  async manifest(at: ResolvedRef): Promise<Manifest> {
    const key = `${at.branch ?? ''}@${at.version}`
    this.#seen.add(key)
    const known = this.#manifests.get(key)
    if (known !== undefined) return known
    const manifest = this.dataset.manifest(at)
    this.#manifests.set(key, manifest)
    return manifest
  }

  async side(at: ResolvedRef): Promise<Side> {
    const manifest = await this.manifest(at)
    return { dataset: this.dataset, at, manifest, hasStableRowIds: hasFlag(manifest.readerFlags, STABLE_ROW_IDS) }
  }

  /** What a version did; undefined when there is no record of it. */
  async operation(at: ResolvedRef): Promise<Operation | undefined> {
    const facts = await this.#read(at)
    return facts?.kind === 'read' ? facts.transaction?.operation : undefined
  }

  /** Time and sentence of a version. */
  async describe(at: ResolvedRef): Promise<{ readonly timestamp: string; readonly sentence: string }> {
    const facts = await this.#read(at)
    const older = await this.before(at)
    if (facts === undefined) return { timestamp: (await this.manifest(at)).timestamp, sentence: '' }
    return toEntry(this.dataset.store, facts, older === undefined ? undefined : await this.#read(older), [])
  }

  /** How a compaction moved rows; undefined when its record is gone. */
  async rewriteGroups(at: ResolvedRef): Promise<readonly RewriteGroup[] | undefined> {
    const listed = (await this.#list(at.branch)).find(({ version }) => version === at.version)
    if (listed === undefined) return undefined
    const inline = readRewriteGroups(await this.dataset.store.read(listed.path, MAX_MANIFEST_BYTES))
    if (inline !== undefined) return inline
    const { transactionFile } = await this.manifest(at)
    const folder = listed.path.split('/').slice(0, -2).join('/')
    const path = joinPath(folder, '_transactions', transactionFile)
    return this.dataset.store.read(path, MAX_TRANSACTION_BYTES).then(decodeRewriteGroups, () => undefined)
  }

  /** Where a branch was forked from; undefined when its record is gone. */
  async origin(branch: string): Promise<ResolvedRef | undefined> {
    const entry = (await readBranches(this.dataset.store)).find(({ name }) => name === branch)
    if (entry === undefined || entry.parentVersion === 0) return undefined
    return { branch: entry.parentBranch, version: entry.parentVersion }
  }

  async #read(at: ResolvedRef): Promise<VersionFacts | undefined> {
    const listed = (await this.#list(at.branch)).find(({ version }) => version === at.version)
    if (listed === undefined) return undefined
    this.#seen.add(`${at.branch ?? ''}@${at.version}`)
    return this.#facts.read(this.dataset.store, listed)
  }

  #list(branch: string | undefined): Promise<readonly ListedManifest[]> {
    const known = this.#listed.get(branch)
    if (known !== undefined) return known
    const listing = listManifests(this.dataset.store, branch)
    this.#listed.set(branch, listing)
    return listing
  }
}
