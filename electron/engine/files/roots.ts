import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, parse } from 'node:path'

export interface Root {
  readonly name: string
  readonly path: string
}

/** Where browsing may start: the one allowed folder, or home, the working directory and the file system's roots. */
export async function listRoots(root: string | undefined): Promise<readonly Root[]> {
  if (root !== undefined) return [{ name: basename(root) || root, path: root }]
  const cwd = process.cwd()
  const places: readonly Root[] = [
    { name: 'Home', path: homedir() },
    { name: 'Working folder', path: cwd },
    ...(process.platform === 'win32' ? await listDrives() : [{ name: 'File system', path: parse(cwd).root }]),
  ]
  return places.filter((place, index) => places.findIndex((it) => it.path === place.path) === index)
}

async function listDrives(): Promise<readonly Root[]> {
  const letters = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`)
  const found = await Promise.all(
    letters.map((path) =>
      access(path).then(
        () => [{ name: path, path }],
        () => [],
      ),
    ),
  )
  return found.flat()
}
