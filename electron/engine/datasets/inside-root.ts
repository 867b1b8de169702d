import { readdir, realpath } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { AppError } from '#shared/errors.ts'
import type { Manifest } from '../format/types.ts'
import { fileError } from '../store/errno.ts'
import { isInside, outsideRoot } from '../store/local-path.ts'

/** Refuses a dataset one of whose own folders is a link out of `root`. */
export async function checkInnerLinks(location: string, root: string): Promise<void> {
  const entries = await readdir(location, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, location)
  })
  for (const entry of entries) {
    if (!entry.isSymbolicLink()) continue
    const path = join(location, entry.name)
    const target = await realpath(path).catch(() => undefined)
    if (target !== undefined && !isInside(root, target)) throw outsideRoot(path, root)
  }
}

/** Refuses a version some of whose files lie outside `root`, as those of clones may. */
export async function checkBasePaths(manifest: Manifest, root: string): Promise<void> {
  for (const { path } of manifest.basePaths) {
    const local = isAbsolute(path) ? resolve(path) : undefined
    const target = local === undefined ? undefined : await realpath(local).catch(() => local)
    if (target !== undefined && isInside(root, target)) continue
    throw new AppError({
      code: 'outside-root',
      message: `Version ${manifest.version} keeps files at ${path}, outside the folder Tiltyard was started for.`,
      hint: `It is a clone of a dataset outside ${root}. Start Tiltyard without --root to read it.`,
      detail: { path, root },
    })
  }
}
