import type { StorageFile } from '#shared/model/storage.ts'
import { type ClassGroup, wordsOf } from '../class-words.ts'

export type BytesByGroup = Readonly<Record<ClassGroup, number>>

export interface FolderNode {
  readonly kind: 'folder'
  /** From the dataset's root; empty for the root itself. */
  readonly path: string
  readonly name: string
  readonly bytes: number
  /** Files below, at any depth. */
  readonly files: number
  readonly byGroup: BytesByGroup
  readonly children: readonly TreeNode[]
}

export interface FileNode {
  readonly kind: 'file'
  readonly path: string
  readonly name: string
  readonly bytes: number
  readonly file: StorageFile
}

export type TreeNode = FolderNode | FileNode
export type TreeSort = 'bytes' | 'name'

/** One visible line of the tree. */
export interface TreeRow {
  readonly node: TreeNode
  /** 1-based, as `aria-level`. */
  readonly level: number
  /** Place among its siblings, 1-based, and how many they are. */
  readonly position: number
  readonly siblings: number
  readonly isOpen: boolean
  /** Bytes of the folder it lies in, for its share. */
  readonly folderBytes: number
}

interface Draft {
  readonly path: string
  readonly name: string
  readonly folders: Map<string, Draft>
  readonly files: FileNode[]
}

/** The directory as folders with their sums. `rootName` names the directory itself. */
export function buildTree(files: readonly StorageFile[], rootName: string): FolderNode {
  const root: Draft = { path: '', name: rootName, folders: new Map(), files: [] }
  const drafts = new Map([['', root]])
  for (const file of files) {
    const cut = file.path.lastIndexOf('/')
    const name = file.path.slice(cut + 1)
    draftAt(drafts, file.path.slice(0, Math.max(0, cut))).files.push({
      kind: 'file',
      path: file.path,
      name,
      bytes: file.bytes,
      file,
    })
  }
  return settle(root)
}

function draftAt(drafts: Map<string, Draft>, path: string): Draft {
  const known = drafts.get(path)
  if (known !== undefined) return known
  const cut = path.lastIndexOf('/')
  const draft: Draft = { path, name: path.slice(cut + 1), folders: new Map(), files: [] }
  drafts.set(path, draft)
  draftAt(drafts, path.slice(0, Math.max(0, cut))).folders.set(draft.name, draft)
  return draft
}

function settle(draft: Draft): FolderNode {
  const folders = [...draft.folders.values()].map(settle)
  const byGroup: Record<ClassGroup, number> = { live: 0, kept: 0, past: 0, stray: 0 }
  let bytes = 0
  let files = draft.files.length
  for (const { file } of draft.files) {
    bytes += file.bytes
    byGroup[wordsOf(file.class).group] += file.bytes
  }
  for (const folder of folders) {
    bytes += folder.bytes
    files += folder.files
    for (const group of ['live', 'kept', 'past', 'stray'] as const) byGroup[group] += folder.byGroup[group]
  }
  return {
    kind: 'folder',
    path: draft.path,
    name: draft.name,
    bytes,
    files,
    byGroup,
    children: [...folders, ...draft.files],
  }
}

/** The lines in sight: the root, and what lies in open folders, largest or alphabetically first. */
export function flattenTree(root: FolderNode, isOpen: (path: string) => boolean, sort: TreeSort): readonly TreeRow[] {
  const rows: TreeRow[] = []
  const append = (node: TreeNode, row: Omit<TreeRow, 'node' | 'isOpen'>): void => {
    const opened = node.kind === 'folder' && isOpen(node.path)
    rows.push({ node, isOpen: opened, ...row })
    if (!opened) return
    const children = sortNodes(node.children, sort)
    children.forEach((child, index) =>
      append(child, {
        level: row.level + 1,
        position: index + 1,
        siblings: children.length,
        folderBytes: node.bytes,
      }),
    )
  }
  append(root, { level: 1, position: 1, siblings: 1, folderBytes: root.bytes })
  return rows
}

function sortNodes(nodes: readonly TreeNode[], sort: TreeSort): readonly TreeNode[] {
  return nodes.toSorted((a, b) => {
    if (sort === 'bytes' && a.bytes !== b.bytes) return b.bytes - a.bytes
    if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1
    return a.name < b.name ? -1 : 1
  })
}

/** The folders a path lies in, outermost first, the root included. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))]
}
