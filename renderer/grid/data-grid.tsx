import { useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useColumnModel } from './column-model.ts'
import { DEFAULT_LAYOUT, moveColumn, orderedIds, resizeColumn } from './column-state.ts'
import { GridController, type GridEvents } from './controller.ts'
import styles from './grid.module.css'
import { Header, steppedSpan, type ColumnSpan } from './header.tsx'
import type { HeaderActions } from './header-cell.tsx'
import { commandFor } from './keyboard.ts'
import { HEADER_HEIGHT, HEADER_HEIGHT_WITH_DETAIL } from './layout.ts'
import { listenToPointer } from './pointer.ts'
import type { ColumnLayout, GridProps } from './types.ts'
import { visibleRows } from './viewport.ts'

/** Largest number ARIA's 32-bit indexes may carry; beyond it the count is said to be unknown. */
const MAX_ARIA_COUNT = 2_147_483_647
const NO_SORT: NonNullable<GridProps['sort']> = []

/** A table of any size: canvas body, DOM header, and an invisible mirror for assistive technology. */
export function DataGrid({ ref, ...props }: GridProps) {
  const { label, columns, source, sort = NO_SORT, corner, empty } = props
  const activeId = useId()
  const [layout, setLayout] = useColumnLayout(props.layout, props.onLayoutChange)
  const rowCount = useRowCount(source)
  const placed = useColumnModel(columns, layout, rowCount, source.rowMark !== undefined)
  const [shown, setShown] = useState<ColumnSpan>(() => steppedSpan(0, 0))
  const headerHeight = props.renderHeaderDetail === undefined ? HEADER_HEIGHT : HEADER_HEIGHT_WITH_DETAIL

  const scroller = useRef<HTMLDivElement>(null)
  const sizer = useRef<HTMLDivElement>(null)
  const layer = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const mirror = useRef<HTMLDivElement>(null)
  const header = useRef<HTMLDivElement>(null)
  const controller = useRef<GridController | null>(null)

  const events = useMemo<GridEvents>(
    () => ({
      ...pickEvents(props),
      onHeaderMenuKey: (columnId) => {
        const anchor = header.current?.querySelector<HTMLElement>(`[data-header-menu="${CSS.escape(columnId)}"]`)
        if (anchor !== null && anchor !== undefined) props.onHeaderMenu?.(columnId, anchor)
      },
      onColumnsShown: (first, last) =>
        setShown((before) => {
          const next = steppedSpan(first, last)
          return next.first === before.first && next.last === before.last ? before : next
        }),
    }),
    [props],
  )

  // The controller is made once; later values reach it through the effects below.
  const latest = useRef({ source, events })
  useLayoutEffect(() => {
    latest.current = { source, events }
  }, [source, events])
  useLayoutEffect(() => {
    if (!scroller.current || !sizer.current || !layer.current || !canvas.current || !mirror.current || !header.current)
      return
    const made = new GridController(
      {
        scroller: scroller.current,
        sizer: sizer.current,
        layer: layer.current,
        canvas: canvas.current,
        mirror: mirror.current,
        header: header.current,
      },
      latest.current.source,
      latest.current.events,
      activeId,
    )
    controller.current = made
    const stopPointer = listenToPointer(layer.current, made)
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(scroller.current)
    return () => {
      observer.disconnect()
      stopPointer()
      made.close()
      controller.current = null
    }
  }, [activeId])
  useLayoutEffect(() => controller.current?.setEvents(events), [events])
  useLayoutEffect(() => controller.current?.setSource(source), [source])
  useLayoutEffect(
    () => controller.current?.setLayout(placed, headerHeight, props.rowHeight),
    [placed, headerHeight, props.rowHeight],
  )

  const actions = useHeaderActions(props, layout, setLayout, controller)
  useImperativeHandle(ref, () => makeHandle(controller, (id) => actions.autoFit(id)), [actions])

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable="true"
      aria-readonly="true"
      aria-rowcount={rowCount + 1 > MAX_ARIA_COUNT ? -1 : rowCount + 1}
      aria-colcount={placed.columns.length}
      onFocus={() => controller.current?.setFocused(true)}
      onBlur={() => controller.current?.setFocused(false)}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        const command = commandFor(event)
        if (command !== undefined && controller.current?.run(command) === true) event.preventDefault()
      }}
      onCopy={(event) => {
        event.preventDefault()
        controller.current?.copy(event.clipboardData)
      }}
    >
      <div ref={sizer} className={styles.sizer}>
        <div ref={layer} className={styles.layer}>
          <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
          <Header
            ref={header}
            layout={placed}
            height={headerHeight}
            shown={shown}
            sort={sort}
            corner={corner}
            renderIcon={props.renderHeaderIcon}
            renderDetail={props.renderHeaderDetail}
            actions={actions}
          />
          <div ref={mirror} className={styles.mirror} role="rowgroup" style={{ top: headerHeight }} />
          {rowCount === 0 && (
            <div className={styles.empty} style={{ top: headerHeight }}>
              {empty}
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

function pickEvents(props: Omit<GridProps, 'ref'>): Omit<GridEvents, 'onHeaderMenuKey' | 'onColumnsShown'> {
  const { onOpen, onActiveChange, onSelectionChange, onContextMenu, onCopy } = props
  return {
    ...(onOpen && { onOpen }),
    ...(onActiveChange && { onActiveChange }),
    ...(onSelectionChange && { onSelectionChange }),
    ...(onContextMenu && { onContextMenu }),
    ...(onCopy && { onCopy }),
  }
}

/** The owner's layout, and what the person does to it here until the owner answers with a new one. */
function useColumnLayout(owned: ColumnLayout | undefined, onChange: GridProps['onLayoutChange']) {
  const [state, setState] = useState({ owned, layout: owned ?? DEFAULT_LAYOUT })
  if (state.owned !== owned) setState({ owned, layout: owned ?? DEFAULT_LAYOUT })
  const change = useCallback(
    (layout: ColumnLayout) => {
      setState((before) => ({ ...before, layout }))
      onChange?.(layout)
    },
    [onChange],
  )
  return [state.layout, change] as const
}

/** Follows a source whose row count changes, such as one still counting. */
function useRowCount(source: GridProps['source']): number {
  const [, setCount] = useState(source.rowCount)
  useEffect(() => source.subscribe(() => setCount(source.rowCount)), [source])
  return source.rowCount
}

function useHeaderActions(
  props: Omit<GridProps, 'ref'>,
  layout: ColumnLayout,
  setLayout: (layout: ColumnLayout) => void,
  controller: React.RefObject<GridController | null>,
): HeaderActions {
  const { columns, onSort, onHeaderMenu } = props
  const dragged = useRef<string | null>(null)
  return useMemo<HeaderActions>(
    () => ({
      sort: (columnId, additive) => onSort?.(columnId, additive),
      openMenu: onHeaderMenu ?? null,
      resize: (columnId, width) => setLayout(resizeColumn(layout, columnId, width)),
      autoFit: (columnId) => {
        const width = controller.current?.fittedWidth(columnId)
        if (width !== undefined) setLayout(resizeColumn(layout, columnId, width))
      },
      select: (columnId) => controller.current?.selectColumn(columnId),
      dragStart: (columnId) => (dragged.current = columnId),
      drop: (beforeId) => {
        if (dragged.current !== null)
          setLayout(moveColumn(layout, orderedIds(columns, layout), dragged.current, beforeId))
        dragged.current = null
      },
    }),
    [columns, layout, setLayout, onSort, onHeaderMenu, controller],
  )
}

function makeHandle(controller: React.RefObject<GridController | null>, autoFit: (columnId: string) => void) {
  return {
    focus: () => controller.current?.focus(),
    goTo: (row: number, columnId?: string) => controller.current?.goTo(row, columnId),
    scrollToRow: (row: number) => controller.current?.scrollToRow(row),
    autoFit,
    selection: () => controller.current?.currentSelection() ?? { active: { row: 0, column: 0 }, ranges: [] },
    columnIds: () => controller.current?.columnIds() ?? [],
    visibleRows: () =>
      controller.current === null ? { rowStart: 0, rowEnd: 0 } : visibleRows(controller.current.view()),
  }
}
