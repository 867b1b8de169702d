import styles from './lineage-graph.module.css'
import type { Lane, Lineage } from './lineage.ts'
import { columnX, LANE_PX, laneY, startPath } from './lineage-place.ts'

/** Hues of lanes in turn; the palette of operations serves, its colours are told apart in both themes. */
const HUES = 6

/** The lines of the graph; versions are laid over them. */
export function LineageLines({ lineage, width }: { readonly lineage: Lineage; readonly width: number }) {
  const height = lineage.lanes.length * LANE_PX
  return (
    <svg className={styles.lines} width={width} height={height} aria-hidden>
      {lineage.lanes.map((lane, index) => (
        <g key={lane.name} data-hue={index % HUES}>
          {lane.start !== null && <path d={startPath(lane.start, index)} />}
          <LaneLine lane={lane} index={index} />
        </g>
      ))}
    </svg>
  )
}

function LaneLine({ lane, index }: { readonly lane: Lane; readonly index: number }) {
  const first = lane.nodes[0]
  const last = lane.nodes.at(-1)
  if (first === undefined || last === undefined) return null
  // main begins at version 1, which need not be among the versions drawn.
  const from =
    lane.start === null ? (lane.branch === null ? 0 : columnX(first.column)) : columnX(lane.start.column) + 16
  return <path d={`M${from} ${laneY(index)} H${columnX(last.column)}`} />
}
