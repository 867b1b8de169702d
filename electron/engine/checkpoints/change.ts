import type { Checkpoint, CheckpointMember, CheckpointOutcome } from '#shared/model/checkpoint.ts'
import { toErrorValue } from '#shared/errors.ts'
import type { EngineContext } from '../context.ts'
import { checkTagName } from '../datasets/index.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { noteWrite } from '../ledger/index.ts'
import { createTag, deleteTag } from '../tags/index.ts'
import { restoreVersion } from '../versions/index.ts'
import { changeCatalog, readCatalog, type CatalogEntry, type CatalogMember } from './catalog.ts'
import { findMembers, lookAtMember, toTagName, isThere, withMember, type FoundMember } from './members.ts'
import { alreadyThere, cannotRestore, noSuchPoint, notInIt, nothingIn, notWhole, tagStays } from './problems.ts'

/** A restore point to work on. `folder` is a real path. */
export interface CheckpointTarget {
  readonly folder: string
  readonly name: string
}

/** Newest first, each held against its datasets as they are now. */
export async function listCheckpoints(context: EngineContext, folder: string): Promise<readonly Checkpoint[]> {
  const entries = await readCatalog(context.paths.dataDir, folder)
  return Promise.all(entries.toReversed().map((entry) => describe(context, folder, entry)))
}

/**
 * Tags the newest version of every dataset of a folder. What it is meant to hold is written down first, so that one
 * stopped half-way shows as partial. Datasets that cannot be tagged are told and do not stop the others.
 */
export async function createCheckpoint(
  context: EngineContext,
  { folder, name }: CheckpointTarget,
  note: string | undefined,
  signal: AbortSignal,
): Promise<{ readonly checkpoint: Checkpoint; readonly outcomes: readonly CheckpointOutcome[] }> {
  const { dataDir } = context.paths
  const tag = toTagName(name)
  checkTagName(tag)
  const members = await findMembers(context, folder, signal)
  if (members.length === 0) throw nothingIn(folder)
  signal.throwIfAborted()
  const entry: CatalogEntry = {
    name,
    createdAt: new Date().toISOString(),
    ...(note === undefined ? {} : { note }),
    members: members.map(toCatalogMember),
  }
  await changeCatalog(dataDir, folder, (entries) => {
    if (entries.some((it) => it.name === name)) throw alreadyThere(name)
    return [...entries, entry]
  })
  const outcomes: CheckpointOutcome[] = []
  for (const { path, version, error } of members) {
    if (version === undefined) outcomes.push({ path, ...(error === undefined ? {} : { error }) })
    else {
      outcomes.push(
        await attempt(path, () =>
          withMember(context, folder, path, async (dataset) => {
            // Once begun it is made whole: a restore point of some of the datasets would be worth little.
            const whole = new AbortController().signal
            await createTag({ dataset, name: tag, writer: nativeWriterFor(dataDir), signal: whole }, { version })
            return version
          }),
        ),
      )
    }
  }
  return { checkpoint: await describe(context, folder, entry), outcomes }
}

/**
 * Commits the versions of a restore point anew. Unless datasets are named, all of them must still have theirs, and none is
 * touched otherwise; a dataset already at its version is left as it is.
 */
export async function restoreCheckpoint(
  context: EngineContext,
  { folder, name }: CheckpointTarget,
  paths: readonly string[] | undefined,
): Promise<readonly CheckpointOutcome[]> {
  const entry = await find(context, { folder, name })
  const { members } = await describe(context, folder, entry)
  const unknown = paths?.find((path) => !members.some((it) => it.path === path))
  if (unknown !== undefined) throw notInIt(name, unknown)
  const lost = members.filter(({ state }) => !isThere(state))
  if (paths === undefined && lost.length > 0)
    throw notWhole(
      name,
      lost.map(({ path }) => path),
    )
  const outcomes: CheckpointOutcome[] = []
  for (const member of members.filter((it) => paths === undefined || paths.includes(it.path))) {
    outcomes.push(await restoreMember(context, { folder, name }, member))
  }
  return outcomes
}

/**
 * Removes the tags, then the record; where a tag cannot be removed, also since its dataset does not open, the restore point
 * stays to be tried again.
 */
export async function deleteCheckpoint(
  context: EngineContext,
  { folder, name }: CheckpointTarget,
): Promise<readonly CheckpointOutcome[]> {
  const entry = await find(context, { folder, name })
  const { members } = await describe(context, folder, entry)
  const outcomes: CheckpointOutcome[] = []
  for (const member of members) outcomes.push(await untagMember(context, { folder, name }, member))
  if (outcomes.every(({ error }) => error === undefined)) {
    await changeCatalog(context.paths.dataDir, folder, (entries) => entries.filter((it) => it.name !== name))
  }
  return outcomes
}

async function restoreMember(
  context: EngineContext,
  { folder, name }: CheckpointTarget,
  { path, state }: CheckpointMember,
): Promise<CheckpointOutcome> {
  if (!isThere(state)) return { path, error: cannotRestore(name, path, state) }
  const { version } = state
  return attempt(path, () =>
    withMember(context, folder, path, async (dataset) => {
      const newest = await dataset.resolve()
      if (newest.version === version) return version
      const write = { dataset, writer: nativeWriterFor(context.paths.dataDir), signal: new AbortController().signal }
      const note = { operation: 'checkpoints.restore', title: `Restore version ${version} of restore point ${name}` }
      const made = await noteWrite(context, dataset, note, () => restoreVersion(write, { branch: undefined, version }))
      return made.version
    }),
  )
}

async function untagMember(
  context: EngineContext,
  { folder, name }: CheckpointTarget,
  { path, state }: CheckpointMember,
): Promise<CheckpointOutcome> {
  switch (state.kind) {
    case 'kept':
      return attempt(path, () =>
        withMember(context, folder, path, async (dataset) => {
          const writer = nativeWriterFor(context.paths.dataDir)
          await deleteTag({ dataset, name: toTagName(name), writer, signal: new AbortController().signal })
          return state.version
        }),
      )
    case 'unreadable':
      return { path, error: tagStays(path, state.reason) }
    case 'untagged':
    case 'version-gone':
    case 'dataset-gone':
      return { path, version: state.version }
    case 'not-recorded':
      return { path }
  }
}

async function attempt(path: string, work: () => Promise<number>): Promise<CheckpointOutcome> {
  try {
    return { path, version: await work() }
  } catch (error) {
    return { path, error: toErrorValue(error) }
  }
}

/** What is remembered of a dataset found; why it did not open without the evidence, which would be old. */
function toCatalogMember({ path, version, error }: FoundMember): CatalogMember {
  if (version !== undefined) return { path, version }
  if (error === undefined) return { path }
  const { code, message, hint } = error
  return { path, reason: { code, message, ...(hint === undefined ? {} : { hint }) } }
}

async function describe(context: EngineContext, folder: string, entry: CatalogEntry): Promise<Checkpoint> {
  const tag = toTagName(entry.name)
  const members = await Promise.all(entry.members.map((member) => lookAtMember(context, folder, tag, member)))
  return {
    name: entry.name,
    createdAt: entry.createdAt,
    ...(entry.note === undefined ? {} : { note: entry.note }),
    members,
    isPartial: members.some(({ state }) => state.kind !== 'kept'),
  }
}

async function find(context: EngineContext, { folder, name }: CheckpointTarget): Promise<CatalogEntry> {
  const entry = (await readCatalog(context.paths.dataDir, folder)).find((it) => it.name === name)
  if (entry !== undefined) return entry
  throw noSuchPoint(folder, name)
}
