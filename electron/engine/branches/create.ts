import type { Ref } from '#shared/model/ref.ts'
import type { BranchEntry } from '#shared/model/version.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { checkBranchName, checkWritable, findBranch, listManifests, refNotFound } from '../datasets/index.ts'
import { branchPathProblem, type nativeWriterFor } from '../lance/index.ts'

/** A branch to make or delete, and what it takes to do so. */
export interface BranchWrite {
  readonly dataset: OpenDataset
  readonly name: string
  readonly writer: ReturnType<typeof nativeWriterFor>
  readonly signal: AbortSignal
}

/**
 * Starts a branch at any state; absent = newest of main. All that Lance would only notice halfway is checked first:
 * `invalid-name`, `already-exists`, `version-not-found`, `ref-not-found`, `read-only`, `unsupported-format`.
 */
export function createBranch(
  { dataset, name, writer, signal }: BranchWrite,
  from: Ref | undefined,
): Promise<BranchEntry> {
  checkBranchName(name)
  return writer.inTurn(dataset, signal, async () => {
    const problem = branchPathProblem(dataset.location)
    if (problem !== undefined) throw problem
    const at = await dataset.resolve(from)
    await checkFree(dataset, name)
    await checkWritable(dataset, at.branch, ['_refs/branches', `tree/${name}`])
    const inherited = (await dataset.manifest(at)).indices.filter(({ baseId }) => baseId !== undefined)
    if (inherited.length > 0) throw losesIndices(at, [...new Set(inherited.map((index) => index.name))])
    signal.throwIfAborted()
    await writer.createBranch(dataset, name, at)
    const created = await findBranch(dataset.store, name)
    if (created === undefined) throw refNotFound('branch', name)
    return created
  })
}

async function checkFree(dataset: OpenDataset, name: string): Promise<void> {
  const isListed = (await findBranch(dataset.store, name)) !== undefined
  // Left over from a branch deleted by other means; also one that differs in case only, where the disk ignores case.
  if (!isListed && (await listManifests(dataset.store, name)).length === 0) return
  throw new AppError({
    code: 'already-exists',
    message: isListed
      ? `There is a branch "${name}" already.`
      : `The folder tree/${name} holds versions of a branch that is not listed.`,
    hint: 'Choose another name.',
    detail: { branch: name },
  })
}

/**
 * Lance 12 writes into a new branch that all indices lie where it starts from, also those its parent has from elsewhere
 * itself: it would not find them, and every filter on their columns would fail.
 */
function losesIndices({ branch }: ResolvedRef, names: readonly string[]): AppError {
  const where = branch === undefined ? 'this clone' : `branch "${branch}"`
  const [isOne, shown] = [names.length === 1, names.slice(0, 5).join(', ')]
  return new AppError({
    code: 'unsupported-format',
    message: `Lance cannot start a branch from ${where}: it would lose track of the ${isOne ? 'index' : 'indices'} ${shown}, which ${isOne ? 'lies' : 'lie'} with the parent, and filters would fail.`,
    hint: `Start from the parent, or rebuild or drop ${isOne ? 'that index' : 'those indices'} on ${where} first.`,
    detail: { indices: names },
  })
}
