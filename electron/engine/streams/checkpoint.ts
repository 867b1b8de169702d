import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppendProof } from '../appends/index.ts'
import { fileError } from '../store/errno.ts'
import { readJsonFile, writeJsonFile } from '../store/json-file.ts'
import type { FilePosition } from './follow-file.ts'

/** How far a file is in a dataset, kept beside the app's data. */
export interface Checkpoint {
  readonly version: 1
  readonly location: string
  readonly file: string
  /** Of the file's first bytes, so that another file of the same name is not taken for it. */
  readonly head: FileHead
  /** Committed up to here. */
  readonly done: FilePosition
  /** A commit that was begun, and may or may not be there. */
  readonly intent?: FileIntent
}

export interface FileIntent extends AppendProof {
  readonly to: FilePosition
  /** The fingerprints are of. */
  readonly columns: readonly string[]
}

export interface FileHead {
  readonly bytes: number
  readonly sha256: string
}

const HEAD_BYTES = 4096

function pathOf(dataDir: string, location: string, file: string): string {
  const name = createHash('sha256').update(`${location}\0${file}`).digest('hex')
  return join(dataDir, 'streams', `${name.slice(0, 32)}.json`)
}

export async function readCheckpoint(dataDir: string, location: string, file: string): Promise<Checkpoint | undefined> {
  const value = (await readJsonFile(pathOf(dataDir, location, file))) as Checkpoint | undefined
  return value?.version === 1 && value.location === location && value.file === file ? value : undefined
}

export function writeCheckpoint(dataDir: string, checkpoint: Checkpoint): Promise<void> {
  return writeJsonFile(pathOf(dataDir, checkpoint.location, checkpoint.file), checkpoint)
}

/** Hash of the first bytes of a file: at most 4 kB, at most what is asked for. */
export async function readHead(path: string, atMost = HEAD_BYTES): Promise<FileHead> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, path)
  })
  try {
    const buffer = Buffer.alloc(Math.min(HEAD_BYTES, atMost))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return { bytes: bytesRead, sha256: createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex') }
  } finally {
    await file.close()
  }
}
