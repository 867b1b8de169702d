/** How bytes can be looked at. */
export type PreviewKind = 'image' | 'audio' | 'video' | 'json' | 'text' | 'hex'

/** Formats Chromium decodes; others would show as broken and are better read as bytes. */
const IMAGES = /^image\/(png|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)$/
const AUDIO = /^audio\/(mpeg|mp3|mp4|aac|ogg|opus|wav|x-wav|wave|flac|x-flac|webm)$/
const VIDEO = /^video\/(mp4|webm|ogg|quicktime)$/
const JSON_TYPES = /^application\/([\w.-]+\+)?json$/
const TEXT_TYPES = /^(text\/|application\/(xml|yaml|x-yaml|toml|javascript|sql)$)/

/** The preview for a media type; parameters such as `; charset=utf-8` do not matter. */
export function previewKindOf(mediaType: string): PreviewKind {
  const type = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (IMAGES.test(type)) return 'image'
  if (AUDIO.test(type)) return 'audio'
  if (VIDEO.test(type)) return 'video'
  if (JSON_TYPES.test(type)) return 'json'
  return TEXT_TYPES.test(type) ? 'text' : 'hex'
}

/** File name ending for a download, with its dot; `.bin` when the type says nothing. */
export function fileEnding(mediaType: string): string {
  const type = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const known: Readonly<Record<string, string>> = {
    'image/jpeg': '.jpg',
    'image/svg+xml': '.svg',
    'audio/mpeg': '.mp3',
    'audio/x-wav': '.wav',
    'video/quicktime': '.mov',
    'text/plain': '.txt',
    'application/octet-stream': '.bin',
  }
  const subtype = /^[a-z]+\/([a-z0-9]+)$/.exec(type)?.[1]
  return known[type] ?? (subtype === undefined ? '.bin' : `.${subtype}`)
}
