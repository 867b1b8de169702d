import type { Ref } from '#shared/model/ref.ts'
import type { TagEntry } from '#shared/model/version.ts'
import { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { checkTagName, checkWritable, findTag, refNotFound } from '../datasets/index.ts'
import type { nativeWriterFor } from '../lance/index.ts'

type Writer = ReturnType<typeof nativeWriterFor>

/** A tag to change, and what it takes to do so. */
export interface TagWrite {
  readonly dataset: OpenDataset
  readonly name: string
  readonly writer: Writer
  readonly signal: AbortSignal
}

/** Makes a tag. `invalid-name`, `already-exists`, `version-not-found`, `ref-not-found`, `read-only`. */
export function createTag({ dataset, name, writer, signal }: TagWrite, ref: Ref | undefined): Promise<TagEntry> {
  checkTagName(name)
  return writer.inTurn(dataset, signal, async () => {
    const at = await dataset.resolve(ref)
    const existing = await findTag(dataset.store, name)
    if (existing !== undefined) throw alreadyExists(existing)
    await checkWritable(dataset, at.branch, ['_refs/tags'])
    signal.throwIfAborted()
    await writer.createTag(dataset, name, at)
    return getTag(dataset, name)
  })
}

/** Points a tag elsewhere. `ref-not-found` for a tag that is not there, `corrupt-data` for one that cannot be read. */
export function moveTag(
  { dataset, name, writer, signal }: TagWrite,
  ref: Ref | undefined,
): Promise<{ readonly before: TagEntry; readonly after: TagEntry }> {
  return writer.inTurn(dataset, signal, async () => {
    const before = await getTag(dataset, name)
    if (before.problem !== undefined) throw damaged(before)
    const at = await dataset.resolve(ref)
    await checkWritable(dataset, at.branch, ['_refs/tags'])
    signal.throwIfAborted()
    await writer.moveTag(dataset, name, at)
    return { before, after: await getTag(dataset, name) }
  })
}

/** Removes a tag, also one that cannot be read or whose name Lance chokes on; what it was. */
export function deleteTag({ dataset, name, writer, signal }: TagWrite): Promise<{ readonly deleted: TagEntry }> {
  return writer.inTurn(dataset, signal, async () => {
    const deleted = await getTag(dataset, name)
    await checkWritable(dataset, undefined, ['_refs/tags'])
    signal.throwIfAborted()
    await writer.deleteTag(dataset, name)
    return { deleted }
  })
}

async function getTag(dataset: OpenDataset, name: string): Promise<TagEntry> {
  const tag = await findTag(dataset.store, name)
  if (tag === undefined) throw refNotFound('tag', name)
  return tag
}

function alreadyExists(tag: TagEntry): AppError {
  const where = tag.branch === undefined ? '' : ` of branch "${tag.branch}"`
  const what = tag.problem === undefined ? `it points to version ${tag.version}${where}` : 'its file is damaged'
  return new AppError({
    code: 'already-exists',
    message: `There is a tag "${tag.name}" already: ${what}.`,
    hint:
      tag.problem === undefined ? 'Choose another name, or move that tag.' : 'Choose another name, or delete that tag.',
    detail: { tag: tag.name },
  })
}

function damaged(tag: TagEntry): AppError {
  return new AppError({
    code: 'corrupt-data',
    message: `The tag "${tag.name}" cannot be moved: ${tag.problem ?? ''}`,
    hint: 'Delete it and make it anew.',
    detail: { tag: tag.name },
  })
}
