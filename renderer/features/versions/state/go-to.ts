import { findTab, switchBranch, travelTo } from '#renderer/features/workspace/index.ts'
import type { VersionPlace } from '../write/requests.ts'

/** Shows the app at a version of any branch. */
export async function goTo(dataset: string, { version, branch }: VersionPlace): Promise<void> {
  if (findTab(dataset)?.branch !== branch) await switchBranch(dataset, branch)
  // A branch that could not be opened leaves the tab where it was; its versions mean nothing there.
  if (findTab(dataset)?.branch === branch) travelTo(dataset, version)
}
