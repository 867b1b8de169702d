/* `npm start`: the desktop window where it can be shown, else the browser host. */
import { AppError } from '#shared/errors.ts'
import { chooseHost } from './choose-host.ts'
import { findElectron, hasDisplay, sandboxProblem } from './electron-binary.ts'
import { parseStartArguments, USAGE, type StartOptions } from './options.ts'
import { placesFrom } from './places.ts'
import { runBrowserHost } from './run-browser.ts'
import { runDesktop } from './run-desktop.ts'

async function main(): Promise<void> {
  // npm runs scripts in the project's folder and says in INIT_CWD where the person was.
  const parsed = parseStartArguments(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd())
  if (parsed.kind === 'help') return console.log(USAGE)
  if (parsed.kind === 'bad') {
    console.error(`${parsed.message}\n\n${USAGE}`)
    process.exit(2)
  }
  const { options } = parsed
  const electron = findElectron(import.meta.url, process.env)
  const choice = chooseHost({
    asked: options.host,
    electron,
    display: hasDisplay(process.platform, process.env),
    sandboxProblem: electron === undefined ? undefined : sandboxProblem(electron),
    browserOnlyOption: browserOnlyOption(options),
  })
  const places = placesFrom(import.meta.dirname)
  switch (choice.kind) {
    case 'impossible':
      console.error(`Cannot show the desktop window: ${choice.why}.\nRun without --desktop to use the browser instead.`)
      return process.exit(1)
    case 'desktop':
      return runDesktop(choice.electron, places, options)
    case 'browser':
      return runBrowserHost(places, options, choice.why)
  }
}

function browserOnlyOption(options: StartOptions): string | undefined {
  if (options.port !== 0) return '--port'
  if (options.socket !== undefined) return '--socket'
  return options.idleMinutes === undefined ? undefined : '--idle-shutdown'
}

try {
  await main()
} catch (error) {
  const known = error instanceof AppError
  console.error(known ? [error.message, error.hint].filter(Boolean).join('\n') : error)
  process.exit(1)
}
