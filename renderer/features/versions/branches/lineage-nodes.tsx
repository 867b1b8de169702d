import { Tag } from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { goTo } from '../state/go-to.ts'
import styles from './lineage-graph.module.css'
import type { Lane, Lineage, LineageNode } from './lineage.ts'
import { HUES } from './lineage-lines.tsx'
import { laneY, nodeX } from './lineage-place.ts'

/** Every version drawn, as a button that shows the app at it. */
export function LineageNodes({ tab, lineage }: { readonly tab: DatasetTab; readonly lineage: Lineage }) {
  return lineage.lanes.flatMap((lane, index) =>
    lane.nodes.map((node) => (
      <div
        key={`${lane.name}/${node.version}`}
        className={styles.place}
        style={{ left: nodeX(lineage.lanes, index, node.column), top: laneY(index) }}
      >
        {node.tags.length > 0 && <Tags tags={node.tags} />}
        <button
          type="button"
          className={cx(styles.node, node.isShown && styles.current, node.isNewest && styles.newest)}
          data-hue={index % HUES}
          aria-label={describe(lane, node)}
          aria-current={node.isShown}
          title={describe(lane, node)}
          onClick={() =>
            void goTo(tab.dataset, {
              version: node.version,
              ...(lane.branch === null ? {} : { branch: lane.branch.name }),
            })
          }
        />
        <span className={styles.version} aria-hidden>
          v{node.version}
        </span>
      </div>
    )),
  )
}

function Tags({ tags }: { readonly tags: readonly string[] }) {
  const [first] = tags
  return (
    <Chip tone="accent" className={styles.tag} title={`Tags: ${tags.join(', ')}`}>
      <Tag aria-hidden />
      <span className={styles.tagName}>{first}</span>
      {tags.length > 1 && <span>+{tags.length - 1}</span>}
    </Chip>
  )
}

function describe(lane: Lane, node: LineageNode): string {
  return [
    `Version ${node.version} of ${lane.name}`,
    ...(node.isNewest ? ['the newest'] : []),
    ...(node.tags.length > 0 ? [`tagged ${node.tags.join(', ')}`] : []),
    ...(node.starts.length > 0
      ? [`${node.starts.join(', ')} ${node.starts.length === 1 ? 'starts' : 'start'} here`]
      : []),
    ...(node.isShown ? ['on screen'] : []),
  ].join(', ')
}
