/** Stops packing when the native module of the target is not in the package: npm installs only the host's own. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { Arch } from 'electron-builder'

export default function afterPack({ electronPlatformName: platform, arch, appOutDir, packager }) {
  const folder = path.join(packager.getResourcesDir(appOutDir), 'app.asar.unpacked/node_modules/@lancedb')
  const wanted = `lancedb-${platform}-${Arch[arch]}`
  const packed = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('lancedb-')) : []
  if (!packed.some((name) => name.startsWith(wanted))) {
    throw new Error(
      `The package lacks ${wanted}*: build it on that platform, or run npm ci with --os and --cpu. Found: ${packed.join(', ') || 'none'}.`,
    )
  }
}
