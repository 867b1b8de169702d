import { AppError } from '#shared/errors.ts'

/** Lance writes `{name}.json.tmp.` and 34 more characters; file names may have 255 bytes. */
const MAX_CHARACTERS = 200

const RULE =
  'A tag name has up to 200 ASCII letters, digits, ".", "-" and "_", no dot at either end, no ".." and not ".lock" at the end.'

/**
 * Throws `invalid-name` for a name Lance refuses (`check_valid_tag`), and for letters beyond ASCII, which Lance 12 takes but
 * then cannot list: no tag of the dataset would be readable until that one is deleted.
 */
export function checkTagName(name: string): void {
  const isValid =
    /^[A-Za-z0-9._-]+$/.test(name) &&
    name.length <= MAX_CHARACTERS &&
    !name.startsWith('.') &&
    !name.endsWith('.') &&
    !name.includes('..') &&
    !name.endsWith('.lock')
  if (isValid) return
  throw new AppError({
    code: 'invalid-name',
    message: `"${name.slice(0, 100)}" cannot be the name of a tag.`,
    hint: RULE,
    detail: { name: name.slice(0, 100) },
  })
}
