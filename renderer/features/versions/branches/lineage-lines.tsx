import styles from './lineage-graph.module.css'
import type { Lineage } from './lineage.ts'
import { LANE_PX, laneY, nodeX, startPath } from './lineage-place.ts'

/** Hues of lanes in turn; the palette of operations serves, its colours are told apart in both themes. */
export const HUES = 6

/** The lines of the graph; versions are laid over them. */
export function LineageLines({ lineage: { lanes }, width }: { readonly lineage: Lineage; readonly width: number }) {
  return (
    <svg className={styles.lines} width={width} height={lanes.length * LANE_PX} aria-hidden>
      {lanes.map((lane, index) => {
        const first = lane.nodes[0]
        const last = lane.nodes.at(-1)
        // main begins at version 1, which need not be among the versions drawn.
        const from = lane.branch === null ? 0 : nodeX(lanes, index, first?.column ?? 0)
        return (
          <g key={lane.name} data-hue={index % HUES}>
            {lane.start !== null && <path d={startPath(lanes, index)} />}
            {last !== undefined && <path d={`M${from} ${laneY(index)} H${nodeX(lanes, index, last.column)}`} />}
          </g>
        )
      })}
    </svg>
  )
}
