import { type RefObject, useState } from 'react'
import { type Copier, MenuAt } from '#renderer/features/data/index.ts'
import type { GridHandle, GridMenuRequest } from '#renderer/grid/index.ts'
import type { RecordPlace } from './log-page.ts'
import { openRecord } from './open-record.ts'

export interface RecordMenuProps {
  readonly grid: RefObject<GridHandle | null>
  readonly menu: GridMenuRequest
  /** Undefined while the record is not there. */
  readonly place: RecordPlace | undefined
  readonly copier: Copier
  readonly isVector: boolean
  readonly onInspect: (row: number, column: string) => void
  readonly onClose: () => void
}

/** What there is to do with a record and the cells selected. */
export function RecordMenu({ grid, menu, place, copier, isVector, onInspect, onClose }: RecordMenuProps) {
  const { position, columnId, clientX, clientY } = menu
  const [anchor] = useState({ x: clientX, y: clientY })
  const copy = (format: 'tsv' | 'csv' | 'json'): void => {
    const { current } = grid
    if (current !== null) copier.copy(current.selection(), current.columnIds(), format, format === 'csv')
  }
  const items = [
    {
      id: 'inspect',
      label: 'Open in inspector',
      shortcut: 'Enter',
      disabled: place === undefined,
      run: () => onInspect(position.row, columnId),
    },
    {
      id: 'bucket',
      label: 'Open in its bucket',
      disabled: place === undefined,
      ...(place === undefined ? {} : { note: place.name }),
      run: () => {
        if (place !== undefined) void openRecord(place)
      },
    },
    { kind: 'separator' as const, id: 'before-copy' },
    { id: 'copy', label: 'Copy', note: 'TSV', shortcut: 'Mod+C', run: () => copy('tsv') },
    { id: 'copy-csv', label: 'Copy as CSV', note: 'with header', run: () => copy('csv') },
    { id: 'copy-json', label: 'Copy as JSON', run: () => copy('json') },
    ...(isVector
      ? (['json', 'numpy'] as const).map((format) => ({
          id: `copy-vector-${format}`,
          label: `Copy vector as ${format === 'json' ? 'JSON' : 'NumPy'}`,
          run: () => copier.copyVector(position.row, columnId, format),
        }))
      : []),
  ]
  return <MenuAt label="Record" anchor={anchor} items={items} onClose={onClose} />
}
