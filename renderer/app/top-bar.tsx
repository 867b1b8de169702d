import { ChevronRight, History, Monitor, Moon, PanelBottom, PanelLeft, PanelRight, Search, Sun } from 'lucide-react'
import {
  type DatasetTab,
  newVersions,
  openDialog,
  type PanelId,
  parentName,
  refreshTab,
  setTheme,
  showView,
  type Theme,
  togglePanel,
  useActiveTab,
  useWorkspace,
} from '#renderer/features/workspace/index.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Kbd } from '#renderer/ui/kbd.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import { Tip } from '#renderer/ui/tooltip.tsx'
import styles from './top-bar.module.css'

const THEMES: readonly { readonly id: Theme; readonly label: string }[] = [
  { id: 'system', label: 'As the system' },
  { id: 'dark', label: 'Dark' },
  { id: 'light', label: 'Light' },
]

export function TopBar() {
  const tab = useActiveTab()
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <span className={styles.mark} aria-hidden />
        Tiltyard
      </span>
      <div className={styles.where}>{tab !== undefined && <Breadcrumb tab={tab} />}</div>
      <button
        type="button"
        className={styles.search}
        aria-label="Search commands"
        onClick={() => openDialog('palette')}
      >
        <Search aria-hidden />
        <span className={styles.searchText}>Search datasets and commands</span>
        <Kbd shortcut="Mod+K" />
      </button>
      <div className={styles.tools}>
        <PanelButton panel="sidebar" label="Datasets" shortcut="Mod+B" />
        <PanelButton panel="timeline" label="Version timeline" shortcut="Mod+J" />
        <PanelButton panel="inspector" label="Inspector" shortcut="Mod+I" />
        <ThemeButton />
      </div>
    </header>
  )
}

function Breadcrumb({ tab }: { readonly tab: DatasetTab }) {
  const fresh = newVersions(tab)
  const state = tab.timeTravel ? ` of ${formatCount(tab.latestVersion)}` : fresh > 0 ? ' · not the newest' : ' · latest'
  return (
    <nav className={styles.crumbs} aria-label="Where you are">
      <span className={styles.parent} title={tab.location}>
        {parentName(tab.location)}
      </span>
      <ChevronRight aria-hidden />
      <b className={styles.name}>{tab.name}</b>
      <Tip label="Show all versions">
        <button
          type="button"
          className={tab.timeTravel ? styles.versionOld : styles.version}
          onClick={() => showView(tab.dataset, 'versions')}
        >
          <History aria-hidden />
          {tab.branch !== undefined && `${tab.branch} · `}v{tab.version}
          {state}
        </button>
      </Tip>
      {fresh > 0 && (
        <Button kind="link" className={styles.fresh} onClick={() => refreshTab(tab.dataset)}>
          {formatNoun(fresh, 'new version')} · Refresh
        </Button>
      )}
    </nav>
  )
}

const PANEL_ICONS = { sidebar: PanelLeft, timeline: PanelBottom, inspector: PanelRight } as const

function PanelButton({
  panel,
  label,
  shortcut,
}: {
  readonly panel: PanelId
  readonly label: string
  readonly shortcut: string
}) {
  const isShown = useWorkspace((state) => state.panels[panel])
  const Icon = PANEL_ICONS[panel]
  return (
    <IconButton label={label} shortcut={shortcut} aria-pressed={isShown} onClick={() => togglePanel(panel)}>
      <Icon aria-hidden />
    </IconButton>
  )
}

function ThemeButton() {
  const theme = useWorkspace((state) => state.theme)
  const Icon = { system: Monitor, dark: Moon, light: Sun }[theme]
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label="Theme">
          <Icon aria-hidden />
        </IconButton>
      }
      items={THEMES.map(({ id, label }) => ({ id, label, checked: theme === id, run: () => setTheme(id) }))}
    />
  )
}
