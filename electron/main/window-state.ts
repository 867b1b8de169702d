import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a window was. `version` lets a later build read this file. */
export interface WindowState {
  readonly version: 1
  readonly bounds: Bounds
  readonly isMaximized: boolean
}

/** Where to put a window: absent bounds let the system choose the place. */
export interface WindowPlacement {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly isMaximized: boolean
}

export const MIN_SIZE = { width: 720, height: 480 } as const
const DEFAULT_SIZE = { width: 1360, height: 860 } as const
/** Part of a window that must lie on some display, so that it can be grabbed. */
const MIN_VISIBLE = { width: 120, height: 60 } as const

/** Reads a saved state; undefined for anything that is not one. */
export function parseWindowState(value: unknown): WindowState | undefined {
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['bounds'])) return undefined
  const { x, y, width, height } = value['bounds']
  if (![x, y, width, height].every((number) => Number.isInteger(number) && Math.abs(Number(number)) < 100_000))
    return undefined
  return {
    version: 1,
    bounds: { x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
    isMaximized: value['isMaximized'] === true,
  }
}

/** Where the window goes now: its old place if enough of it lies on a display that is still there, else the default. */
export function placeWindow(state: WindowState | undefined, workAreas: readonly Bounds[]): WindowPlacement {
  const isMaximized = state?.isMaximized ?? false
  const { bounds } = state ?? {}
  const size = {
    width: Math.max(MIN_SIZE.width, bounds?.width ?? DEFAULT_SIZE.width),
    height: Math.max(MIN_SIZE.height, bounds?.height ?? DEFAULT_SIZE.height),
  }
  if (bounds === undefined) return { ...fitInto(size, workAreas[0]), isMaximized }
  const area = workAreas.find((candidate) => canGrab({ ...bounds, ...size }, candidate))
  if (area === undefined) return { ...fitInto(size, workAreas[0]), isMaximized }
  return { x: bounds.x, y: bounds.y, ...fitInto(size, area), isMaximized }
}

function canGrab(window: Bounds, area: Bounds): boolean {
  const overlap = (a: number, aSize: number, b: number, bSize: number): number =>
    Math.min(a + aSize, b + bSize) - Math.max(a, b)
  const titleBarVisible = window.y >= area.y && window.y < area.y + area.height
  return (
    titleBarVisible &&
    overlap(window.x, window.width, area.x, area.width) >= MIN_VISIBLE.width &&
    overlap(window.y, window.height, area.y, area.height) >= MIN_VISIBLE.height
  )
}

function fitInto(size: { readonly width: number; readonly height: number }, area: Bounds | undefined) {
  if (area === undefined) return size
  return { width: Math.min(size.width, area.width), height: Math.min(size.height, area.height) }
}

/** The saved state; undefined when there is none that can be read. */
export function readWindowState(dataDir: string): WindowState | undefined {
  try {
    return parseWindowState(JSON.parse(readFileSync(path.join(dataDir, 'window.json'), 'utf8')))
  } catch {
    return undefined
  }
}

/** Saves the state in one step. Losing it is not worth a message. */
export function writeWindowState(dataDir: string, state: WindowState): void {
  try {
    mkdirSync(dataDir, { recursive: true })
    const file = path.join(dataDir, 'window.json')
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch {
    // A full or read-only disk: the window opens in its default place next time.
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
