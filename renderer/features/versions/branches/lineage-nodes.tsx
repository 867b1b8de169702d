import { Tag } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { goTo } from '../state/go-to.ts'
import styles from './lineage-graph.module.css'
import type { Lane, Lineage, LineageNode } from './lineage.ts'
import { HUES } from './lineage-lines.tsx'
import { laneY, nodeX } from './lineage-place.ts'

/** Every version drawn, as a button that shows the app at it. One is in the order of Tab, arrows lead to the others. */
export function LineageNodes({ tab, lineage }: { readonly tab: DatasetTab; readonly lineage: Lineage }) {
  const { lanes } = lineage
  const nodes = lanes.flatMap((lane, index) => lane.nodes.map((node) => ({ lane, index, node })))
  const entry = Math.max(
    0,
    nodes.findIndex(({ node }) => node.isShown),
  )
  return (
    <div role="group" aria-label="Versions of the branches" onKeyDown={moveFocus}>
      {nodes.map(({ lane, index, node }, position) => (
        <div
          key={`${lane.name}/${node.version}`}
          className={styles.place}
          style={{ left: nodeX(lanes, index, node.column), top: laneY(index) }}
        >
          {node.tags.length > 0 && <Tags tags={node.tags} />}
          <button
            ref={node.isShown ? bringIntoSight : undefined}
            type="button"
            tabIndex={position === entry ? 0 : -1}
            className={cx(styles.node, node.isNewest && styles.newest, node.isShown && styles.current)}
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
      ))}
    </div>
  )
}

/** Called with the version on screen whenever it becomes another one. */
function bringIntoSight(node: HTMLButtonElement | null): void {
  node?.scrollIntoView({ block: 'nearest', inline: 'center' })
}

function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')]
  const next = buttons[buttons.findIndex((button) => button === document.activeElement) + step]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
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
