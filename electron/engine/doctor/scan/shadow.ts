import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeOwnFolder } from '../../lance/index.ts'
import { formatManifestName } from '../../format/names.ts'
import { selectFragments } from '../../format/select-fragments.ts'

/** Folders of a dataset the manifests of a shadow name files in. */
const LINKED = ['data', '_deletions', '_indices', '_blobs']

/**
 * A dataset of our own with links to the files of another, and with manifests made to measure: each keeps some fragments
 * of one version, so that what is wrong with the others, or with other manifests, cannot get in the way. The other dataset
 * is only read.
 */
export interface Shadow {
  readonly location: string
  /** Writes a version with these fragments and returns its number. */
  add(fragments: readonly number[], withIndices?: boolean): number
  remove(): void
}

/** Versions start below this one, which has no fragment: Lance looks at the newest first. */
const TOP = 1_000_000_000

/** `lineFolder` is where the files of the branch lie, from the dataset's root; `manifest` the bytes of its manifest. */
export function makeShadow(dataDir: string, location: string, lineFolder: string, manifest: Uint8Array): Shadow {
  const folder = makeOwnFolder(join(dataDir, 'doctor', 'shadows'), removeShadow)
  mkdirSync(join(folder, '_versions'))
  // A junction needs no privilege on Windows; a link to nothing is a missing folder to Lance.
  for (const name of LINKED) symlinkSync(join(location, lineFolder, name), join(folder, name), 'junction')
  let versions = 0
  const write = (version: number, fragments: readonly number[], indices: boolean): number => {
    const bytes = selectFragments(manifest, { version, keep: new Set(fragments), indices })
    writeFileSync(join(folder, '_versions', formatManifestName(version, 'v2')), bytes)
    return version
  }
  write(TOP, [], false)
  return {
    location: folder,
    add: (fragments, withIndices = false) => write(++versions, fragments, withIndices),
    remove: () => removeShadow(folder),
  }
}

/** Links are removed, not followed. */
function removeShadow(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Still in use on Windows: the next process tries again.
  }
}
