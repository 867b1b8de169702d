import { HtmlCollector } from './html-collector.ts'
import { readHtmlEvents } from './markup.ts'
import type { TextBuilder } from './text-builder.ts'

export interface HtmlFacts {
  readonly title: string | null
  /** Of `lang`. */
  readonly declaredLanguage: string | null
  /** Content of the `meta` elements by name. */
  readonly meta: Readonly<Record<string, string>>
}

/**
 * Reads the text of an HTML document into a builder: headings, paragraphs, lists, tables, code and quotes, in the order of
 * the source.
 */
export function readHtml(html: string, builder: TextBuilder, options: { readonly page?: number } = {}): HtmlFacts {
  const collector = new HtmlCollector(builder, options.page)
  readHtmlEvents(html, collector)
  collector.finish()
  return collector.facts
}
