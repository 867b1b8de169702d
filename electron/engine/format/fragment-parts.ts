import { openContainer } from './container.ts'
import type { WireReader } from './wire.ts'

/** A sequence of a fragment, in the manifest or in a file of its own (ExternalFile {1 path, 2 offset, 3 size}). */
export type SequencePlace =
  | { readonly kind: 'inline'; readonly bytes: Uint8Array }
  | { readonly kind: 'external'; readonly path: string; readonly offset: number; readonly bytes: number }

/** What a manifest says of one fragment beyond its files. */
export interface FragmentParts {
  readonly rowIds?: SequencePlace
  readonly lastUpdatedAt?: SequencePlace
  readonly createdAt?: SequencePlace
  /** Overlay files (feature flag 64), which this build cannot apply. */
  readonly overlays: number
}

/**
 * Row ids and row versions of one fragment of a manifest file; undefined when the manifest has no such fragment.
 * DataFragment {1 id, 5/6 row ids, 7/8 last updated, 9/10 created, 11 overlays}. Throws `corrupt-manifest`.
 */
export function readFragmentParts(file: Uint8Array, id: number): FragmentParts | undefined {
  const manifest = openContainer(file).manifest()
  while (manifest.next()) {
    if (manifest.field === 2) {
      const fragment = readParts(manifest.message())
      if (fragment.id === id) return fragment.parts
    } else manifest.skip()
  }
  return undefined
}

function readParts(message: WireReader): { readonly id: number; readonly parts: FragmentParts } {
  let id = 0
  let overlays = 0
  const places = new Map<'rowIds' | 'lastUpdatedAt' | 'createdAt', SequencePlace>()
  while (message.next()) {
    switch (message.field) {
      case 1:
        id = message.uint()
        break
      case 5:
        places.set('rowIds', { kind: 'inline', bytes: message.bytes() })
        break
      case 6:
        places.set('rowIds', readExternal(message.message()))
        break
      case 7:
        places.set('lastUpdatedAt', { kind: 'inline', bytes: message.bytes() })
        break
      case 8:
        places.set('lastUpdatedAt', readExternal(message.message()))
        break
      case 9:
        places.set('createdAt', { kind: 'inline', bytes: message.bytes() })
        break
      case 10:
        places.set('createdAt', readExternal(message.message()))
        break
      case 11:
        overlays++
        message.skip()
        break
      default:
        message.skip()
    }
  }
  return { id, parts: { ...Object.fromEntries(places), overlays } }
}

function readExternal(message: WireReader): SequencePlace {
  let path = ''
  let offset = 0
  let bytes = 0
  while (message.next()) {
    if (message.field === 1) path = message.text()
    else if (message.field === 2) offset = message.uint()
    else if (message.field === 3) bytes = message.uint()
    else message.skip()
  }
  return { kind: 'external', path, offset, bytes }
}
