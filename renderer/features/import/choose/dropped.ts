/** A file on its way from a browser, with its path below what was dropped. */
export interface LocalFile {
  readonly file: File
  /** `/`-separated. */
  readonly path: string
}

export interface LocalFiles {
  readonly files: readonly LocalFile[]
  /** Paths the browser could not read. */
  readonly unreadable: readonly string[]
}

/** Most files of one upload. */
export const MAX_FILES = 100_000
/** What file managers leave behind; nobody means to import it. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/**
 * What was dropped, to be walked later. Has to be called while the drop is being handled: afterwards the browser has
 * forgotten.
 */
export function takeDropped(data: DataTransfer): readonly (FileSystemEntry | File)[] {
  return [...data.items].flatMap((item) => {
    if (item.kind !== 'file') return []
    const taken = item.webkitGetAsEntry() ?? item.getAsFile()
    return taken === null ? [] : [taken]
  })
}

/** Files a chooser gave; those of a folder carry their path. */
export function chosenFiles(files: Iterable<File>): LocalFiles {
  const kept = [...files].filter((file) => !LITTER.has(file.name))
  return {
    files: withOwnPaths(kept.map((file) => ({ file, path: file.webkitRelativePath || file.name }))),
    unreadable: [],
  }
}

/** Every file below what was dropped, in order of paths. Stops beyond the most one upload takes. */
export async function walkDropped(
  taken: readonly (FileSystemEntry | File)[],
  { signal, onFound }: { readonly signal: AbortSignal; readonly onFound?: (files: number) => void },
): Promise<LocalFiles> {
  const files: LocalFile[] = []
  const unreadable: string[] = []
  const visit = async (entry: FileSystemEntry | File): Promise<void> => {
    signal.throwIfAborted()
    if (files.length > MAX_FILES) return
    if (entry instanceof File) {
      files.push({ file: entry, path: entry.name })
    } else if (isFile(entry)) {
      if (LITTER.has(entry.name)) return
      const path = entry.fullPath.replace(/^\//, '')
      await fileOf(entry).then(
        (file) => void files.push({ file, path }),
        () => void unreadable.push(path),
      )
    } else if (isDirectory(entry)) {
      const entries = await entriesOf(entry).catch(() => {
        unreadable.push(entry.fullPath.replace(/^\//, ''))
        return []
      })
      for (const child of entries.toSorted((a, b) => a.name.localeCompare(b.name))) await visit(child)
    }
    onFound?.(files.length)
  }
  for (const entry of taken) await visit(entry)
  return { files: withOwnPaths(files), unreadable }
}

/** Files of the same name from different places are told apart, as `a (2).txt`. */
function withOwnPaths(files: readonly LocalFile[]): readonly LocalFile[] {
  const used = new Set<string>()
  return files.map(({ file, path }) => {
    let own = path
    for (let n = 2; used.has(own.toLowerCase()); n++) own = path.replace(/(\.[^./]*)?$/, ` (${n})$1`)
    used.add(own.toLowerCase())
    return { file, path: own }
  })
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject))
}

/** A reader gives a folder a hundred entries at a time, and nothing at its end. */
async function entriesOf(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}
