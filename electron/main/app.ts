import { app, BrowserWindow, dialog, Menu, MessageChannelMain, protocol, session, shell } from 'electron'
import { superviseEngine, type Supervisor } from '#engine/supervisor.ts'
import { DESKTOP_CHANNELS } from '#shared/model/desktop-door.ts'
import type { EngineStatus } from '#shared/model/engine-status.ts'
import { createHostClient } from '../launch/host-client.ts'
import type { Places } from '../launch/places.ts'
import { listAssets } from '../launch/web/assets.ts'
import { createProtocolHandler } from './app-protocol.ts'
import { parseSecondStart } from './arguments.ts'
import { forkEngineUtility } from './engine-utility.ts'
import { handle } from './handle.ts'
import { menuTemplate } from './menu-template.ts'
import { createPagePost, type PagePost } from './page-post.ts'
import { guardQuitting, type QuitGuard } from './quit-guard.ts'
import { fetchRecents } from './recents.ts'
import { lockContents, lockSession, SCHEME } from './security.ts'
import { createWindow } from './window.ts'

export interface AppOptions {
  readonly places: Places
  readonly dataDir: string
  /** Absolute, links resolved; nothing outside may be opened. */
  readonly root: string | undefined
  /** To open in the window at start. */
  readonly locations: readonly string[]
}

/** Runs the desktop app until it is quit. */
export function runApp({ places, dataDir, root, locations }: AppOptions): void {
  const post = createPagePost(locations)
  app.on('web-contents-created', (_event, contents) => {
    lockContents(contents, (address) => void shell.openExternal(address))
  })
  // macOS: a folder dropped on the icon, possibly before the window is there.
  app.on('open-file', (event, file) => {
    event.preventDefault()
    post.open([file])
  })
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    post.open(parseSecondStart(data))
    const [window] = BrowserWindow.getAllWindows()
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })

  void app.whenReady().then(() => {
    lockSession(session.defaultSession)
    const supervisor = superviseEngine({
      spawn: () => forkEngineUtility(places.engine),
      appVersion: places.version,
      paths: { dataDir, root },
      log: (line) => void process.stderr.write(`${line}\n`),
    })
    supervisor.onStatus((status) => post.send({ tiltyard: 'engine', status }))
    const client = createHostClient(supervisor)
    protocol.handle(SCHEME, createProtocolHandler(listAssets(places.renderer), client))
    answerPage(supervisor, post)

    const showMenu = async (): Promise<void> => setMenu(await fetchRecents(client()), post)
    setMenu([], post)
    const guard = guardQuitting(supervisor.jobs)
    const openWindow = (): void => {
      const window = createWindow(places.preload, dataDir)
      post.attach(window)
      guard.watch(window)
      window.on('focus', () => void showMenu())
      window.webContents.on('did-finish-load', () => void showMenu())
    }
    openWindow()
    app.on('activate', () => {
      if (BrowserWindow.getAllWindows().length === 0) openWindow()
    })
    endWithEngine(supervisor, guard)
  })
  app.on('window-all-closed', () => app.quit())
}

/** Everything the page may ask of this process. */
function answerPage(supervisor: Supervisor, post: PagePost): void {
  handle(DESKTOP_CHANNELS.connect, (window): EngineStatus => {
    const engine = supervisor.process()
    if (engine !== undefined) {
      const { port1, port2 } = new MessageChannelMain()
      engine.send({ t: 'port' }, port1)
      post.sendPort(window, port2)
    }
    return supervisor.status()
  })
  handle(DESKTOP_CHANNELS.restartEngine, (): EngineStatus => {
    supervisor.restart()
    return supervisor.status()
  })
  handle(DESKTOP_CHANNELS.pickDirectory, pickDirectory)
  handle(DESKTOP_CHANNELS.pageReady, (window) => post.ready(window))
}

async function pickDirectory(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a Lance dataset or a folder of datasets',
    properties: ['openDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

function setMenu(recents: readonly string[], post: PagePost): void {
  const template = menuTemplate(
    { isMac: process.platform === 'darwin', isDevelopment: !app.isPackaged, recents },
    {
      command: (commandId) => post.send({ tiltyard: 'menu', commandId }),
      open: (location) => post.open([location]),
      openFolder: () => {
        const [window] = BrowserWindow.getAllWindows()
        if (window === undefined) return
        void pickDirectory(window).then((folder) => {
          if (folder !== null) post.open([folder])
        })
      },
    },
  )
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

/** Quits only once the engine has ended, so that nothing of ours is left running. */
function endWithEngine(supervisor: Supervisor, guard: QuitGuard): void {
  let stopped = false
  app.on('will-quit', (event) => {
    if (stopped) return
    event.preventDefault()
    void supervisor.stop().then(() => {
      stopped = true
      app.quit()
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, guard.quit)
}
