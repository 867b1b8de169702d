/** Shortcuts are written `Mod+Shift+K`; Mod is Cmd on macOS and Ctrl elsewhere. */

/** The parts of a key event that matter here. */
export interface KeyPress {
  readonly key: string
  /** Physical key, such as `KeyK`; tells letters that Alt turns into signs on macOS. */
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** True when a key press is exactly this shortcut. */
export function matchesShortcut(shortcut: string, press: KeyPress, isMac: boolean): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1)
  if (key === undefined) return false
  const mod = parts.includes('Mod')
  return (
    (press.key.toLowerCase() === key.toLowerCase() || press.code === `Key${key}` || press.code === `Digit${key}`) &&
    press.ctrlKey === (mod && !isMac) &&
    press.metaKey === (mod && isMac) &&
    press.shiftKey === parts.includes('Shift') &&
    press.altKey === parts.includes('Alt')
  )
}

/** How a shortcut is written on this machine: `Ctrl Shift K` or `⌘⇧K`. */
export function formatShortcut(shortcut: string, isMac: boolean): string {
  const symbols: Readonly<Record<string, string>> = isMac
    ? { Mod: '⌘', Shift: '⇧', Alt: '⌥', ArrowLeft: '←', ArrowRight: '→' }
    : { Mod: 'Ctrl', ArrowLeft: '←', ArrowRight: '→' }
  return shortcut
    .split('+')
    .map((part) => symbols[part] ?? part)
    .join(isMac ? '' : ' ')
}

/** True on macOS, by the only fact a page has. */
export function isMacPlatform(): boolean {
  return typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent)
}
