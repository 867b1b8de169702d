import { openZip, type ZipArchive } from '../parsing/index.ts'
import type { DocumentFile, Draft } from './draft.ts'
import { readHtml } from './html.ts'
import { readCoreProperties } from './office.ts'
import { TextBuilder } from './text-builder.ts'
import { storeZip } from './zip-write.ts'

const KIND = 'a Word document'

/** Text of a Word document, with the headings, lists and tables its styles tell. */
export async function parseDocx(file: DocumentFile): Promise<Draft> {
  const archive = await openZip(file, KIND)
  try {
    const buffer = storeZip(await readMarkup(archive))
    const { convertToHtml, images } = await import('mammoth')
    const { value } = await convertToHtml(
      { buffer },
      // Pictures have no text, and were not unpacked.
      { convertImage: images.imgElement(() => Promise.resolve({ src: '' })), ignoreEmptyParagraphs: true },
    )
    const builder = new TextBuilder(file.name)
    readHtml(value, builder)
    return { ...builder.finish(), ...(await readCoreProperties(archive)) }
  } finally {
    archive.close()
  }
}

/** Only the markup, unpacked within the bounds of the archive: the library has none of its own. */
async function readMarkup(archive: ZipArchive): Promise<Map<string, Uint8Array>> {
  await archive.read('[Content_Types].xml')
  const parts = new Map<string, Uint8Array>()
  for (const name of archive.names) {
    if (/\.(?:xml|rels)$/i.test(name) && !name.startsWith('customXml/')) parts.set(name, await archive.read(name))
  }
  return parts
}
