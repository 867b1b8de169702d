import { Parser } from 'htmlparser2'

/** Deeper nesting than any document of a person has; beyond it, ends of the outermost elements are no longer told. */
const MAX_DEPTH = 512
const PIECE = 64 * 1024

export interface MarkupEvents {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  close(name: string): void
  text(text: string): void
}

/** Tells the elements and texts of HTML one by one, forgiving everything; without recursion. */
export function readHtmlEvents(html: string, events: MarkupEvents): void {
  run(html, events, false)
}

/** Tells the elements of XML by their local names. */
export function readXmlEvents(xml: string, events: MarkupEvents): void {
  run(
    xml,
    {
      open: (name, attributes) => events.open(localName(name), attributes),
      close: (name) => events.close(localName(name)),
      text: (text) => events.text(text),
    },
    true,
  )
}

function run(source: string, events: MarkupEvents, xmlMode: boolean): void {
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        // The parser keeps its open elements in a list it shifts at every tag: unbounded, a deep document takes hours.
        const open = parser['stack']
        if (open.length > MAX_DEPTH) open.length = MAX_DEPTH
        events.open(name, attributes)
      },
      onclosetag: (name) => events.close(name),
      ontext: (text) => events.text(text),
    },
    { decodeEntities: true, xmlMode },
  )
  // In pieces: the parser keeps what it was given until it is through with it.
  for (let at = 0; at < source.length; at += PIECE) parser.write(source.slice(at, at + PIECE))
  parser.end()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
