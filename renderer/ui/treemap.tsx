import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { formatNoun } from '#shared/model/format.ts'
import { cx } from './cx.ts'
import { layoutTreemap, neighbourTile, type TreemapNode, type TreemapTile } from './treemap-layout.ts'
import { useSize } from './treemap-size.ts'
import styles from './treemap.module.css'

export type { TreemapGroup, TreemapLeaf, TreemapNode } from './treemap-layout.ts'

export interface TreemapProps {
  readonly label: string
  /** Keep stable (useMemo): a new array is a new layout. */
  readonly nodes: readonly TreemapNode[]
  /** What the line below says while nothing is pointed at. */
  readonly caption: string
  readonly selected?: string | undefined
  /** Given the id of a leaf or group; absent = the map only shows. */
  readonly onSelect?: (id: string) => void
  /** Leaves drawn one by one, at most 1,000. */
  readonly limit?: number
  readonly describeRest?: (count: number, value: number) => string
}

const DEFAULT_LIMIT = 600
const MOST_TILES = 1000

/**
 * Sizes as areas, squarified. Arrows move to the neighbour, Home and End to the largest and smallest, Enter or Space
 * select. Callers keep a table beside it as the full equivalent.
 */
export function Treemap({ label, nodes, caption, selected, onSelect, limit, describeRest }: TreemapProps) {
  const place = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(place)
  const prefix = useId()
  const [pointed, setPointed] = useState<string | undefined>(undefined)
  const [focused, setFocused] = useState<string | undefined>(undefined)
  const [hasFocus, setHasFocus] = useState(false)
  const most = Math.min(limit ?? DEFAULT_LIMIT, MOST_TILES)
  const tiles = useMemo(
    () => layoutTreemap(nodes, { width, height, limit: most, describeRest: describeRest ?? restSentence }),
    [nodes, width, height, most, describeRest],
  )
  const leaves = useMemo(() => tiles.filter(({ kind }) => kind !== 'group'), [tiles])
  const cursor = leaves.find(({ id }) => id === (focused ?? selected)) ?? leaves[0]
  const cursorId = hasFocus ? cursor?.id : undefined
  const said = tiles.find(({ id }) => id === (pointed ?? cursorId))

  const handleKey = (event: KeyboardEvent): void => {
    if (cursor === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      if (cursor.kind !== 'rest') onSelect?.(cursor.id)
    } else {
      const next = tileForKey(event.key, leaves, cursor)
      if (next === undefined) return
      setFocused(next.id)
      setPointed(undefined)
    }
    event.preventDefault()
  }
  return (
    <div className={styles.treemap}>
      <div
        ref={place}
        className={styles.place}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={cursor === undefined ? undefined : prefix + tiles.indexOf(cursor)}
        onKeyDown={handleKey}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        onPointerLeave={() => setPointed(undefined)}
      >
        {tiles.map((tile, index) => (
          <Tile
            key={tile.id}
            tile={tile}
            elementId={prefix + index}
            isSelected={tile.id === selected}
            isFocused={tile.id === cursorId}
            isClickable={onSelect !== undefined && tile.kind !== 'rest'}
            onPoint={() => setPointed(tile.id)}
            onClick={() => {
              setFocused(tile.id)
              if (tile.kind !== 'rest') onSelect?.(tile.id)
            }}
          />
        ))}
      </div>
      <p className={styles.said} aria-hidden>
        {said?.sentence ?? caption}
      </p>
    </div>
  )
}

interface TileProps {
  readonly tile: TreemapTile
  readonly elementId: string
  readonly isSelected: boolean
  readonly isFocused: boolean
  readonly isClickable: boolean
  readonly onPoint: () => void
  readonly onClick: () => void
}

/** Below these sizes in px a line of text would only be cut letters. */
const LABEL_ROOM = { width: 34, height: 15 }
const DETAIL_HEIGHT = 32

function Tile({ tile, elementId, isSelected, isFocused, isClickable, onPoint, onClick }: TileProps) {
  const { kind, colour, left, top, width, height } = tile
  const isGroup = kind === 'group'
  const hasLabel = width >= LABEL_ROOM.width && height >= LABEL_ROOM.height
  return (
    <div
      id={elementId}
      role={isGroup ? 'presentation' : 'option'}
      aria-selected={isGroup ? undefined : isSelected}
      aria-label={isGroup ? undefined : tile.sentence}
      className={cx(
        isGroup ? styles.group : styles.tile,
        kind === 'rest' && styles.rest,
        tile.isMarked && styles.marked,
        isClickable && styles.clickable,
        isSelected && styles.selected,
        isFocused && styles.focused,
      )}
      style={{
        transform: `translate(${left}px, ${top}px)`,
        width,
        height,
        ...(colour === undefined ? {} : isGroup ? { borderColor: colour } : { backgroundColor: tinted(colour) }),
      }}
      onPointerEnter={onPoint}
      onPointerMove={onPoint}
      onClick={onClick}
    >
      {hasLabel && <span className={styles.label}>{tile.label}</span>}
      {hasLabel && !isGroup && height >= DETAIL_HEIGHT && tile.detail !== undefined && (
        <span className={styles.detail}>{tile.detail}</span>
      )}
    </div>
  )
}

/** Light enough in either theme for the text on it, strong enough to tell classes apart. */
function tinted(colour: string): string {
  return `color-mix(in srgb, ${colour} 46%, var(--bg0))`
}

function tileForKey(key: string, leaves: readonly TreemapTile[], cursor: TreemapTile): TreemapTile | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown':
      return neighbourTile(leaves, cursor, key) ?? cursor
    case 'Home':
      return leaves[0]
    case 'End':
      return leaves.at(-1)
    default:
      return undefined
  }
}

function restSentence(count: number): string {
  return `${formatNoun(count, 'smaller part')}, too small to be drawn one by one`
}
