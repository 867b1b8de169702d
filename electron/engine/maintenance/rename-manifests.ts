import { existsSync, linkSync, readdirSync, renameSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileError, errnoOf } from '../store/errno.ts'
import { formatManifestName, parseManifestName } from '../format/names.ts'

/**
 * Gives every manifest of a folder its name of the newer scheme; how many were renamed. LanceDB opens no dataset that has
 * names of both, not even to go on, so this is done here: without a pause, replacing nothing, and run again after being
 * stopped halfway it finishes. A version that has both names keeps both.
 */
export function renameManifests(folder: string): number {
  let renamed = 0
  try {
    for (const name of readdirSync(folder)) {
      const parsed = parseManifestName(name)
      if (parsed?.kind !== 'version' || parsed.scheme !== 'v1') continue
      if (renameNew(join(folder, name), join(folder, formatManifestName(parsed.version, 'v2')))) renamed++
    }
  } catch (error) {
    throw fileError(error, folder)
  }
  return renamed
}

/** Renames unless the new name is taken; false then. */
function renameNew(from: string, to: string): boolean {
  try {
    linkSync(from, to)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    // File systems without hard links; between the look and the rename there is nothing else of ours.
    if (existsSync(to)) return false
    renameSync(from, to)
    return true
  }
  unlinkSync(from)
  return true
}
