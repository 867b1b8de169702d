import path from 'node:path'
import { parseArgs } from 'node:util'

/** How the app was asked to start. */
export interface StartOptions {
  readonly host: 'desktop' | 'browser' | 'best'
  /** Open a browser window by itself. */
  readonly open: boolean
  /** 0 = any free port. */
  readonly port: number
  /** Absolute; nothing outside may be listed or opened. */
  readonly root: string | undefined
  /** Listen on this Unix socket instead of a port. Absolute. */
  readonly socket: string | undefined
  /** End the browser host after this many minutes without a connection; undefined = never. */
  readonly idleMinutes: number | undefined
  /** Locations to open in the window: absolute paths, or URLs as they were given. */
  readonly locations: readonly string[]
}

export type ParsedArguments =
  | { readonly kind: 'start'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'bad'; readonly message: string }

export const USAGE = `Usage: npm start -- [options] [PATH…]

  PATH                a dataset directory or a folder of datasets to open in the window
  --desktop           the desktop window, or an error when it cannot be shown
  --browser           the browser host, even when the desktop could be used
  --no-open           do not open a browser
  --port N            port of the browser host on 127.0.0.1 (default: any free one)
  --socket PATH       listen on a Unix socket in a folder only you can enter, instead of a port
  --idle-shutdown MIN end after MIN minutes without a connected page
  --root DIR          show and open nothing outside DIR
  --help              this text`

const OPTIONS = {
  desktop: { type: 'boolean' },
  browser: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  port: { type: 'string' },
  socket: { type: 'string' },
  'idle-shutdown': { type: 'string' },
  root: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Reads the command line. Relative paths are taken from `cwd`, the folder the person typed the command in. */
export function parseStartArguments(args: readonly string[], cwd: string): ParsedArguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (values.help === true) return { kind: 'help' }
    if (values.desktop === true && values.browser === true) return bad('--desktop and --browser exclude each other.')
    if (values.port !== undefined && values.socket !== undefined) return bad('--port and --socket exclude each other.')
    const port = values.port === undefined ? 0 : wholeNumber(values.port, 0, 65_535)
    if (port === undefined) return bad(`--port needs a number from 0 to 65535, not "${values.port}".`)
    const idle = values['idle-shutdown']
    const idleMinutes = idle === undefined ? undefined : wholeNumber(idle, 1, 100_000)
    if (idle !== undefined && idleMinutes === undefined)
      return bad(`--idle-shutdown needs whole minutes, not "${idle}".`)
    return {
      kind: 'start',
      options: {
        host: values.desktop === true ? 'desktop' : values.browser === true ? 'browser' : 'best',
        open: values['no-open'] !== true,
        port,
        root: values.root === undefined ? undefined : path.resolve(cwd, values.root),
        socket: values.socket === undefined ? undefined : path.resolve(cwd, values.socket),
        idleMinutes,
        locations: positionals.map((location) => toLocation(location, cwd)),
      },
    }
  } catch (error) {
    // parseArgs names the offending flag in its first sentence; the rest is advice for programmers.
    const text = error instanceof Error ? error.message : String(error)
    return bad(text.split('. ')[0] ?? text)
  }
}

/** A location as a person types it: URLs stay, `~` is not expanded (shells do), paths become absolute. */
export function toLocation(text: string, cwd: string): string {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(text) ? text : path.resolve(cwd, text)
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  return value >= min && value <= max ? value : undefined
}

function bad(message: string): ParsedArguments {
  return { kind: 'bad', message }
}
