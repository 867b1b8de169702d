import type { DoctorFinding } from '#shared/model/doctor.ts'
import type { Pace } from '../../storage/index.ts'
import type { Survey } from '../survey.ts'

/** What a check needs besides what was gathered. */
export interface CheckEnv {
  readonly survey: Survey
  readonly pace: Pace
  /** When set, nothing outside of it is read. */
  readonly root: string | undefined
  /** Tells that one more file was looked into. */
  counted(path: string): void
}

/** One question about a dataset; answers with at least one finding, a passed one when all is well. */
export type Check = (env: CheckEnv) => readonly DoctorFinding[] | Promise<readonly DoctorFinding[]>

/** Files are read in groups of this many. */
const GROUP = 16

/** Runs over items in groups, in order. */
export async function inGroups<Item>(
  items: readonly Item[],
  pace: Pace,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  for (let start = 0; start < items.length; start += GROUP) {
    await pace()
    await Promise.all(items.slice(start, start + GROUP).map(run))
  }
}
