const UNKNOWN = 'application/octet-stream'

/** For what has no signature of its own. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  aac: 'audio/aac',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
}

/** MIME type by the beginning of a file, else by its name. */
export async function readMimeType(head: Uint8Array, name: string): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const named = Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined
  // SVG is XML to those who only look at bytes.
  if (found !== undefined && found.mime !== 'application/xml') return found.mime
  if (named === undefined && /<svg[\s>]/i.test(Buffer.from(head.subarray(0, 1024)).toString('latin1')))
    return 'image/svg+xml'
  return named ?? found?.mime ?? UNKNOWN
}
