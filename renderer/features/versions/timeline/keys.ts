import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import type { TimelineModel } from './model.ts'

/** What a key does on the timeline. */
export type TimelineStep =
  | { readonly kind: 'travel'; readonly version: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'whole' | 'zoom-to-stretch' | 'pick' | 'compare' | 'clear' | 'none' }
  | { readonly kind: 'grow'; readonly step: 1 | -1 }

const ZOOM_STEP = 1.5

/**
 * Arrows, Home and End travel; with Shift, arrows grow the stretch from the version on screen; + - 0 zoom, Z zooms to the
 * stretch; Space picks, C compares, Escape lets go. Null for other keys.
 */
export function timelineStep(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  model: TimelineModel,
  tab: Pick<DatasetTab, 'version'>,
): TimelineStep | null {
  const older = key === 'ArrowLeft' || key === 'ArrowDown'
  if (older || key === 'ArrowRight' || key === 'ArrowUp') {
    if (shiftKey) return { kind: 'grow', step: older ? -1 : 1 }
    const next = older
      ? model.entries.findLast((entry) => entry.version < tab.version)
      : model.entries.find((entry) => entry.version > tab.version)
    return travel(next?.version)
  }
  switch (key) {
    case 'Home':
      return travel(model.entries[0]?.version)
    case 'End':
      return travel(model.entries.at(-1)?.version)
    case '+':
    case '=':
      return { kind: 'zoom', factor: 1 / ZOOM_STEP }
    case '-':
      return { kind: 'zoom', factor: ZOOM_STEP }
    case '0':
      return { kind: 'whole' }
    case 'z':
      return { kind: 'zoom-to-stretch' }
    case ' ':
      return { kind: 'pick' }
    case 'c':
      return { kind: 'compare' }
    case 'Escape':
      return { kind: 'clear' }
    default:
      return null
  }
}

function travel(version: number | undefined): TimelineStep {
  return version === undefined ? { kind: 'none' } : { kind: 'travel', version }
}
