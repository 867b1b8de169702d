import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Session } from '@lancedb/lancedb'
import { loadLanceDb } from './module.ts'
import { makeOwnFolder } from './own-folders.ts'

const INDEX_CACHE_BYTES = 512 * 1024 * 1024
const METADATA_CACHE_BYTES = 128 * 1024 * 1024

/** What the native module's runtime reads the temporary folder from, by platform. */
const VARIABLES = process.platform === 'win32' ? ['TMP', 'TEMP'] : ['TMPDIR']

/**
 * A session with caches fit for one person, its scratch folder below the app's data folder. Every session of Lance makes
 * a folder in the system's temporary folder: where it may not, it aborts the process (lance-io 12 `spill.rs`), and where
 * it may, the folder outlives a process that is killed. Ours is removed by the next process. Fails as `mkdir` does.
 */
export function createSession(dataDir: string): Session {
  return makeSession(dataDir, INDEX_CACHE_BYTES, METADATA_CACHE_BYTES)
}

/** A session that remembers nothing between two uses: for writes, which must see what is there now. */
export function createUncachedSession(dataDir: string): Session {
  return makeSession(dataDir, 0, 0)
}

function makeSession(dataDir: string, indexCacheBytes: number, metadataCacheBytes: number): Session {
  const folder = makeOwnFolder(join(dataDir, 'scratch'), removeTree)
  removeAtExit(folder)
  const before = VARIABLES.map((name) => process.env[name])
  for (const name of VARIABLES) process.env[name] = folder
  try {
    const { Session } = loadLanceDb()
    return new Session(BigInt(indexCacheBytes), BigInt(metadataCacheBytes))
  } finally {
    for (const [index, name] of VARIABLES.entries()) restore(name, before[index])
  }
}

const folders = new Set<string>()

/** One listener however many sessions there are. */
function removeAtExit(folder: string): void {
  if (folders.size === 0) process.once('exit', () => folders.forEach(removeTree))
  folders.add(folder)
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}

function removeTree(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Still in use, or another process was faster: the next one tries again.
  }
}
