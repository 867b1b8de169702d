import { stat } from 'node:fs/promises'
import type { FoundItem } from '#shared/model/dataset.ts'
import { AppError } from '#shared/errors.ts'
import { resolveRealPath } from '../store/local-path.ts'
import { fileError } from '../store/errno.ts'
import { visitFolder, type Folder, type Visit } from './visit-folder.ts'

const DEFAULT_DEPTH = 8
const MAX_FOLDERS = 50_000
/** Folders looked at ahead of the one whose findings come next. */
const LOOK_AHEAD = 8

export interface FindOptions {
  readonly root: string | undefined
  readonly maxDepth?: number | undefined
  readonly maxFolders?: number
  readonly signal: AbortSignal
}

/**
 * Walks a folder tree level by level and yields each dataset as it is met, damaged ones with their reason, then `end`.
 * The location may be a dataset itself. Never looks inside datasets; links are followed once per real folder.
 */
export async function* findDatasets(location: string, options: FindOptions): AsyncGenerator<FoundItem> {
  const { root, signal, maxDepth = DEFAULT_DEPTH, maxFolders = MAX_FOLDERS } = options
  const start = await resolveRealPath(location, root)
  await checkIsFolder(start)
  const queue: Folder[] = [{ path: start, relativePath: '.', depth: 0 }]
  const visits: Promise<Visit>[] = []
  const seen = new Set<string>()
  let folders = 0
  let datasets = 0
  let isTruncated = false

  while (queue.length > 0 || visits.length > 0) {
    signal.throwIfAborted()
    while (visits.length < LOOK_AHEAD && folders < maxFolders) {
      const folder = queue.shift()
      if (folder === undefined) break
      folders++
      visits.push(visitFolder(folder, { root, seen }))
    }
    const visit = await visits.shift()
    if (visit === undefined) {
      // Only the folder limit leaves a queue behind.
      isTruncated = true
      break
    }
    for (const item of visit.items) {
      if (item.kind === 'dataset') datasets++
      yield item
    }
    if (visit.folders.length > 0 && visit.depth >= maxDepth) isTruncated = true
    else for (const folder of visit.folders) queue.push(folder)
  }
  yield { kind: 'end', folders, datasets, truncated: isTruncated }
}

async function checkIsFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw fileError(error, path)
  })
  if (found.isDirectory()) return
  throw new AppError({
    code: 'not-a-directory',
    message: `${path} is a file, not a folder.`,
    hint: 'Choose a folder: a dataset, or one with datasets in it.',
    detail: { path },
  })
}
