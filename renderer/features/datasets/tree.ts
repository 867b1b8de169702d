import type { ErrorValue } from '#shared/errors.ts'
import { baseName, datasetName, queuePlace } from '#renderer/features/workspace/index.ts'
import type { FindState, FoundEntry } from './find-store.ts'

type Dataset = Extract<FoundEntry, { readonly kind: 'dataset' }>
type Broken = Extract<FoundEntry, { readonly kind: 'broken' }>

interface RowBase {
  /** Unique in the tree and stable while items stream in. */
  readonly id: string
  /** 1-based depth, as `aria-level` counts. */
  readonly level: number
  readonly label: string
  /** The opened location this row belongs to. */
  readonly root: string
}

/** One visible line of the sidebar. */
export type TreeRow =
  | (RowBase & {
      readonly kind: 'folder'
      readonly location: string
      readonly isExpanded: boolean
      readonly isRoot: boolean
      /** Datasets below, readable or broken. */
      readonly datasets: number
      readonly isSearching: boolean
    })
  | (RowBase & {
      readonly kind: 'dataset'
      readonly location: string
      readonly item: Dataset
      readonly isRoot: boolean
    })
  | (RowBase & { readonly kind: 'broken'; readonly location: string; readonly item: Broken; readonly isRoot: boolean })
  | (RowBase & { readonly kind: 'note'; readonly tone: 'quiet' | 'bad'; readonly error?: ErrorValue })

interface FolderNode {
  readonly name: string
  readonly path: string
  /** By name. */
  readonly folders: readonly FolderNode[]
  /** By name. */
  readonly entries: readonly FoundEntry[]
  /** Datasets below, readable or broken. */
  readonly datasets: number
}

/** The visible lines: each root with what was found in it, folders before datasets, by name. */
export function flattenTree(
  roots: readonly string[],
  finds: Readonly<Record<string, FindState>>,
  collapsed: ReadonlySet<string>,
): readonly TreeRow[] {
  return roots.flatMap((root) => flattenRoot(root, finds[root], collapsed))
}

/** Id of a folder row; also what `collapsed` holds. */
export function folderId(root: string, path: string): string {
  return `folder:${root}:${path}`
}

function flattenRoot(root: string, find: FindState | undefined, collapsed: ReadonlySet<string>): readonly TreeRow[] {
  const items = find?.items ?? []
  const itself = items.length === 1 ? items[0] : undefined
  if (itself?.relativePath === '.') return [entryRow(itself, root, 1, true)]
  const id = folderId(root, '')
  const isExpanded = !collapsed.has(id)
  const row: TreeRow = {
    kind: 'folder',
    id,
    level: 1,
    label: baseName(root),
    root,
    location: root,
    isExpanded,
    isRoot: true,
    datasets: items.length,
    isSearching: find?.status === 'searching',
  }
  if (!isExpanded) return [row]
  return [row, ...flattenFolder(foldersOf(items), root, 2, collapsed), ...notes(root, find)]
}

function flattenFolder(
  folder: FolderNode,
  root: string,
  level: number,
  collapsed: ReadonlySet<string>,
): readonly TreeRow[] {
  return [
    ...folder.folders.flatMap((child): readonly TreeRow[] => {
      const id = folderId(root, child.path)
      const isExpanded = !collapsed.has(id)
      const row: TreeRow = {
        kind: 'folder',
        id,
        level,
        label: child.name,
        root,
        location: `${root.replace(/\/$/, '')}/${child.path}`,
        isExpanded,
        isRoot: false,
        datasets: child.datasets,
        isSearching: false,
      }
      return isExpanded ? [row, ...flattenFolder(child, root, level + 1, collapsed)] : [row]
    }),
    ...folder.entries.map((entry) => entryRow(entry, root, level, false)),
  ]
}

/** A bucket's folder is called like every other one's; its topic tells them apart. */
function labelOf({ name, location }: FoundEntry): string {
  return queuePlace(location) === null ? name : datasetName(location)
}

const entryRows = new WeakMap<FoundEntry, TreeRow>()

/** An item's row, made once: an item is found by the search of one root, at one place. */
function entryRow(item: FoundEntry, root: string, level: number, isRoot: boolean): TreeRow {
  const known = entryRows.get(item)
  if (known?.root === root) return known
  const base = {
    id: `entry:${root}:${item.location}`,
    level,
    label: labelOf(item),
    root,
    location: item.location,
    isRoot,
  }
  const row: TreeRow = item.kind === 'dataset' ? { ...base, kind: 'dataset', item } : { ...base, kind: 'broken', item }
  entryRows.set(item, row)
  return row
}

function notes(root: string, find: FindState | undefined): readonly TreeRow[] {
  const note = (name: string, label: string, error?: ErrorValue): TreeRow => ({
    kind: 'note',
    id: `note:${root}:${name}`,
    level: 2,
    label,
    root,
    tone: error === undefined ? 'quiet' : 'bad',
    ...(error === undefined ? {} : { error }),
  })
  if (find === undefined) return []
  if (find.status === 'failed' && find.error !== undefined) return [note('failed', find.error.message, find.error)]
  if (find.status === 'cancelled') return [note('cancelled', 'Search stopped. Refresh to search again.')]
  if (find.status === 'searching') return find.items.length === 0 ? [note('searching', 'Searching…')] : []
  if (find.items.length === 0) return [note('none', 'No Lance datasets in here.')]
  return find.truncated ? [note('truncated', 'Too many folders: not all were searched.')] : []
}

const trees = new WeakMap<readonly FoundEntry[], FolderNode>()

/** The folders of a find result. Kept with the result: sorting 10,000 names takes longer than drawing a frame. */
function foldersOf(items: readonly FoundEntry[]): FolderNode {
  const known = trees.get(items)
  if (known !== undefined) return known
  const tree = toFolder('', '', items, 0)
  trees.set(items, tree)
  return tree
}

/** Items whose path agrees in its first `depth` parts, as a folder. */
function toFolder(name: string, path: string, items: readonly FoundEntry[], depth: number): FolderNode {
  const below = new Map<string, FoundEntry[]>()
  const entries: FoundEntry[] = []
  for (const item of items) {
    const parts = item.relativePath.split('/')
    const part = parts[depth]
    if (part === undefined || depth >= parts.length - 1) entries.push(item)
    else {
      const folder = below.get(part)
      if (folder === undefined) below.set(part, [item])
      else folder.push(item)
    }
  }
  const folders = [...below].map(([child, inside]) =>
    toFolder(child, path === '' ? child : `${path}/${child}`, inside, depth + 1),
  )
  return { name, path, folders: sortByName(folders), entries: sortByName(entries), datasets: items.length }
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function sortByName<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => NAMES.compare(a.name, b.name))
}
