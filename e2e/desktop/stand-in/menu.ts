import { strict } from './strict.ts'

interface MenuItem {
  readonly label?: string
  readonly role?: string
  readonly type?: string
  readonly enabled?: boolean
  readonly submenu?: readonly MenuItem[]
  readonly click?: () => void
}

let applicationMenu: readonly MenuItem[] = []

export const Menu = strict('Menu', {
  buildFromTemplate: (template: readonly MenuItem[]): { readonly items: readonly MenuItem[] } => ({ items: template }),
  setApplicationMenu: (menu: { readonly items: readonly MenuItem[] }) => {
    applicationMenu = menu.items
  },
})

const named = (item: MenuItem): string => item.label ?? item.role ?? ''

/** Labels (or roles) below a path of labels. */
export function menuLabels(path: readonly string[]): readonly string[] {
  return itemsAt(path)
    .filter((item) => item.type !== 'separator')
    .map(named)
}

/** Chooses an item by its path of labels. */
export function chooseMenu(path: readonly string[]): void {
  const item = itemsAt(path.slice(0, -1)).find((candidate) => named(candidate) === path.at(-1))
  if (item?.click === undefined) throw new Error(`There is nothing to choose at ${path.join(' > ')}.`)
  item.click()
}

function itemsAt(path: readonly string[]): readonly MenuItem[] {
  return path.reduce((items, label) => {
    const found = items.find((item) => named(item) === label)
    if (found?.submenu === undefined) throw new Error(`There is no menu ${label}.`)
    return found.submenu
  }, applicationMenu)
}
