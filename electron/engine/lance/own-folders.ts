import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Makes a folder below `root` for this process alone, and has those of processes that are gone removed. The name starts
 * with the process id, by which a later process knows whose it was.
 */
export function makeOwnFolder(root: string, remove: (folder: string) => void): string {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  removeLeftFolders(root, remove)
  const folder = join(root, `${process.pid}-${randomBytes(4).toString('hex')}`)
  mkdirSync(folder, { mode: 0o700 })
  return folder
}

/** Has the folders below `root` removed that processes which are gone have left. Fails as `readdir` does. */
export function removeLeftFolders(root: string, remove: (folder: string) => void): void {
  for (const name of readdirSync(root)) {
    const pid = Number(/^(\d+)-[0-9a-f]{8}$/.exec(name)?.[1])
    if (Number.isSafeInteger(pid) && pid > 0 && !isAlive(pid)) remove(join(root, name))
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
