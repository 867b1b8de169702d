import { strict } from './strict.ts'

export type IpcHandler = (
  event: { readonly sender: unknown; readonly senderFrame: unknown },
  ...args: readonly unknown[]
) => unknown

export const ipcHandlers = new Map<string, IpcHandler>()

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: IpcHandler): void {
    if (ipcHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    ipcHandlers.set(channel, handler)
  },
})
