import type { EventEmitter } from 'node:events'
import { emitPreventable } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { chooseMenu, menuLabels } from './menu.ts'
import { record } from './record.ts'

/** What the outside answers when the app asks. */
export const answers = {
  openDialog: [] as (readonly string[])[],
  /** Labels of the buttons pressed. */
  messageBox: [] as string[],
  permissionRequest: undefined as
    ((contents: unknown, permission: string, decide: (granted: boolean) => void) => void) | undefined,
  permissionCheck: undefined as ((contents: unknown, permission: string) => boolean) | undefined,
  devicePermission: undefined as ((details: unknown) => boolean) | undefined,
}

/** Everything a test may ask of the stand-in; each is one message and one answer. */
const commands = {
  record: () => record,
  chooseMenu,
  menuLabels,
  answerOpenDialog: (paths: readonly string[]) => void answers.openDialog.push(paths),
  answerMessageBox: (button: string) => void answers.messageBox.push(button),
  invokeFrom: (url: string | null, channel: string) => firstWindow().invoke(channel, [], url),
  setFilePath: (name: string, path: string) => firstWindow().setFilePath(name, path),
  setBounds: (bounds: { x: number; y: number; width: number; height: number }) => firstWindow().setBounds(bounds),
  maximize: () => firstWindow().maximize(),
  focusWindow: () => firstWindow().focus(),
  askPermission: (permission: string) =>
    new Promise<boolean>((resolve) => answers.permissionRequest?.({}, permission, resolve)),
  checkPermission: (permission: string) => answers.permissionCheck?.({}, permission),
  askDevice: () => answers.devicePermission?.({}),
  openFile: (path: string) => emitPreventable(lifeCycle, 'open-file', {}, path),
  killEngine: (signal: NodeJS.Signals) => {
    const pid = record.enginePids.at(-1)
    if (pid !== undefined) process.kill(pid, signal)
  },
  closeWindow: async () => {
    await firstWindow().closeWindow()
    if (BrowserWindow.all.size === 0) lifeCycle.emit('window-all-closed')
  },
}
export type Commands = typeof commands

let lifeCycle: EventEmitter

function firstWindow(): BrowserWindow {
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) throw new Error('There is no window.')
  return window
}

/** Tells the test where the browser is, then does what it asks. */
export function listenToTest(app: EventEmitter, endpoint: string): void {
  lifeCycle = app
  process.on(
    'message',
    (message: { readonly id: number; readonly name: keyof Commands; readonly args: readonly unknown[] }) => {
      const command = commands[message.name] as (...args: readonly unknown[]) => unknown
      Promise.resolve()
        .then(() => command(...message.args))
        .then(
          (value) => process.send?.({ id: message.id, value }),
          (error: unknown) =>
            process.send?.({ id: message.id, error: error instanceof Error ? error.message : String(error) }),
        )
    },
  )
  process.on('disconnect', () => process.exit(1))
  process.send?.({ endpoint })
}
