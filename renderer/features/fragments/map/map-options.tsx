import { ChevronDown } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { choose, type FragmentsChoices, type MapArea, type MapColour, type MapLayout } from '../choices.ts'
import styles from './fragment-map.module.css'

const LAYOUTS: Readonly<Record<MapLayout, string>> = { strip: 'In order of ids', squares: 'Largest first' }
const AREAS: Readonly<Record<MapArea, string>> = { bytes: 'Bytes', rows: 'Rows', equal: 'All alike' }
const COLOURS: Readonly<Record<Exclude<MapColour, `index:${string}`>, string>> = {
  deleted: 'Deleted share',
  size: 'Size class',
  age: 'Age',
  format: 'File format',
  coverage: 'Indices covering it',
}

export interface MapOptionsProps {
  readonly choices: FragmentsChoices
  /** Names of the dataset's indices. */
  readonly indices: readonly string[]
}

/** How the map is laid out and what its areas and colours say. */
export function MapOptions({ choices, indices }: MapOptionsProps) {
  const { layout, area, colour } = choices
  const colours: readonly MenuItem[] = [
    ...keysOf(COLOURS).map((id) => itemOf(id, COLOURS[id], colour, (next) => choose({ colour: next }))),
    ...(indices.length === 0 ? [] : [{ kind: 'label', id: 'indices', label: 'Covered by index' } as const]),
    ...indices.map((name) => itemOf(indexColour(name), name, colour, (next) => choose({ colour: next }))),
  ]
  return (
    <div className={styles.options}>
      <Choice
        title="Layout"
        value={LAYOUTS[layout]}
        items={keysOf(LAYOUTS).map((id) => itemOf(id, LAYOUTS[id], layout, (next) => choose({ layout: next })))}
      />
      <Choice
        title="Area"
        value={AREAS[area]}
        items={keysOf(AREAS).map((id) => itemOf(id, AREAS[id], area, (next) => choose({ area: next })))}
      />
      <Choice title="Colour" value={colourTitle(colour)} items={colours} />
    </div>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly value: string
  readonly items: readonly MenuItem[]
}

function Choice({ title, value, items }: ChoiceProps) {
  return (
    <Menu
      items={items}
      trigger={
        <Button kind="ghost">
          <span className={styles.choice}>{title}:</span> {value}
          <ChevronDown aria-hidden />
        </Button>
      }
    />
  )
}

function itemOf<Id extends string>(id: Id, label: string, current: string, run: (id: Id) => void): MenuItem {
  return { id, label, checked: id === current, run: () => run(id) }
}

function keysOf<Key extends string>(record: Readonly<Record<Key, string>>): readonly Key[] {
  return Object.keys(record) as Key[]
}

function indexColour(name: string): MapColour {
  return `index:${name}`
}

/** What the colours say, as a title. */
export function colourTitle(colour: MapColour): string {
  return isByIndex(colour) ? `Index ${colour.slice('index:'.length)}` : COLOURS[colour]
}

function isByIndex(colour: MapColour): colour is `index:${string}` {
  return colour.startsWith('index:')
}
