import { formatBytes, formatDuration, formatExactBytes, formatNoun, formatShare } from '#shared/model/format.ts'
import type { StorageClassUsage, StorageFile, StorageUsage } from '#shared/model/storage.ts'
import type { TreemapLeaf, TreemapNode } from '#renderer/ui/treemap.tsx'
import { classColour } from '../class-colours.ts'
import { type ClassGroup, classKey, classTitle, GROUPS, kindName, wordsOf } from '../class-words.ts'
import { type ClassChoice, isSameClass } from '../sub-views.ts'

export interface GroupSum {
  readonly id: ClassGroup
  readonly title: string
  readonly bytes: number
  readonly files: number
}

/** The four groups with their sums, those without a file left out. */
export function groupSums(classes: readonly StorageClassUsage[]): readonly GroupSum[] {
  return GROUPS.map(({ id, title }) => {
    const own = classes.filter((entry) => wordsOf(entry.class).group === id)
    return {
      id,
      title,
      bytes: own.reduce((sum, entry) => sum + entry.bytes, 0),
      files: own.reduce((sum, entry) => sum + entry.files, 0),
    }
  }).filter(({ files }) => files > 0)
}

export function liveBytes(usage: StorageUsage): number {
  return groupSums(usage.classes).find(({ id }) => id === 'live')?.bytes ?? 0
}

/** `880 kB is there for old versions only: cleaning up may free it.`; says what a person would ask next. */
export function verdict(usage: StorageUsage): string {
  if (usage.totalFiles === 0) return 'The directory holds no files.'
  const sums = groupSums(usage.classes)
  const bytesOf = (group: ClassGroup): number => sums.find(({ id }) => id === group)?.bytes ?? 0
  const parts = [
    ...(bytesOf('past') > 0 ? [`${formatBytes(bytesOf('past'))} is there for old versions only`] : []),
    ...(bytesOf('kept') > 0 ? [`${formatBytes(bytesOf('kept'))} is kept by tags and branches`] : []),
    ...(bytesOf('stray') > 0 ? [`${formatBytes(bytesOf('stray'))} is used by nothing`] : []),
  ]
  if (parts.length === 0) return 'Every byte belongs to the newest version.'
  return `${parts.join(', ')}.`
}

/** `Counted for version 9 of main: 57 files, 11 manifests read, 12 kB in 32 reads, 14 ms.` */
export function evidence({ version, totalFiles, unreadable, read }: StorageUsage, manifests: number | null): string {
  const parts = [
    formatNoun(totalFiles, 'file'),
    ...(manifests === null ? [] : [`${formatNoun(manifests - unreadable.length, 'manifest')} read`]),
    `${formatBytes(read.bytes)} in ${formatNoun(read.requests, 'read')}`,
    formatDuration(read.elapsedMs),
  ]
  return `Counted for version ${version} of main: ${parts.join(', ')}.`
}

/** Manifests of versions, whole or not. */
export function countManifests(files: readonly StorageFile[]): number {
  return files.filter(({ kind }) => kind === 'manifest' || kind === 'detached-manifest').length
}

/** Classes with files, largest first; equal sizes in the order classes are decided. */
export function sortClasses(classes: readonly StorageClassUsage[]): readonly StorageClassUsage[] {
  return classes.filter(({ files }) => files > 0).toSorted((a, b) => b.bytes - a.bytes)
}

/** Prefix of a tile that is a class, and of one that is a file. */
const CLASS = 'class '
const FILE = 'file '

/** Classes as areas; with their files in them once all are known. */
export function usageTiles(usage: StorageUsage, files: readonly StorageFile[] | null): readonly TreemapNode[] {
  const byClass = filesByClass(files ?? [])
  return sortClasses(usage.classes).map((entry) => {
    const id = CLASS + classKey(entry)
    const label = classTitle(entry)
    const share = formatShare(entry.bytes, usage.totalBytes)
    const sentence = `${label}: ${formatExactBytes(entry.bytes)}, ${share}, in ${formatNoun(entry.files, 'file')}. ${wordsOf(entry.class).meaning}`
    const colour = classColour(entry.class)
    const own = byClass.get(classKey(entry)) ?? []
    return own.length === 0
      ? { id, label, value: entry.bytes, detail: formatBytes(entry.bytes), colour, sentence }
      : { id, label: `${label} ${formatBytes(entry.bytes)}`, colour, sentence, children: own.map(fileTile) }
  })
}

function filesByClass(files: readonly StorageFile[]): ReadonlyMap<string, readonly StorageFile[]> {
  const groups = new Map<string, StorageFile[]>()
  for (const file of files) {
    const key = classKey(file)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [file])
    else group.push(file)
  }
  return groups
}

function fileTile(file: StorageFile): TreemapLeaf {
  return {
    id: FILE + file.path,
    label: file.path.slice(file.path.lastIndexOf('/') + 1),
    value: file.bytes,
    detail: formatBytes(file.bytes),
    isMarked: wordsOf(file.class).group === 'stray',
    sentence: `${file.path}: ${kindName(file.kind)}, ${formatExactBytes(file.bytes)}, ${classTitle(file).toLowerCase()}`,
  }
}

/** What a tile stands for. */
export function tileTarget(id: string, classes: readonly StorageClassUsage[]): TileTarget | undefined {
  if (id.startsWith(FILE)) return { kind: 'file', path: id.slice(FILE.length) }
  const entry = classes.find((candidate) => CLASS + classKey(candidate) === id)
  return entry === undefined ? undefined : { kind: 'class', choice: choiceOf(entry) }
}

export type TileTarget =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'class'; readonly choice: ClassChoice }

export function tileOfClass(choice: ClassChoice): string {
  return CLASS + classKey(choice)
}

export function choiceOf(entry: ClassChoice): ClassChoice {
  return entry.keeper === undefined ? { class: entry.class } : { class: entry.class, keeper: entry.keeper }
}

export type FileColumn = 'path' | 'bytes' | 'kind' | 'class' | 'modified'

export interface FileSort {
  readonly column: FileColumn
  readonly descending: boolean
}

/** The files of a class, or all, in the wanted order; equals by path. */
export function listFiles(
  files: readonly StorageFile[],
  choice: ClassChoice | undefined,
  sort: FileSort,
): readonly StorageFile[] {
  const sign = sort.descending ? -1 : 1
  const own = choice === undefined ? files : files.filter((file) => isSameClass(file, choice))
  return own.toSorted((a, b) => sign * compareFiles(a, b, sort.column) || compareTexts(a.path, b.path))
}

/** A click on a column: sizes and times start with the largest, names with the first; a second click turns round. */
export function nextFileSort(sort: FileSort, column: FileColumn): FileSort {
  if (sort.column === column) return { column, descending: !sort.descending }
  return { column, descending: column === 'bytes' || column === 'modified' }
}

function compareFiles(a: StorageFile, b: StorageFile, column: FileColumn): number {
  switch (column) {
    case 'path':
      return compareTexts(a.path, b.path)
    case 'bytes':
      return a.bytes - b.bytes
    case 'kind':
      return compareTexts(a.kind, b.kind)
    case 'class':
      return compareTexts(classTitle(a), classTitle(b))
    case 'modified':
      return compareTexts(a.modifiedAt, b.modifiedAt)
  }
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
