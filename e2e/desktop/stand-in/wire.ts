/*
 * Values on their way between the page and this process travel as JSON text. What JSON cannot say is tagged. Both
 * functions are also sent to the page as source, so they may use nothing from outside.
 */

export function encodeWire(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Uint8Array) {
      let text = ''
      for (const byte of item) text += String.fromCharCode(byte)
      return { $wire: 'bytes', text: btoa(text) }
    }
    // A Buffer has become { type: 'Buffer', data } by the time it gets here.
    const buffer = item as { readonly type?: unknown; readonly data?: unknown } | null
    if (typeof item === 'object' && buffer?.type === 'Buffer' && Array.isArray(buffer.data)) {
      let text = ''
      for (const byte of buffer.data as readonly number[]) text += String.fromCharCode(byte)
      return { $wire: 'bytes', text: btoa(text) }
    }
    if (typeof item === 'bigint') return { $wire: 'bigint', text: String(item) }
    if (typeof item === 'number' && !Number.isFinite(item)) return { $wire: 'number', text: String(item) }
    if (typeof File !== 'undefined' && item instanceof File) return { $wire: 'file', text: item.name }
    return item
  })
}

export function decodeWire(text: string): unknown {
  return JSON.parse(text, (_key, item: unknown) => {
    const tagged = item as { readonly $wire?: unknown; readonly text?: string } | null
    if (typeof item !== 'object' || tagged?.$wire === undefined) return item
    const content = tagged.text ?? ''
    if (tagged.$wire === 'bytes') return Uint8Array.from(atob(content), (char) => char.charCodeAt(0))
    if (tagged.$wire === 'bigint') return BigInt(content)
    if (tagged.$wire === 'number') return Number(content)
    return { name: content }
  })
}
