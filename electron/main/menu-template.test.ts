import type { MenuItemConstructorOptions } from 'electron'
import { expect, it, vi } from 'vitest'
import { menuTemplate } from './menu-template.ts'

const actions = () => ({ command: vi.fn(), openFolder: vi.fn(), open: vi.fn() })
const facts = { isMac: false, isDevelopment: false, recents: [] }

function find(items: readonly MenuItemConstructorOptions[], ...path: readonly string[]): MenuItemConstructorOptions {
  const [label, ...rest] = path
  const item = items.find((candidate) => (candidate.label ?? candidate.role) === label)
  if (item === undefined) throw new Error(`no ${label}`)
  return rest.length === 0 ? item : find(item.submenu as readonly MenuItemConstructorOptions[], ...rest)
}
const click = (item: MenuItemConstructorOptions): void => (item.click as () => void)()

it('does in the page what it does by commands', () => {
  const did = actions()
  const menu = menuTemplate(facts, did)
  click(find(menu, 'View', 'Theme', 'Dark'))
  click(find(menu, 'File', 'Sample', 'Rebuild Sample…'))
  click(find(menu, 'File', 'Close Tab'))
  click(find(menu, 'File', 'Open Folder…'))
  expect(did.command.mock.calls).toEqual([['theme.dark'], ['sample.rebuild'], ['tab.close']])
  expect(did.openFolder).toHaveBeenCalledOnce()
})

it('offers recents as they are, or says that there are none', () => {
  const did = actions()
  expect(find(menuTemplate(facts, did), 'File', 'Open Recent', 'Nothing opened yet').enabled).toBe(false)
  const menu = menuTemplate({ ...facts, recents: ['/data/r&d.lance'] }, did)
  click(find(menu, 'File', 'Open Recent', '/data/r&&d.lance'))
  expect(did.open).toHaveBeenCalledWith('/data/r&d.lance')
})

it('shows developer tools to developers only', () => {
  expect(() => find(menuTemplate(facts, actions()), 'View', 'toggleDevTools')).toThrow()
  expect(find(menuTemplate({ ...facts, isDevelopment: true }, actions()), 'View', 'toggleDevTools')).toBeDefined()
})
