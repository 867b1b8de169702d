import { BrowserWindow, screen } from 'electron'
import { PAGE_ADDRESS } from './security.ts'
import { MIN_SIZE, placeWindow, readWindowState, writeWindowState } from './window-state.ts'

/** Changes of place come in a flood while a window is dragged. */
const SAVE_DELAY_MS = 400

/** Creates the window where it was last time and shows it once it has painted. */
export function createWindow(preload: string, dataDir: string): BrowserWindow {
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map((display) => display.workArea)
  const { isMaximized, ...place } = placeWindow(readWindowState(dataDir), areas)
  const window = new BrowserWindow({
    ...place,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Tiltyard',
    backgroundColor: '#1b1d22',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  })
  if (isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepState(window, dataDir)
  // A window closed while it loads rejects here; there is nobody left to tell.
  window.loadURL(PAGE_ADDRESS).catch(() => undefined)
  return window
}

function keepState(window: BrowserWindow, dataDir: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = (): void => {
    clearTimeout(timer)
    if (window.isDestroyed() || window.isMinimized()) return
    writeWindowState(dataDir, { version: 1, bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
  }
  const saveSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_DELAY_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('close', save)
}
