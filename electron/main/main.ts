/* Entry of the desktop host: everything that must happen before Electron is ready, then the app. */
import os from 'node:os'
import path from 'node:path'
import { app, protocol } from 'electron'
import { dataDirOf } from '../launch/data-dir.ts'
import { placesFrom } from '../launch/places.ts'
import { readArguments } from './arguments.ts'
import { runApp } from './app.ts'
import { SCHEME } from './security.ts'

const dataDir = dataDirOf({ platform: process.platform, home: os.homedir(), env: process.env })

app.setName('Tiltyard')
app.enableSandbox()
// Chromium's own files stay apart from ours.
app.setPath('userData', path.join(dataDir, 'electron'))
protocol.registerSchemesAsPrivileged([
  {
    scheme: SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true, stream: true },
  },
])

const given = readArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.env['INIT_CWD'] ?? process.cwd())
if (given.problem !== undefined) {
  process.stderr.write(`${given.problem}\n`)
  app.exit(2)
} else if (app.requestSingleInstanceLock({ locations: given.locations })) {
  runApp({ places: placesFrom(import.meta.dirname), dataDir, root: given.root, locations: given.locations })
} else {
  // The first instance has been told what to open.
  app.quit()
}
