import {
  activateNextTab,
  activateTab,
  activeTab,
  backToLatest,
  closeTab,
  type Command,
  getWorkspace,
  newVersions,
  openDialog,
  refreshTab,
  setTheme,
  showView,
  togglePanel,
  type Theme,
} from '#renderer/features/workspace/index.ts'
import { FEATURES } from './registry.ts'
import { featuresWithView } from './views.ts'

/** Every command of the moment: the window's, every feature's, those of mounted views, and one per open dataset. */
export function allCommands(): readonly Command[] {
  return [
    ...windowCommands(),
    ...tabCommands(),
    ...viewCommands(),
    ...FEATURES.flatMap((feature) => feature.commands?.() ?? []),
    ...Object.values(getWorkspace().commands).flat(),
    ...openTabCommands(),
  ]
}

/** Runs a command by id if it exists and is available now. */
export function runCommand(id: string): boolean {
  const command = allCommands().find((candidate) => candidate.id === id)
  if (command === undefined || command.isAvailable?.() === false) return false
  command.run()
  return true
}

function windowCommands(): readonly Command[] {
  const theme = (value: Theme, title: string): Command => ({
    id: `theme.${value}`,
    title: `Theme: ${title}`,
    group: 'Window',
    isAvailable: () => getWorkspace().theme !== value,
    run: () => setTheme(value),
  })
  return [
    {
      id: 'palette.open',
      title: 'Show all commands',
      shortcut: 'Mod+K',
      group: 'Window',
      run: () => openDialog('palette'),
    },
    {
      id: 'panel.sidebar',
      title: 'Show or hide datasets',
      shortcut: 'Mod+B',
      group: 'Window',
      run: () => togglePanel('sidebar'),
    },
    {
      id: 'panel.inspector',
      title: 'Show or hide inspector',
      shortcut: 'Mod+I',
      group: 'Window',
      run: () => togglePanel('inspector'),
    },
    {
      id: 'panel.timeline',
      title: 'Show or hide version timeline',
      shortcut: 'Mod+J',
      group: 'Window',
      run: () => togglePanel('timeline'),
    },
    theme('system', 'as the system'),
    theme('dark', 'dark'),
    theme('light', 'light'),
  ]
}

function tabCommands(): readonly Command[] {
  const hasTab = (): boolean => activeTab() !== undefined
  const severalTabs = (): boolean => getWorkspace().tabs.length > 1
  return [
    onTab('tab.close', 'Close dataset', 'Alt+W', hasTab, closeTab),
    onTab('version.refresh', 'Refresh to the newest version', 'Alt+R', isBehind, refreshTab),
    onTab('version.latest', 'Back to latest version', 'Alt+L', isTravelling, backToLatest),
    {
      id: 'tab.next',
      title: 'Next dataset tab',
      shortcut: 'Alt+PageDown',
      group: 'Dataset',
      isAvailable: severalTabs,
      run: () => activateNextTab(1),
    },
    {
      id: 'tab.previous',
      title: 'Previous dataset tab',
      shortcut: 'Alt+PageUp',
      group: 'Dataset',
      isAvailable: severalTabs,
      run: () => activateNextTab(-1),
    },
  ]
}

function onTab(
  id: string,
  title: string,
  shortcut: string,
  isAvailable: () => boolean,
  act: (dataset: string) => void,
): Command {
  const run = (): void => {
    const tab = activeTab()
    if (tab !== undefined) act(tab.dataset)
  }
  return { id, title, shortcut, group: 'Dataset', isAvailable, run }
}

function isBehind(): boolean {
  const tab = activeTab()
  return tab !== undefined && newVersions(tab) > 0
}

function isTravelling(): boolean {
  return activeTab()?.timeTravel === true
}

function viewCommands(): readonly Command[] {
  return featuresWithView(FEATURES).map(({ id, title, appliesTo }, index) => ({
    id: `view.${id}`,
    title: `Show ${title}`,
    // There are no more digits than nine.
    ...(index < 9 ? { shortcut: `Alt+${index + 1}` } : {}),
    group: 'View',
    isAvailable: () => {
      const tab = activeTab()
      return tab !== undefined && appliesTo?.(tab) !== false
    },
    run: () => {
      const tab = activeTab()
      if (tab !== undefined) showView(tab.dataset, id)
    },
  }))
}

function openTabCommands(): readonly Command[] {
  return getWorkspace().tabs.map((tab) => ({
    id: `tab.show:${tab.dataset}`,
    title: `Go to ${tab.name}`,
    group: tab.location,
    run: () => activateTab(tab.dataset),
  }))
}
