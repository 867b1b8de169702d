import { BrowserWindow, ipcMain } from 'electron'
import { isTrustedFrame } from './security.ts'

/** Answers a message of the page. The one place that checks who is asking: the top frame of our page in a window of ours. */
export function handle(channel: string, answer: (window: BrowserWindow) => unknown): void {
  ipcMain.handle(channel, (event) => {
    const window = BrowserWindow.fromWebContents(event.sender)
    if (window === null || !isTrustedFrame(event.senderFrame)) throw new Error('refused')
    return answer(window)
  })
}
