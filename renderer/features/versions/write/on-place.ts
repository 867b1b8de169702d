import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import type { VersionPlace } from './requests.ts'

/** The tab as if it showed the branch of a place, for reading that branch's versions. */
export function onPlace(tab: DatasetTab, { branch }: Pick<VersionPlace, 'branch'>): DatasetTab {
  if (branch === tab.branch) return tab
  const { branch: _shown, ...rest } = tab
  // The newest version of another branch is not known here: 1 asks for nothing beyond what its log has.
  return { ...rest, ...(branch === undefined ? {} : { branch }), latestVersion: 1 }
}
