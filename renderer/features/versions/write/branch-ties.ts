import type { Refs } from '#renderer/features/history/index.ts'
import { formatCount } from '#shared/model/format.ts'

/** Why a branch may not be deleted, one sentence each; empty when nothing holds it. */
export function branchTies({ tags, branches }: Refs, name: string): readonly string[] {
  return [
    ...branches
      .filter((branch) => branch.parentBranch === name)
      .map(
        (branch) => `Branch ${branch.name} starts at its version ${formatCount(branch.parentVersion)} and needs it.`,
      ),
    ...branches
      .filter((branch) => branch.name.startsWith(`${name}/`) && branch.parentBranch !== name)
      .map((branch) => `Branch ${branch.name} keeps its files in this one's folder.`),
    ...tags
      .filter((tag) => tag.branch === name)
      .map((tag) => `Tag ${tag.name} is at its version ${formatCount(tag.version)}. Delete or move the tag first.`),
  ]
}
