import type { MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  /** Runs a command of the page by its id. */
  command(id: string): void
  /** Asks for a folder and opens it. */
  openFolder(): void
  open(location: string): void
}

export interface MenuFacts {
  readonly isMac: boolean
  /** Shows what only developers need. */
  readonly isDevelopment: boolean
  /** Most recent first. */
  readonly recents: readonly string[]
}

/** On macOS the application menu has it. */
const ABOUT: MenuItemConstructorOptions = { role: 'about' }
const SEPARATOR: MenuItemConstructorOptions = { type: 'separator' }

/** The native menu as data. What it does in the page it does by the page's own commands. */
export function menuTemplate(facts: MenuFacts, actions: MenuActions): MenuItemConstructorOptions[] {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => actions.command(id),
    ...(accelerator === undefined ? {} : { accelerator }),
  })
  return [
    ...(facts.isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: 'File',
      submenu: [
        { label: 'Open Folder…', accelerator: 'CmdOrCtrl+O', click: () => actions.openFolder() },
        { label: 'Open Recent', submenu: recentItems(facts.recents, actions) },
        SEPARATOR,
        {
          label: 'Sample',
          submenu: [
            command('Open Sample', 'sample.open'),
            command('Rebuild Sample…', 'sample.rebuild'),
            command('Remove Sample…', 'sample.remove'),
          ],
        },
        SEPARATOR,
        command('Close Tab', 'tab.close', 'CmdOrCtrl+W'),
        facts.isMac ? { role: 'close', accelerator: 'Cmd+Shift+W' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        {
          label: 'Theme',
          submenu: [
            command('Follow System', 'theme.system'),
            command('Light', 'theme.light'),
            command('Dark', 'theme.dark'),
          ],
        },
        SEPARATOR,
        command('Datasets', 'panel.sidebar'),
        command('Inspector', 'panel.inspector'),
        command('Version Timeline', 'panel.timeline'),
        SEPARATOR,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(facts.isDevelopment ? [SEPARATOR, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [command('Show All Commands', 'palette.open'), ...(facts.isMac ? [] : [ABOUT])] },
  ]
}

function recentItems(recents: readonly string[], actions: MenuActions): MenuItemConstructorOptions[] {
  if (recents.length === 0) return [{ label: 'Nothing opened yet', enabled: false }]
  // An ampersand in a label marks the key to press; doubled it is itself.
  return recents.map((location) => ({ label: location.replaceAll('&', '&&'), click: () => actions.open(location) }))
}
