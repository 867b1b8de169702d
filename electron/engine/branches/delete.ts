import type { BranchEntry } from '#shared/model/version.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { checkWritable, findBranch, readBranches, readTags, refNotFound } from '../datasets/index.ts'
import type { BranchWrite } from './create.ts'

/**
 * Deletes a branch with the files only it uses. Refused with `in-use` while branches start from it or lie in its folder,
 * or tags point at its versions.
 */
export function deleteBranch({
  dataset,
  name,
  writer,
  signal,
}: BranchWrite): Promise<{ readonly deleted: BranchEntry }> {
  return writer.inTurn(dataset, signal, async () => {
    if (name === 'main') throw isMain()
    const deleted = await findBranch(dataset.store, name)
    if (deleted === undefined) throw refNotFound('branch', name)
    await checkUnused(dataset, name)
    await checkWritable(dataset, undefined, ['_refs/branches', `tree/${name}`])
    signal.throwIfAborted()
    await writer.deleteBranch(dataset, name)
    return { deleted }
  })
}

async function checkUnused(dataset: OpenDataset, name: string): Promise<void> {
  const [branches, tags] = await Promise.all([readBranches(dataset.store), readTags(dataset.store)])
  const children = branches.filter((it) => it.parentBranch === name).map((it) => it.name)
  if (children.length > 0) throw inUse(name, 'branches', children, 'started from it')
  // Lance takes such a branch off the list and leaves its files, where they block its name.
  const inside = branches.filter((it) => it.name.startsWith(`${name}/`)).map((it) => it.name)
  if (inside.length > 0) throw inUse(name, 'branches', inside, 'keep files in its folder')
  const pointing = tags.filter((it) => it.branch === name).map((it) => it.name)
  if (pointing.length > 0) throw inUse(name, 'tags', pointing, 'point at its versions')
}

const SHOWN = 5

function inUse(name: string, kind: 'branches' | 'tags', users: readonly string[], why: string): AppError {
  const rest = users.length > SHOWN ? ` and ${users.length - SHOWN} more` : ''
  const [isOne, shown] = [users.length === 1, users.slice(0, SHOWN).join(', ')]
  const noun = kind === 'branches' ? (isOne ? 'branch' : 'branches') : isOne ? 'tag' : 'tags'
  return new AppError({
    code: 'in-use',
    message: `The branch "${name}" cannot be deleted: the ${noun} ${shown}${rest} ${isOne ? why.replace(/^(keep|point)/, '$1s') : why}.`,
    hint: kind === 'branches' ? 'Delete what depends on it first.' : 'Delete those tags or move them first.',
    detail: { branch: name, [kind]: users },
  })
}

function isMain(): AppError {
  return new AppError({
    code: 'invalid-name',
    message: 'The main branch cannot be deleted.',
    hint: 'To get rid of the dataset, delete its folder.',
  })
}
