import type { StorageFileKind } from '#shared/model/storage.ts'
import { parseManifestName } from '../format/names.ts'

/** What a path of a dataset says about its file. */
export interface PlacedFile {
  readonly kind: StorageFileKind
  /** Folder of the branch it lies in (`tree/{branch}`), as far as the path tells; empty for main. */
  readonly folder: string
  /**
   * What versions call it by: the path of a data, deletion, transaction or signature file, that of the data file a blob sidecar
   * belongs to, or `_indices/{uuid}` for every file of an index segment, wherever it lies. Undefined for anything that
   * no manifest names.
   */
  readonly key?: string
}

/** Folders of a dataset or branch that Lance keeps for itself, besides `data`. */
const OWN_FOLDERS = ['_versions', '_transactions', '_deletions', '_indices', '_mem_wal', '_computed', '_blobs']

/** The key of an index segment. Uuids are unique, so the folder says nothing more. */
export function indexKey(uuid: string): string {
  return `_indices/${uuid}`
}

/** Says what a file is by its path from the dataset's root, by the grammar of every path Lance writes. */
export function placeFile(path: string): PlacedFile {
  const parts = path.split('/')
  const start = parts[0] === 'tree' ? branchEnd(parts) : 0
  const folder = parts.slice(0, start).join('/')
  const inner = start === 0 ? parts : parts.slice(start)
  return { folder, ...placeInner(path, folder, inner) }
}

/**
 * Index of the first part below the branch: the first of Lance's own folders, else the last `data`, since a branch may
 * be called `a/data`; the file itself without any.
 */
function branchEnd(parts: readonly string[]): number {
  const own = parts.findIndex((part, index) => index > 1 && OWN_FOLDERS.includes(part))
  if (own !== -1) return own
  const data = parts.slice(0, -1).lastIndexOf('data')
  return data > 1 ? data : parts.length - 1
}

/** What Lance's local store writes first and renames when it is whole: `{name}#{number}`. It does not list them. */
export function isHalfWritten(path: string): boolean {
  return /#\d+$/.test(path)
}

/**
 * What Lance's writers of local data files write first and rename when it is whole: `.tmp` and six random characters. A
 * writer that is killed leaves it. Those of an index lie in the segment's folder and go with it.
 */
function isStoppedWrite(parts: readonly string[]): boolean {
  return /^(data|_deletions|_transactions)$/.test(parts[0] ?? '') && /^\.tmp[^.]*$/.test(parts.at(-1) ?? '')
}

/** True for files of stopped writers that LanceDB's cleanup never removes: it knows those in `_versions` only. */
export function isLeftByCleanup({ path, placed }: { readonly path: string; readonly placed: PlacedFile }): boolean {
  return placed.kind === 'temporary' && !(!isHalfWritten(path) && path.includes('_versions/.tmp'))
}

type Inner = Omit<PlacedFile, 'folder'>

function placeInner(path: string, folder: string, parts: readonly string[]): Inner {
  const [top = '', second = '', third = ''] = parts
  const name = parts.at(-1) ?? ''
  if (isHalfWritten(path) || isStoppedWrite(parts)) return { kind: 'temporary' }
  switch (top) {
    case '_versions':
      return { kind: parts.length === 2 ? versionsKind(name) : 'unknown' }
    case '_transactions':
      return name.endsWith('.txn') ? { kind: 'transaction', key: path } : { kind: 'unknown' }
    case 'data':
      return placeData(path, folder, parts)
    case '_deletions':
      return /\.(arrow|bin)$/.test(name) ? { kind: 'deletion', key: path } : { kind: 'unknown' }
    case '_indices':
      return parts.length > 2 ? { kind: 'index', key: indexKey(second) } : { kind: 'unknown' }
    case '_mem_wal':
      return { kind: 'wal' }
    case '_computed':
      return name.endsWith('.sig') ? { kind: 'computed-signature', key: path } : { kind: 'unknown' }
    case '_blobs':
      return { kind: name.endsWith('.blob') ? 'blob' : 'unknown' }
    case '_refs':
      return { kind: folder === '' && parts.length === 3 && third.endsWith('.json') ? refKind(second) : 'unknown' }
    default:
      return { kind: path === '.lance-reserved' ? 'reserved' : 'unknown' }
  }
}

function versionsKind(name: string): StorageFileKind {
  if (name === 'latest_version_hint.json') return 'version-hint'
  // `.tmp…` is left by a failed commit on a file system, `{name}-{uuid}` by one that used an external commit store.
  if (name.startsWith('.tmp') || /\.manifest-.+$/.test(name)) return 'temporary'
  const parsed = parseManifestName(name)
  if (parsed === undefined) return 'unknown'
  return parsed.kind === 'detached' ? 'detached-manifest' : 'manifest'
}

function placeData(path: string, folder: string, parts: readonly string[]): Inner {
  const name = parts.at(-1) ?? ''
  if (name.endsWith('.lance')) return { kind: 'data', key: path }
  const isSidecar = parts.length === 3 && name.endsWith('.blob')
  if (!isSidecar) return { kind: 'unknown' }
  const prefix = folder === '' ? '' : `${folder}/`
  return { kind: 'blob', key: `${prefix}data/${parts[1]}.lance` }
}

function refKind(folder: string): StorageFileKind {
  if (folder === 'tags') return 'tag'
  return folder === 'branches' ? 'branch' : 'unknown'
}
