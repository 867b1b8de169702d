import { GitBranchPlus, GitCompareArrows, History, Tag } from 'lucide-react'
import { useVersionLog } from '#renderer/features/history/index.ts'
import { type DatasetTab, refOf, travelTo } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { compareVersions } from '../list/compare.ts'
import { placeAt } from '../list/version-menu.tsx'
import { neighbourVersion } from '../list/version-rows.ts'
import { useRefusal } from '../write/refusal.ts'
import { ask } from '../write/requests.ts'
import { WriteButton } from '../write/write-button.tsx'

export interface VersionActionsProps {
  readonly tab: DatasetTab
  readonly version: number
  /** A manifest that cannot be read can be neither shown nor restored. */
  readonly isBroken: boolean
}

/** The buttons of one version. */
export function VersionActions({ tab, version, isBroken }: VersionActionsProps) {
  const { dataset } = tab
  const { entries } = useVersionLog(tab)
  const refusal = useRefusal(tab)
  const previous = neighbourVersion(entries, version, 'older')
  const isNewest = version === entries[0]?.version
  return (
    <>
      {version !== tab.version && !isBroken && (
        <Button onClick={() => travelTo(dataset, version)}>Show the dataset at this version</Button>
      )}
      {previous !== undefined && !isBroken && (
        <Button onClick={() => compareVersions(tab, previous, version)}>
          <GitCompareArrows aria-hidden />
          Compare with v{previous}
        </Button>
      )}
      <WriteButton refusal={refusal} onClick={() => ask({ kind: 'create-tag', dataset, at: placeAt(tab, version) })}>
        <Tag aria-hidden />
        Tag…
      </WriteButton>
      <WriteButton
        refusal={refusal}
        onClick={() => ask({ kind: 'create-branch', dataset, from: refOf({ ...tab, version }) })}
      >
        <GitBranchPlus aria-hidden />
        Branch…
      </WriteButton>
      {!isNewest && !isBroken && (
        <WriteButton refusal={refusal} onClick={() => ask({ kind: 'restore', dataset, at: placeAt(tab, version) })}>
          <History aria-hidden />
          Restore…
        </WriteButton>
      )}
    </>
  )
}
