import { Popover } from '@base-ui/react/popover'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, Columns3, Pin, PinOff, RotateCcw, Search } from 'lucide-react'
import { type DragEvent, useMemo, useRef, useState } from 'react'
import type { ColumnLayout } from '#renderer/grid/types.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { SchemaField } from '#shared/model/schema.ts'
import styles from './columns-popover.module.css'
import { KindIcon } from './kind-icon.tsx'
import { visibleColumns, withHidden, withMoved, withPinned, withShifted, withVisible } from './layout.ts'

const LINE_HEIGHT = 26

export interface ColumnsPopoverProps {
  readonly schema: readonly SchemaField[]
  readonly layout: ColumnLayout
  readonly onChange: (layout: ColumnLayout) => void
  readonly onReset: () => void
}

/** Show, hide, order and pin columns; made for thousands of them. */
export function ColumnsPopover({ schema, layout, onChange, onReset }: ColumnsPopoverProps) {
  const shown = visibleColumns(layout).length
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button aria-label={`Columns: ${shown} of ${schema.length} shown`}>
            <Columns3 aria-hidden />
            {shown} / {schema.length}
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className={styles.positioner}>
          <Popover.Popup className={styles.popup} aria-label="Columns">
            <ColumnList schema={schema} layout={layout} onChange={onChange} onReset={onReset} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function ColumnList({ schema, layout, onChange, onReset }: ColumnsPopoverProps) {
  const [search, setSearch] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const fields = useMemo(() => new Map(schema.map((field) => [field.name, field])), [schema])
  const names = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return layout.order.filter(
      (name) => name.toLowerCase().includes(wanted) || fields.get(name)?.type.toLowerCase().includes(wanted),
    )
  }, [layout.order, search, fields])
  const hidden = useMemo(() => new Set(layout.hidden), [layout.hidden])
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised by the compiler
  const lines = useVirtualizer({
    count: names.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 8,
  })
  const showAll = (visible: boolean): void => {
    const found = new Set(names)
    onChange(
      withVisible(
        layout,
        layout.order.filter((name) => (found.has(name) ? visible : !hidden.has(name))),
      ),
    )
  }
  return (
    <>
      <TextField
        label="Search columns"
        placeholder="Search columns"
        icon={<Search aria-hidden />}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <div className={styles.actions}>
        <Button kind="link" onClick={() => showAll(true)}>
          Show {search === '' ? 'all' : 'found'}
        </Button>
        <Button kind="link" onClick={() => showAll(false)}>
          Hide {search === '' ? 'all' : 'found'}
        </Button>
        <span className={styles.grow} />
        <Button kind="link" onClick={onReset}>
          <RotateCcw aria-hidden />
          Reset
        </Button>
      </div>
      <div ref={scroller} className={styles.scroller}>
        <ul className={styles.list} style={{ height: lines.getTotalSize() }} aria-label="Columns in order">
          {lines.getVirtualItems().map(({ index, start }) => {
            const field = fields.get(names[index] ?? '')
            return field === undefined ? null : (
              <ColumnLine
                key={field.name}
                field={field}
                top={start}
                layout={layout}
                isHidden={hidden.has(field.name)}
                onChange={onChange}
              />
            )
          })}
        </ul>
        {names.length === 0 && <p className={styles.none}>No column is called that.</p>}
      </div>
    </>
  )
}

interface ColumnLineProps {
  readonly field: SchemaField
  readonly top: number
  readonly layout: ColumnLayout
  readonly isHidden: boolean
  readonly onChange: (layout: ColumnLayout) => void
}

function ColumnLine({ field, top, layout, isHidden, onChange }: ColumnLineProps) {
  const [isOver, setOver] = useState(false)
  const { name } = field
  const isPinned = layout.pinned.includes(name)
  const handleDrop = (event: DragEvent): void => {
    setOver(false)
    const moved = event.dataTransfer.getData('text/x-column')
    if (moved !== '') onChange(withMoved(layout, moved, name))
  }
  return (
    <li
      className={cx(styles.line, isOver && styles.over)}
      style={{ transform: `translateY(${top}px)` }}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('text/x-column', name)}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      <label className={styles.name} title={`${name} · ${field.type}`}>
        <input type="checkbox" checked={!isHidden} onChange={() => onChange(withHidden(layout, name, !isHidden))} />
        <KindIcon kind={field.kind} className={styles.icon} />
        <span className={styles.text}>{name}</span>
        <span className={styles.type}>{field.type}</span>
      </label>
      <IconButton label={`Move ${name} up`} onClick={() => onChange(withShifted(layout, name, -1))}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton label={`Move ${name} down`} onClick={() => onChange(withShifted(layout, name, 1))}>
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton
        label={isPinned ? `Unpin ${name}` : `Pin ${name}`}
        aria-pressed={isPinned}
        onClick={() => onChange(withPinned(layout, name, !isPinned))}
      >
        {isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
      </IconButton>
    </li>
  )
}
