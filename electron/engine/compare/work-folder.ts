import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { makeOwnFolder, removeLeftFolders } from '../lance/index.ts'
import { SpillFile } from './spill-file.ts'

/** Where comparisons keep what does not fit in memory. */
export interface WorkFolder {
  /** A file of its own, made when it is first written to. */
  newFile(): SpillFile
}

/** A folder of this process below the app's data folder, made on first use; those of dead processes are removed at once. */
export function createWorkFolder(dataDir: string): WorkFolder {
  const root = join(dataDir, 'compare')
  clearLeftovers(root)
  let folder: string | undefined
  let files = 0
  const prepare = (): string => {
    if (folder !== undefined) return folder
    try {
      const made = makeOwnFolder(root, removeTree)
      process.once('exit', () => removeTree(made))
      folder = made
      return made
    } catch (cause) {
      throw new AppError(
        {
          code: 'permission-denied',
          message: `Tiltyard cannot write in its own data folder, ${dataDir}.`,
          hint: 'Make it writable: a comparison this large does not fit in memory.',
          detail: { path: dataDir },
        },
        { cause },
      )
    }
  }
  return { newFile: () => new SpillFile(() => join(prepare(), `${files++}.spill`)) }
}

function clearLeftovers(root: string): void {
  try {
    if (existsSync(root)) removeLeftFolders(root, removeTree)
  } catch {
    // Not ours to list: whoever writes there next is told.
  }
}

function removeTree(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Another process was faster.
  }
}
