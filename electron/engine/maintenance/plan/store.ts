import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { maintenancePlan } from '#shared/contract/maintenance.ts'
import type { MaintenancePlan } from '#shared/model/maintenance.ts'
import type { EngineContext } from '../../context.ts'
import { errnoOf, fileError } from '../../store/errno.ts'
import { replaceFile } from '../../store/replace-file.ts'

const FORMAT = 1

/** A plan as it is kept, with what became of it. Times are milliseconds since the epoch. */
export interface SavedPlan {
  readonly plan: MaintenancePlan
  readonly lastRunMs?: number
  /** When a run without a person last failed. */
  readonly lastFailedMs?: number
}

type Place = Pick<EngineContext, 'paths' | 'log'>

function folderOf({ paths }: Place): string {
  return join(paths.dataDir, 'plans')
}

function pathOf(context: Place, handle: string): string {
  return join(folderOf(context), `${handle}.json`)
}

/** The plan of a dataset; undefined when there is none, or one that cannot be understood, which is told to the log. */
export async function readPlan(context: Place, handle: string): Promise<SavedPlan | undefined> {
  const path = pathOf(context, handle)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw fileError(error, path)
  }
  const saved = parse(text)
  if (saved === undefined) context.log(`plan: ${path} is not a plan of this build; it is not used`)
  return saved
}

/** Saves a plan in place of the former; undefined removes it. */
export async function writePlan(context: Place, handle: string, saved: SavedPlan | undefined): Promise<void> {
  const path = pathOf(context, handle)
  if (saved === undefined) return rm(path, { force: true })
  await replaceFile(path, `${JSON.stringify({ format: FORMAT, ...saved }, null, 1)}\n`)
}

/** Handles of all datasets that have a plan. */
export async function listPlanned(context: Place): Promise<readonly string[]> {
  const names = await readdir(folderOf(context)).catch(() => [])
  return names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length))
}

function parse(text: string): SavedPlan | undefined {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>
    const plan = maintenancePlan.safeParse(value['plan'])
    if (value['format'] !== FORMAT || !plan.success) return undefined
    const { lastRunMs, lastFailedMs } = value
    return {
      plan: plan.data,
      ...(typeof lastRunMs === 'number' ? { lastRunMs } : {}),
      ...(typeof lastFailedMs === 'number' ? { lastFailedMs } : {}),
    }
  } catch {
    return undefined
  }
}
