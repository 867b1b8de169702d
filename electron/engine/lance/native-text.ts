/** Native text fit for people: no source paths, no repeated causes, no debug dumps. At most 400 characters. */
export function cleanText(text: string): string {
  const [first = ''] = text
    .replaceAll(/,? ?\/[^\s,]*\.cargo\/\S+|,? ?\/usr\/local\/cargo\/\S+?:\d+:\d+/g, '')
    .split(/ {2,}Caused by: |\n/)
  return PREFIXES.reduce((rest, prefix) => rest.replace(prefix, ''), first)
    .trim()
    .slice(0, 400)
}

/** What the native layers write before their reason, outermost first. */
const PREFIXES = [
  /^Failed to (?:execute query stream|retrieve the query plan|get next batch from stream): /,
  /^GenericFailure, /,
  /^Job failed: /,
  /^Invalid input, /,
  /^lance error: /,
  /^LanceError\(\w+\): /,
]
