/*
 * The stand-in for the `electron` module: the parts of it the app uses, driving the machine's Chromium. It is not
 * Electron. What it shows is that the built main, preload, engine and page fit together; what it does not know throws.
 */
import { app, onQuit, setReady } from './app.ts'
import { BrowserWindow, setContext } from './browser-window.ts'
import { startChromium } from './chromium.ts'
import { answers, listenToTest } from './control.ts'
import { record } from './record.ts'
import { strict } from './strict.ts'

export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc-main.ts'
export { Menu } from './menu.ts'
export { MessageChannelMain } from './ports.ts'
export { protocol } from './protocol.ts'
export { utilityProcess } from './utility-process.ts'

const WORK_AREA = { x: 0, y: 0, width: 1920, height: 1080 }
const display = { workArea: WORK_AREA, bounds: WORK_AREA }
export const screen = strict('screen', { getPrimaryDisplay: () => display, getAllDisplays: () => [display] })
export const shell = strict('shell', {
  openExternal: (address: string) => {
    record.openedExternally.push(address)
    return Promise.resolve()
  },
})
export const dialog = strict('dialog', {
  showOpenDialog: () => {
    const filePaths = answers.openDialog.shift()
    return Promise.resolve({ canceled: filePaths === undefined, filePaths: filePaths ?? [] })
  },
  showMessageBox: (options: { readonly message: string; readonly buttons: readonly string[] }) => {
    record.questions.push(options.message)
    const answer = answers.messageBox.shift()
    if (answer === undefined) return new Promise(() => undefined)
    const response = options.buttons.indexOf(answer)
    if (response < 0) throw new Error(`There is no button "${answer}".`)
    return Promise.resolve({ response, checkboxChecked: false })
  },
})
export const session = strict('session', {
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler: (handler: typeof answers.permissionRequest) => {
      answers.permissionRequest = handler
    },
    setPermissionCheckHandler: (handler: typeof answers.permissionCheck) => {
      answers.permissionCheck = handler
    },
    setDevicePermissionHandler: (handler: typeof answers.devicePermission) => {
      answers.devicePermission = handler
    },
  }),
})

onQuit(async () => {
  for (const window of BrowserWindow.getAllWindows()) if (!(await window.closeWindow())) return false
  return true
})

const browser = startChromium()
setContext(browser.then(({ context }) => context))
void browser.then(({ endpoint, close }) => {
  setReady(close)
  listenToTest(app, endpoint)
})
