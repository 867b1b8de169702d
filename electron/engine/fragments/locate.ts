import { isAbsolute } from 'node:path'
import { AppError, type ErrorValue } from '#shared/errors.ts'
import type { OpenDataset, ResolvedRef } from '../context.ts'
import { branchFolder, joinPath } from '../format/names.ts'
import type { Manifest } from '../format/types.ts'
import { createLocalStore } from '../store/local-store.ts'
import type { ObjectStore } from '../store/object-store.ts'

/** The folders fragments have files in. */
type Folder = 'data' | '_deletions'

/** Where a file of a version lies, as people see it: from the dataset's root, or absolute when elsewhere. */
export type Placer = (folder: Folder, name: string, baseId: number | undefined) => string

/** Names of files: below this dataset (or branch), or below the base path (lance.table.BasePath) their id names. */
export function createPlacer(manifest: Pick<Manifest, 'basePaths'>, at: ResolvedRef): Placer {
  const bases = new Map(manifest.basePaths.map((base) => [base.id, base]))
  const own = branchFolder(at.branch)
  const folders = { data: joinPath(own, 'data'), _deletions: joinPath(own, '_deletions') }
  return (folder, name, baseId) => {
    if (baseId === undefined) return `${folders[folder]}/${name}`
    const base = bases.get(baseId)
    if (base === undefined) return `(unknown base ${baseId})/${name}`
    const root = base.path.replace(/\/+$/, '')
    return base.isDatasetRoot ? `${root}/${folder}/${name}` : `${root}/${name}`
  }
}

/** A file one can read, or why not. */
export type FilePlace =
  | {
      readonly kind: 'readable'
      /** For people. */
      readonly shown: string
      readonly store: ObjectStore
      /** From the store's root. */
      readonly path: string
    }
  | { readonly kind: 'elsewhere'; readonly shown: string; readonly problem: ErrorValue }

export type Locator = (folder: Folder, name: string, baseId: number | undefined) => FilePlace

/** Finds files of a version. Those of another dataset are read when it is a folder of this machine. */
export function createLocator(
  dataset: Pick<OpenDataset, 'store'>,
  manifest: Pick<Manifest, 'basePaths'>,
  at: ResolvedRef,
): Locator {
  const place = createPlacer(manifest, at)
  const stores = new Map<number, ObjectStore>()
  return (folder, name, baseId) => {
    const shown = place(folder, name, baseId)
    if (baseId === undefined) return { kind: 'readable', shown, store: dataset.store, path: shown }
    const base = manifest.basePaths.find((it) => it.id === baseId)
    const root = base === undefined ? undefined : toLocalPath(base.path)
    if (base === undefined || root === undefined) return { kind: 'elsewhere', shown, problem: describeElsewhere(shown) }
    const store = stores.get(baseId) ?? createLocalStore(root)
    stores.set(baseId, store)
    return { kind: 'readable', shown, store, path: base.isDatasetRoot ? `${folder}/${name}` : name }
  }
}

/** The folder a base path means, when it is one of this machine. */
function toLocalPath(path: string): string | undefined {
  if (isAbsolute(path)) return path
  try {
    const url = new URL(path)
    return url.protocol === 'file:' && url.hostname === '' ? decodeURIComponent(url.pathname) : undefined
  } catch {
    return undefined
  }
}

function describeElsewhere(shown: string): ErrorValue {
  return new AppError({
    code: 'unsupported-format',
    message: `${shown} lies in another dataset that is no folder of this machine.`,
    hint: 'Open the dataset it belongs to where it is.',
    detail: { path: shown },
  }).toValue()
}
