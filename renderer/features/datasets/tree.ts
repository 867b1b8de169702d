import type { ErrorValue } from '#shared/errors.ts'
import { baseName, parentName } from '#renderer/features/workspace/index.ts'
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
  readonly path: string
  readonly folders: Map<string, FolderNode>
  readonly entries: FoundEntry[]
  datasets: number
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
  const tree = toFolders(items)
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
  return [row, ...flattenFolder(tree, root, 2, collapsed), ...notes(root, find)]
}

function flattenFolder(
  folder: FolderNode,
  root: string,
  level: number,
  collapsed: ReadonlySet<string>,
): readonly TreeRow[] {
  const folders = [...folder.folders].toSorted(([a], [b]) => compareNames(a, b))
  const entries = folder.entries.toSorted((a, b) => compareNames(a.name, b.name))
  return [
    ...folders.flatMap(([name, child]): readonly TreeRow[] => {
      const id = folderId(root, child.path)
      const isExpanded = !collapsed.has(id)
      const row: TreeRow = {
        kind: 'folder',
        id,
        level,
        label: name,
        root,
        location: `${root.replace(/\/$/, '')}/${child.path}`,
        isExpanded,
        isRoot: false,
        datasets: child.datasets,
        isSearching: false,
      }
      return isExpanded ? [row, ...flattenFolder(child, root, level + 1, collapsed)] : [row]
    }),
    ...entries.map((entry) => entryRow(entry, root, level, false)),
  ]
}

function entryRow(item: FoundEntry, root: string, level: number, isRoot: boolean): TreeRow {
  const base = { id: `entry:${root}:${item.location}`, level, label: item.name, root, location: item.location, isRoot }
  return item.kind === 'dataset' ? { ...base, kind: 'dataset', item } : { ...base, kind: 'broken', item }
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

function toFolders(items: readonly FoundEntry[]): FolderNode {
  const top: FolderNode = { path: '', folders: new Map(), entries: [], datasets: 0 }
  for (const item of items) {
    let node = top
    node.datasets += 1
    for (const name of parentName(`/${item.relativePath}`)
      .split('/')
      .filter((part) => part !== '')) {
      let child = node.folders.get(name)
      if (child === undefined) {
        child = { path: node.path === '' ? name : `${node.path}/${name}`, folders: new Map(), entries: [], datasets: 0 }
        node.folders.set(name, child)
      }
      child.datasets += 1
      node = child
    }
    node.entries.push(item)
  }
  return top
}

const NAMES = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function compareNames(a: string, b: string): number {
  return NAMES.compare(a, b)
}
