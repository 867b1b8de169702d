import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import type { RefObject } from 'react'

export interface VirtualRowsOptions {
  readonly count: number
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Height of a row in px. */
  readonly rowHeight: (index: number) => number
  readonly rowKey?: (index: number) => string | number
}

/** Rows of a list of up to 100,000 lines; only those in sight are rendered. Larger counts need the grid. */
export function useVirtualRows({
  count,
  scroller,
  rowHeight,
  rowKey,
}: VirtualRowsOptions): Virtualizer<HTMLDivElement, Element> {
  // oxlint-disable-next-line react/incompatible-library -- a warning for users of the React Compiler, which this build does not run.
  return useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
    ...(rowKey === undefined ? {} : { getItemKey: rowKey }),
  })
}
