import { closeCompare } from '#renderer/features/compare/index.ts'
import { getVersionLog, invalidateHistory, readRefs, reloadVersionLog } from '#renderer/features/history/index.ts'
import {
  activeTab,
  type Command,
  type DatasetTab,
  refOf,
  showView,
  travelTo,
} from '#renderer/features/workspace/index.ts'
import { copyText } from '#renderer/ui/clipboard.ts'
import { compareVersions } from './list/compare.ts'
import { placeAt, showDetails } from './list/version-menu.tsx'
import { neighbourVersion } from './list/version-rows.ts'
import { writeAsPython } from './snippet/python.ts'
import { writeAsTypeScript } from './snippet/typescript.ts'
import { getHistoryView, setPicks, setStretch, showHistoryPage, type HistoryPage } from './state/view-store.ts'
import { refusal } from './write/refusal.ts'
import { changeTimeline, getTimelineSettings } from './timeline/settings.ts'
import { ask } from './write/requests.ts'
import { deleteTag } from './write/writes.ts'

/** Everything of the history that can be asked for from anywhere in the window. */
export function versionCommands(): readonly Command[] {
  const tab = activeTab()
  return [
    step('older', 'Go to the version before', 'Alt+ArrowLeft'),
    step('newer', 'Go to the version after', 'Alt+ArrowRight'),
    ...(tab === undefined ? [] : [...pageCommands(tab), ...lookCommands(tab), ...writeCommands(tab)]),
  ]
}

function step(direction: 'older' | 'newer', title: string, shortcut: string): Command {
  const target = (): { readonly dataset: string; readonly version: number } | undefined => {
    const tab = activeTab()
    if (tab === undefined) return undefined
    const version = neighbourVersion(getVersionLog(tab.dataset, tab.branch).entries, tab.version, direction)
    return version === undefined ? undefined : { dataset: tab.dataset, version }
  }
  return {
    id: `version.${direction}`,
    title,
    shortcut,
    group: 'Versions',
    isAvailable: () => target() !== undefined,
    run: () => {
      const found = target()
      if (found !== undefined) travelTo(found.dataset, found.version)
    },
  }
}

function pageCommands(tab: DatasetTab): readonly Command[] {
  const page = (id: HistoryPage, title: string): Command => ({
    id: `history.${id}`,
    title,
    group: 'Versions',
    run: () => openPage(tab, id),
  })
  const { measure, spacing } = getTimelineSettings()
  const timeline = (id: string, title: string, isOn: boolean, run: () => void): Command => ({
    id: `timeline.${id}`,
    title: `Timeline: ${title}`,
    group: 'Versions',
    isAvailable: () => !isOn,
    run,
  })
  return [
    page('tags', 'Show tags'),
    page('branches', 'Show branches'),
    timeline('rows', 'growth of rows', measure === 'rows', () => changeTimeline({ measure: 'rows' })),
    timeline('bytes', 'growth of bytes', measure === 'bytes', () => changeTimeline({ measure: 'bytes' })),
    timeline('time', 'space versions by time', spacing === 'time', () => changeTimeline({ spacing: 'time' })),
    timeline('even', 'space versions evenly', spacing === 'even', () => changeTimeline({ spacing: 'even' })),
  ]
}

function lookCommands(tab: DatasetTab): readonly Command[] {
  const { dataset, version, latestVersion } = tab
  const previous = neighbourVersion(getVersionLog(dataset, tab.branch).entries, version, 'older')
  const { picks, stretch } = getHistoryView(tab)
  return [
    {
      id: 'version.details',
      title: `Show details of version ${version}`,
      group: 'Versions',
      run: () => {
        openPage(tab, 'versions')
        showDetails(tab, version)
      },
    },
    {
      id: 'version.compare-latest',
      title: `Compare version ${version} with the newest`,
      group: 'Versions',
      isAvailable: () => version !== latestVersion,
      run: () => compareVersions(tab, version, latestVersion),
    },
    {
      id: 'version.compare-previous',
      title: `Compare version ${version} with the one before`,
      group: 'Versions',
      isAvailable: () => previous !== undefined,
      run: () => {
        if (previous !== undefined) compareVersions(tab, previous, version)
      },
    },
    {
      id: 'version.clear-picks',
      title: 'Let the picked versions go',
      group: 'Versions',
      isAvailable: () => picks.length > 0,
      run: () => setPicks(tab, []),
    },
    {
      id: 'version.clear-stretch',
      title: 'Show all versions again',
      group: 'Versions',
      isAvailable: () => stretch !== null,
      run: () => setStretch(tab, null),
    },
    {
      id: 'version.reload',
      title: 'Read versions, tags and branches again',
      group: 'Versions',
      run: () => {
        reloadVersionLog(dataset, tab.branch)
        void invalidateHistory(dataset)
      },
    },
  ]
}

function writeCommands(tab: DatasetTab): readonly Command[] {
  const { dataset, version, location } = tab
  const at = placeAt(tab, version)
  const canWrite = (): boolean => refusal(tab) === undefined
  const canRestore = (): boolean => canWrite() && version !== tab.latestVersion
  const command = (id: string, title: string, run: () => void, isAvailable = canWrite): Command => ({
    id,
    title,
    group: 'Versions',
    isAvailable,
    run,
  })
  const restore = { kind: 'restore', at } as const
  return [
    command('tag.create', `Tag version ${version}…`, () => ask({ kind: 'create-tag', dataset, at })),
    command('branch.create', `New branch from version ${version}…`, () =>
      ask({ kind: 'create-branch', dataset, from: refOf(tab) }),
    ),
    command('version.restore', `Restore version ${version}…`, () => ask({ kind: 'restore', dataset, at }), canRestore),
    command(
      'version.restore-python',
      `Copy restoring version ${version} as Python`,
      () => void copyText(writeAsPython(location, restore), 'Python'),
      () => version !== tab.latestVersion,
    ),
    command(
      'version.restore-typescript',
      `Copy restoring version ${version} as TypeScript`,
      () => void copyText(writeAsTypeScript(location, restore), 'TypeScript'),
      () => version !== tab.latestVersion,
    ),
    ...refCommands(tab, command),
  ]
}

function refCommands(
  { dataset }: DatasetTab,
  command: (id: string, title: string, run: () => void) => Command,
): readonly Command[] {
  const { tags, branches } = readRefs(dataset) ?? { tags: [], branches: [] }
  return [
    ...tags.flatMap(({ name, version, branch }) => [
      command(`tag.move:${name}`, `Move tag ${name}…`, () =>
        ask({
          kind: 'move-tag',
          dataset,
          name,
          at: { version, ...(branch === undefined ? {} : { branch }) },
        }),
      ),
      command(`tag.delete:${name}`, `Delete tag ${name}`, () => void deleteTag(dataset, name)),
    ]),
    ...branches.map(({ name }) =>
      command(`branch.delete:${name}`, `Delete branch ${name}…`, () => ask({ kind: 'delete-branch', dataset, name })),
    ),
  ]
}

function openPage(tab: DatasetTab, page: HistoryPage): void {
  closeCompare(tab.dataset)
  showHistoryPage(tab.dataset, page)
  showView(tab.dataset, 'versions')
}
