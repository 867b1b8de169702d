import type { Ref } from '#shared/model/ref.ts'
import type { BranchEntry } from '#shared/model/version.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { checkWritable, findBranch, listManifests, refNotFound } from '../datasets/index.ts'
import { branchPathProblem, type nativeWriterFor } from '../lance/index.ts'
import { checkBranchName } from './names.ts'

/** A branch to make or delete, and what it takes to do so. */
export interface BranchWrite {
  readonly dataset: OpenDataset
  readonly name: string
  readonly writer: ReturnType<typeof nativeWriterFor>
  readonly signal: AbortSignal
}

/**
 * Starts a branch at any state; absent = newest of main. All that Lance would only notice halfway is checked first:
 * `invalid-name`, `already-exists`, `version-not-found`, `ref-not-found`, `read-only`.
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
    await dataset.manifest(at)
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
