import { rmdirSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { makeOwnFolder, removeLeftFolders } from '../lance/index.ts'
import { fileError } from '../store/errno.ts'
import { isInside } from '../store/local-path.ts'
import { cannotWriteInto, checkFree, checkNewPlace, type NewPlace } from '../store/new-place.ts'

/** Below the folder a copy goes into: where copies grow until they are whole, on the same volume. */
const GROWING = '.tiltyard-copies'

/** Checks where a copy is to go: any new place but inside the dataset it is made of. */
export async function checkPlace(to: string, source: string, root: string | undefined): Promise<NewPlace> {
  const place = await checkNewPlace(to, root)
  if (!isInside(source, place.location)) return place
  throw new AppError({
    code: 'invalid-input',
    message: 'A copy cannot be put inside the dataset it is made of.',
    hint: 'Choose a folder beside it.',
    detail: { path: place.location },
  })
}

/** Makes a folder for a copy to grow in, and clears those that ended processes left. */
export function makeBuilding({ parent }: Pick<NewPlace, 'parent'>): string {
  try {
    return makeOwnFolder(join(parent, GROWING), removeTree)
  } catch (error) {
    throw cannotWriteInto(parent, error)
  }
}

/** Puts a whole copy where it is to be. */
export async function moveIntoPlace({ name, location }: NewPlace, building: string): Promise<void> {
  await checkFree(location)
  try {
    await rename(join(building, `${name}.lance`), location)
  } catch (error) {
    throw fileError(error, location)
  }
}

/** Removes the folder a copy grew in, and what ended processes left beside it. Never fails: the next copy tries again. */
export function clearBuildings({ parent }: Pick<NewPlace, 'parent'>, building?: string): void {
  const root = join(parent, GROWING)
  try {
    if (building !== undefined) removeTree(building)
    removeLeftFolders(root, removeTree)
    rmdirSync(root)
  } catch {
    // Not there, or another copy grows in it.
  }
}

function removeTree(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}
