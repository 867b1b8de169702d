import { lstatSync, mkdirSync, readdirSync, readlinkSync, rmdirSync, symlinkSync, unlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { makeOwnFolder } from './own-folders.ts'

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
    this.path = makeOwnFolder(root, removeLinks)
  }

  /** Table name to open for a dataset. The link stays: Lance reads data files through it for as long as a handle lives. */
  nameOf(handle: string, location: string): string {
    const name = `d-${toTableName(handle)}`
    if (this.#targets.get(name) === location) return name
    const link = join(this.path, `${name}.lance`)
    if (this.#targets.has(name)) unlinkSync(link)
    // A junction needs no privilege on Windows; elsewhere the type is ignored.
    symlinkSync(location, link, 'junction')
    this.#targets.set(name, location)
    return name
  }

  /**
   * Table name to open for one version of main, where Lance refuses the dataset because of its newest manifest: a folder
   * with links to everything in the dataset, and to no other manifest than `manifest`.
   */
  nameOfVersion(handle: string, location: string, manifest: string): string {
    const name = `v-${toTableName(handle)}-${basename(manifest, '.manifest')}`
    const folder = join(this.path, `${name}.lance`)
    if (this.#targets.get(name) === location) return name
    if (this.#targets.has(name)) removeLinks(folder)
    mkdirSync(join(folder, '_versions'), { recursive: true, mode: 0o700 })
    for (const entry of readdirSync(location, { withFileTypes: true })) {
      if (entry.name === '_versions' || entry.isFile()) continue
      symlinkSync(join(location, entry.name), join(folder, entry.name), 'junction')
    }
    symlinkSync(join(location, '_versions', manifest), join(folder, '_versions', manifest), 'file')
    this.#targets.set(name, location)
    return name
  }

  /** Removes the links and the folder. Handles opened through them stop working. */
  remove(): void {
    removeLinks(this.path)
    this.#targets.clear()
  }
}

function toTableName(handle: string): string {
  return handle.replaceAll(/[^A-Za-z0-9_-]/g, '_')
}

/** Unlinks only links and removes only folders left empty by that: nothing a link points to can be reached from here. */
function removeLinks(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const entry = join(folder, name)
      if (lstatSync(entry).isDirectory()) {
        removeLinks(entry)
        continue
      }
      readlinkSync(entry)
      unlinkSync(entry)
    }
    rmdirSync(folder)
  } catch {
    // Something that is not ours lies inside, or another process was faster: leave it.
  }
}
