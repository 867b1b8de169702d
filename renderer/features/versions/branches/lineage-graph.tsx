import { Ellipsis, GitBranch } from 'lucide-react'
import { type DatasetTab, switchBranch, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { ContextMenu, Menu } from '#renderer/ui/menu.tsx'
import { formatNoun } from '#shared/model/format.ts'
import { formatRelativeTime } from '#shared/model/time.ts'
import { branchMenuItems } from './branch-items.tsx'
import type { Lane, Lineage } from './lineage.ts'
import { LineageLines } from './lineage-lines.tsx'
import { LineageNodes } from './lineage-nodes.tsx'
import { graphWidth, LANE_PX, NAMES_PX } from './lineage-place.ts'
import styles from './lineage-graph.module.css'

export interface LineageGraphProps {
  readonly tab: DatasetTab
  readonly lineage: Lineage
  readonly refusal: string | undefined
}

/** Branches as lanes: names stay at the left, the graph scrolls along the versions. */
export function LineageGraph({ tab, lineage, refusal }: LineageGraphProps) {
  const { lanes } = lineage
  const width = graphWidth(lineage)
  return (
    <div className={styles.scroller}>
      <div className={styles.body} style={{ minWidth: NAMES_PX + width }}>
        <div role="list" aria-label="Branches">
          {lanes.map((lane) => (
            <LaneRow key={lane.name} tab={tab} lane={lane} refusal={refusal} />
          ))}
        </div>
        <div className={styles.graph} style={{ left: NAMES_PX, width, height: lanes.length * LANE_PX }}>
          <LineageLines lineage={lineage} width={width} />
          <LineageNodes tab={tab} lineage={lineage} />
        </div>
      </div>
      {lineage.tagsLeftOut > 0 && (
        <p className={styles.hint}>
          {formatNoun(lineage.tagsLeftOut, 'tag')} of older versions {lineage.tagsLeftOut === 1 ? 'is' : 'are'} not
          drawn here; the list of tags has all of them.
        </p>
      )}
      {lanes.length === 1 && (
        <p className={styles.hint}>
          A branch starts at a version and has versions of its own from there, without a copy of the data: for trying
          something that main shall not see yet.
        </p>
      )}
    </div>
  )
}

interface LaneRowProps extends Pick<LineageGraphProps, 'tab' | 'refusal'> {
  readonly lane: Lane
}

function LaneRow({ tab, lane, refusal }: LaneRowProps) {
  const { branch, name, depth } = lane
  const isShown = (tab.branch ?? 'main') === name
  const items = branchMenuItems({ tab, branch, refusal })
  const show = (): void => void switchBranch(tab.dataset, branch?.name)
  return (
    <ContextMenu items={items}>
      <div role="listitem" className={cx(styles.row, isShown && styles.shown)} onDoubleClick={show}>
        <div className={styles.name} style={{ width: NAMES_PX, paddingLeft: 10 + depth * 14 }}>
          <GitBranch aria-hidden />
          <span className={styles.texts}>
            <span className={styles.title} title={name}>
              {name}
            </span>
            <LaneFacts lane={lane} />
          </span>
          {isShown ? (
            <Chip tone="accent">on screen</Chip>
          ) : (
            <Button disabled={branch?.problem !== undefined} onClick={show} aria-label={`Show branch ${name}`}>
              Show
            </Button>
          )}
          <Menu
            align="end"
            trigger={
              <Button kind="ghost" aria-label={`Menu of branch ${name}`}>
                <Ellipsis aria-hidden />
              </Button>
            }
            items={items}
          />
        </div>
      </div>
    </ContextMenu>
  )
}

function LaneFacts({ lane: { branch, nodes } }: { readonly lane: Lane }) {
  const now = useNow()
  if (branch === null) {
    const newest = nodes.find((node) => node.isNewest)
    return <span className={styles.facts}>{newest === undefined ? '' : `newest v${newest.version}`}</span>
  }
  if (branch.problem !== undefined) {
    return (
      <span className={styles.problem} title={branch.problem}>
        {branch.problem}
      </span>
    )
  }
  const parts = [
    `from ${branch.parentBranch ?? 'main'} v${branch.parentVersion}`,
    ...(branch.latestVersion === null ? [] : [`newest v${branch.latestVersion}`]),
    ...(branch.createdAt === undefined ? [] : [formatRelativeTime(branch.createdAt, now)]),
  ]
  return (
    <span className={styles.facts} title={parts.join(' · ')}>
      {parts.join(' · ')}
    </span>
  )
}
