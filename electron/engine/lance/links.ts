import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readlinkSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A folder of our own holding one link per open dataset. LanceDB opens tables only by `<folder>/<name>.lance` with plain
 * ASCII names and creates the folder it connects to; through a link it can open any directory, and all it could ever
 * create lies in here.
 */
export class LinkFolder {
  readonly path: string
  readonly #targets = new Map<string, string>()

  /** Makes a fresh folder below `root` and clears those left by processes that are gone. */
  constructor(root: string) {
    mkdirSync(root, { recursive: true, mode: 0o700 })
    removeStale(root)
    this.path = join(root, `${process.pid}-${randomBytes(4).toString('hex')}`)
    mkdirSync(this.path, { mode: 0o700 })
  }

  /** Table name to open for a dataset. The link stays: Lance reads data files through it for as long as a handle lives. */
  nameOf(handle: string, location: string): string {
    const name = `d-${handle.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`
    if (this.#targets.get(name) === location) return name
    const link = join(this.path, `${name}.lance`)
    if (this.#targets.has(name)) unlinkSync(link)
    // A junction needs no privilege on Windows; elsewhere the type is ignored.
    symlinkSync(location, link, 'junction')
    this.#targets.set(name, location)
    return name
  }

  /** Removes the links and the folder. Handles opened through them stop working. */
  remove(): void {
    removeLinks(this.path)
    this.#targets.clear()
  }
}

function removeStale(root: string): void {
  for (const name of readdirSync(root)) {
    const pid = Number(/^(\d+)-[0-9a-f]{8}$/.exec(name)?.[1])
    if (Number.isSafeInteger(pid) && pid > 0 && !isAlive(pid)) removeLinks(join(root, name))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Unlinks only entries that are links, never recursively: nothing a link points to can be reached from here. */
function removeLinks(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const entry = join(folder, name)
      readlinkSync(entry)
      unlinkSync(entry)
    }
    rmdirSync(folder)
  } catch {
    // Something that is not ours lies inside, or another process was faster: leave it.
  }
}
