/** Colours and fonts of the canvas, read from the page's custom properties. */
export interface GridTheme {
  readonly bg0: string
  readonly bg1: string
  readonly bg2: string
  readonly bg3: string
  readonly line: string
  readonly line2: string
  readonly fg: string
  readonly fg2: string
  readonly fg3: string
  readonly acc: string
  readonly accBg: string
  readonly sel: string
  readonly num: string
  readonly str: string
  readonly vec: string
  readonly warn: string
  readonly bad: string
  readonly badBg: string
  readonly ok: string
  readonly okBg: string
  readonly zebra: string
  readonly hit: string
  readonly textFont: string
  readonly monoFont: string
  readonly smallFont: string
  readonly italicFont: string
}

/** Reads the theme as it applies to an element; call again when the theme changes. */
export function readTheme(element: Element): GridTheme {
  const style = getComputedStyle(element)
  const read = (name: string, fallback: string) => style.getPropertyValue(name).trim() || fallback
  const text = read('--font', 'system-ui, sans-serif')
  const mono = read('--mono', 'ui-monospace, monospace')
  return {
    bg0: read('--bg0', '#ffffff'),
    bg1: read('--bg1', '#f6f7f9'),
    bg2: read('--bg2', '#eceef1'),
    bg3: read('--bg3', '#dfe3e8'),
    line: read('--line', '#dde1e6'),
    line2: read('--line2', '#c9d0d8'),
    fg: read('--fg', '#1b2027'),
    fg2: read('--fg2', '#57606c'),
    fg3: read('--fg3', '#6f7985'),
    acc: read('--acc', '#2d72d2'),
    accBg: read('--acc-bg', '#2d72d21a'),
    sel: read('--sel', '#d6e4fa'),
    num: read('--num', '#0f5ba8'),
    str: read('--str', '#1c6e42'),
    vec: read('--vec', '#7a3fa0'),
    warn: read('--warn', '#b85c00'),
    bad: read('--bad', '#c23030'),
    badBg: faint(read('--bad', '#c23030')),
    ok: read('--ok', '#238551'),
    okBg: faint(read('--ok', '#238551')),
    zebra: read('--zebra', '#fafbfc'),
    hit: read('--hit', '#ffe08a'),
    textFont: `12px ${text}`,
    monoFont: `11.5px ${mono}`,
    smallFont: `10.5px ${mono}`,
    italicFont: `italic 11px ${mono}`,
  }
}

/** A tint of a colour that text stays readable on; tokens are written `#rrggbb`. */
function faint(color: string): string {
  return /^#[0-9a-f]{6}$/i.test(color) ? `${color}26` : color
}

/** Calls back when the theme attribute, the system's colour scheme or the loaded fonts change; returns the stop. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class', 'style'] })
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  scheme.addEventListener('change', onChange)
  document.fonts.addEventListener('loadingdone', onChange)
  return () => {
    observer.disconnect()
    scheme.removeEventListener('change', onChange)
    document.fonts.removeEventListener('loadingdone', onChange)
  }
}
