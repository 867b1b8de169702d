import { app, BrowserWindow, dialog } from 'electron'

export interface QuitGuard {
  /** Asks before the last window closes while jobs run. */
  watch(window: BrowserWindow): void
  /** Quits without asking: a signal is no question. */
  quit(): void
}

/** Asks a person before quitting ends the jobs that run. `jobs` counts them. */
export function guardQuitting(jobs: () => number): QuitGuard {
  let isDecided = false
  let isAsking = false

  const quit = (): void => {
    isDecided = true
    app.quit()
  }
  const ask = async (): Promise<void> => {
    if (isAsking) return
    isAsking = true
    try {
      if (await mayEnd(jobs())) quit()
    } finally {
      isAsking = false
    }
  }
  const hold = (event: { preventDefault(): void }): void => {
    if (isDecided || jobs() === 0) return
    event.preventDefault()
    void ask()
  }

  app.on('before-quit', hold)
  return {
    watch: (window) =>
      void window.on('close', (event) => {
        // On macOS the app, and its jobs, go on without a window.
        if (process.platform !== 'darwin' && BrowserWindow.getAllWindows().length === 1) hold(event)
      }),
    quit,
  }
}

const WAIT = 0

async function mayEnd(running: number): Promise<boolean> {
  if (running === 0) return true
  const what = running === 1 ? 'A job is' : `${running} jobs are`
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: `${what} still running.`,
    detail:
      'Quitting cancels what runs. Datasets stay at a consistent version; what was not committed is lost, and its files are offered for removal.',
    buttons: ['Keep running', running === 1 ? 'Cancel it and quit' : 'Cancel them and quit'],
    defaultId: WAIT,
    cancelId: WAIT,
    noLink: true,
  })
  return response !== WAIT
}
