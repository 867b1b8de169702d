import { randomBytes, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { lancedb, makeRows } from './datasets.ts'

/** What {@link makeHistory} leaves in the directory beside what Lance wrote. */
export interface History {
  readonly location: string
  /** Path of a data file no version uses. */
  readonly abandoned: string
  readonly abandonedBytes: number
  readonly readmeBytes: number
}

/**
 * A dataset with a past: appends, deletions, an update, an index built twice, a compaction, a tag on version 2 of 11, a branch
 * with rows of its own, a data file of a write that was given up, and a readme somebody put there.
 */
export async function makeHistory(folder: string, name = 'past'): Promise<History> {
  const db = await lancedb.connect(folder)
  const table = await db.createTable(name, makeRows(0, 4000))
  await table.add(makeRows(4000, 2000))
  await (await table.tags()).create('golden', 2)
  await table.delete('id < 300')
  await table.createIndex('id', { config: lancedb.Index.btree() })
  await table.createIndex('id', { config: lancedb.Index.btree(), replace: true })
  await table.update({ where: 'id = 4500', values: { label: 'gold' } })
  const branch = await (await table.branches()).create('exp')
  await branch.add(makeRows(9000, 1500))
  await table.delete('id % 3 = 0')
  await table.optimize({ cleanupOlderThan: new Date(0) })
  await table.add(makeRows(7000, 500))
  await table.delete('id = 7001')
  return { location: path.join(folder, `${name}.lance`), ...litter(path.join(folder, `${name}.lance`)) }
}

function litter(location: string): Omit<History, 'location'> {
  const abandoned = `data/${'01'.repeat(12)}${randomUUID().replaceAll('-', '').slice(0, 26)}.lance`
  fs.writeFileSync(path.join(location, abandoned), randomBytes(20_000))
  fs.writeFileSync(path.join(location, 'readme.txt'), 'Made by hand, ask before removing.\n')
  return { abandoned, abandonedBytes: 20_000, readmeBytes: 35 }
}

/** Bytes of every file below a folder. */
export function directoryBytes(folder: string): { readonly bytes: number; readonly files: number } {
  const sizes = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => fs.statSync(path.join(entry.parentPath, entry.name)).size)
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: sizes.length }
}
