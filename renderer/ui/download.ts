/** Hands a text to the person as a file to be saved. */
export function downloadText(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the bytes by the next turn.
  setTimeout(() => URL.revokeObjectURL(url))
}

/** A name any file system takes; `otherwise` where nothing is left of it. */
export function fileNameOf(name: string, otherwise: string): string {
  const safe = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '')
  return safe === '' ? otherwise : safe.slice(0, 80)
}
