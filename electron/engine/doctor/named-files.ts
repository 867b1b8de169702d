import { isAbsolute } from 'node:path'
import type { OpenDataset } from '../context.ts'
import { isSystemIndex } from '../format/index-section.ts'
import { deletionFileName, joinPath } from '../format/names.ts'
import type { Manifest, ManifestFragment, ManifestIndex } from '../format/types.ts'
import { createLocalStore } from '../store/local-store.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { createBaseResolver, Line } from '../storage/index.ts'

/** Where a file named by a version lies. */
export interface NamedPlace {
  /** From the dataset's root; of other datasets absolute or a URL. */
  readonly shown: string
  /** Undefined when it lies on no folder of this machine. */
  readonly store: ObjectStore | undefined
  /** From the store's root. */
  readonly path: string
  readonly isInside: boolean
}

/** Who names a file: the newest version that does, and whether a newest version is among them. */
interface Named extends NamedPlace {
  readonly line: Line
  readonly version: number
  isCurrent: boolean
}

export interface NamedDataFile extends Named {
  /** Sizes, rows and formats versions recorded, each with a manifest that says so; more than one is a contradiction. */
  readonly bytes: Map<number, string>
  readonly rows: Map<number, string>
  readonly formats: Map<string, string>
  readonly fields: readonly number[]
  readonly columnIndices: readonly number[]
  /** Types by field id, of the newest version that names the file. */
  readonly types: ReadonlyMap<number, string>
  readonly fragment: number
}

export interface NamedDeletion extends Named {
  readonly type: 'arrow' | 'bitmap'
  readonly physicalRows: number
  /** As versions recorded it, each with a manifest that says so. */
  readonly deletedRows: Map<number, string>
  readonly fragment: number
}

export interface NamedSegment extends Named {
  readonly index: ManifestIndex
  /** Folder of its files, as `path`. */
  readonly isSystem: boolean
}

export interface NamedFiles {
  readonly data: readonly NamedDataFile[]
  readonly deletions: readonly NamedDeletion[]
  readonly segments: readonly NamedSegment[]
}

/** Gathers every file the versions name, each once. Newer versions of a line are to be added first. */
export function createLedgerOfFiles(dataset: OpenDataset, resolveBase: ReturnType<typeof createBaseResolver>) {
  const data = new Map<string, NamedDataFile>()
  const deletions = new Map<string, NamedDeletion>()
  const segments = new Map<string, NamedSegment>()
  const seen = new Set<Line>()
  const stores = new Map<string, ObjectStore>()

  const storeOf = (root: string): ObjectStore => {
    const store = stores.get(root) ?? createLocalStore(root)
    stores.set(root, store)
    return store
  }

  return {
    async add(line: Line, { version, path }: { version: number; path: string }, manifest: Manifest): Promise<void> {
      const isCurrent = !seen.has(line)
      seen.add(line)
      const place = await createPlaces(dataset, line, manifest, resolveBase, storeOf)
      const types = new Map(flatten(manifest.schema))
      for (const fragment of manifest.fragments) {
        for (const file of fragment.files) {
          const at = place('data', file.path, file.baseId)
          const known = data.get(at.shown)
          if (known === undefined) {
            data.set(at.shown, {
              ...at,
              line,
              version,
              isCurrent,
              bytes: new Map(file.bytes === null ? [] : [[file.bytes, path]]),
              rows: new Map(isUncounted(fragment) ? [] : [[fragment.physicalRows, path]]),
              formats: new Map([[file.formatVersion, path]]),
              fields: file.fields,
              columnIndices: file.columnIndices,
              types,
              fragment: fragment.id,
            })
          } else {
            if (file.bytes !== null) known.bytes.set(file.bytes, path)
            if (!isUncounted(fragment)) known.rows.set(fragment.physicalRows, path)
            known.formats.set(file.formatVersion, path)
            known.isCurrent ||= isCurrent
          }
        }
        const { deletion, physicalRows } = fragment
        if (deletion === undefined) continue
        const at = place('_deletions', deletionFileName(fragment.id, deletion), deletion.baseId)
        const known = deletions.get(at.shown)
        if (known !== undefined) {
          known.isCurrent ||= isCurrent
          known.deletedRows.set(deletion.deletedRows, path)
        } else {
          const { type } = deletion
          const deletedRows = new Map([[deletion.deletedRows, path]])
          deletions.set(at.shown, {
            ...at,
            line,
            version,
            isCurrent,
            type,
            deletedRows,
            physicalRows,
            fragment: fragment.id,
          })
        }
      }
      for (const index of manifest.indices) {
        const known = segments.get(index.uuid)
        if (known !== undefined) known.isCurrent ||= isCurrent
        else {
          const at = place('_indices', index.uuid, index.baseId)
          segments.set(index.uuid, { ...at, line, version, isCurrent, index, isSystem: isSystemIndex(index.name) })
        }
      }
    },
    finish: (): NamedFiles => ({
      data: [...data.values()],
      deletions: [...deletions.values()],
      segments: [...segments.values()],
    }),
  }
}

/** The first writers left rows out of the manifest; the files could not tell them either. */
function isUncounted({ physicalRows, files }: ManifestFragment): boolean {
  return (
    physicalRows === 0 && files.every(({ formatVersion }) => formatVersion === '' || formatVersion.startsWith('0.'))
  )
}

type Folder = 'data' | '_deletions' | '_indices'

async function createPlaces(
  { store }: OpenDataset,
  line: Line,
  { basePaths }: Manifest,
  resolveBase: ReturnType<typeof createBaseResolver>,
  storeOf: (root: string) => ObjectStore,
): Promise<(folder: Folder, name: string, baseId: number | undefined) => NamedPlace> {
  const bases = new Map<number, (folder: Folder, name: string) => NamedPlace>()
  for (const { id, path, isDatasetRoot } of basePaths) {
    const { folder: inside } = await resolveBase(path)
    const root = path.replace(/\/+$/, '')
    bases.set(id, (folder, name) => {
      const below = isDatasetRoot ? joinPath(folder, name) : name
      if (inside !== undefined) {
        const own = joinPath(inside, below)
        return { shown: own, store, path: own, isInside: true }
      }
      return {
        shown: `${root}/${below}`,
        store: isAbsolute(root) ? storeOf(root) : undefined,
        path: below,
        isInside: false,
      }
    })
  }
  return (folder, name, baseId) => {
    const own = joinPath(line.folder, folder, name)
    if (baseId === undefined) return { shown: own, store, path: own, isInside: true }
    return (
      bases.get(baseId)?.(folder, name) ?? {
        shown: `(unknown base ${baseId})/${name}`,
        store: undefined,
        path: name,
        isInside: false,
      }
    )
  }
}

function flatten(fields: Manifest['schema']): readonly (readonly [number, string])[] {
  return fields.flatMap((field) => [[field.id, field.logicalType] as const, ...flatten(field.children)])
}
