import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, ERROR_CODES, type ErrorValue } from '#shared/errors.ts'
import { fileError } from '../store/errno.ts'
import { withFileLock } from '../store/file-lock.ts'
import { readJsonFile, writeJsonFile } from '../store/json-file.ts'

const FORMAT = 1
const LOCK = { doing: 'changing restore points', patienceMs: 8000 } as const

/** What a restore point was meant to hold. What is left of it, the tags of the datasets say. */
export interface CatalogEntry {
  readonly name: string
  /** RFC 3339. */
  readonly createdAt: string
  readonly note?: string
  readonly members: readonly CatalogMember[]
}

/** A dataset by its path from the folder. One that could not be read then has no version, and the reason, if it was noted. */
export interface CatalogMember {
  readonly path: string
  readonly version?: number
  readonly reason?: ErrorValue
}

/** The restore points of a folder as this app remembers them, oldest first. */
export async function readCatalog(dataDir: string, folder: string): Promise<readonly CatalogEntry[]> {
  const path = toPath(dataDir, folder)
  const file = await readJsonFile(path)
  if (file === undefined) return []
  if (isCatalog(file)) return file.checkpoints
  throw new AppError({
    code: 'corrupt-data',
    message: `${path} is not a list of restore points this version of Tiltyard knows.`,
    hint: 'Restore it from a backup, or move it away; the tags of the datasets stay.',
    detail: { path },
  })
}

/** Changes the list; changes of several engines wait for each other. */
export async function changeCatalog(
  dataDir: string,
  folder: string,
  change: (entries: readonly CatalogEntry[]) => readonly CatalogEntry[],
): Promise<void> {
  const path = toPath(dataDir, folder)
  // The lock is in it. The list itself is only ever written while it is held.
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw fileError(error, path)
  })
  await withFileLock(`${path}.lock`, LOCK, async () => {
    await writeJsonFile(path, toFile(folder, change(await readCatalog(dataDir, folder))))
  })
}

function toPath(dataDir: string, folder: string): string {
  return join(dataDir, 'restore-points', `${createHash('sha256').update(folder).digest('hex').slice(0, 16)}.json`)
}

function toFile(folder: string, checkpoints: readonly CatalogEntry[]): object {
  return { format: FORMAT, folder, checkpoints }
}

function isCatalog(file: unknown): file is { readonly checkpoints: readonly CatalogEntry[] } {
  if (typeof file !== 'object' || file === null) return false
  if (!('format' in file) || file.format !== FORMAT || !('checkpoints' in file)) return false
  return Array.isArray(file.checkpoints) && file.checkpoints.every(isEntry)
}

function isEntry(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false
  const { name, createdAt, members } = entry as Partial<Record<keyof CatalogEntry, unknown>>
  return typeof name === 'string' && typeof createdAt === 'string' && Array.isArray(members) && members.every(isMember)
}

function isMember(member: unknown): boolean {
  if (typeof member !== 'object' || member === null || !('path' in member)) return false
  if ('version' in member && typeof member.version !== 'number') return false
  return typeof member.path === 'string' && (!('reason' in member) || isReason(member.reason))
}

function isReason(reason: unknown): boolean {
  if (typeof reason !== 'object' || reason === null) return false
  const { code, message, hint } = reason as Partial<Record<keyof ErrorValue, unknown>>
  const isCode = ERROR_CODES.some((it) => it === code)
  return isCode && typeof message === 'string' && (hint === undefined || typeof hint === 'string')
}
