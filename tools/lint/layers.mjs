/**
 * Who may import whom. The first room whose path contains a file is its room; `may` lists rooms it may import from
 * besides itself. `doors` are rooms of which only index.ts may be imported from outside. Order matters: inner first.
 * ARCHITECTURE.md explains the table; this is the one that is enforced.
 */
const ENGINE_SHARED = ['shared', 'engine/context', 'engine/lance', 'engine/format', 'engine/store']
/** Areas of the engine, each with the other areas it builds on. */
const ENGINE_AREAS = {
  info: [],
  settings: [],
  files: [],
  ledger: [],
  relevance: [],
  sample: ['relevance'],
  datasets: [],
  rows: [],
  versions: ['datasets', 'ledger'],
  appends: ['datasets', 'rows', 'versions'],
  tags: ['datasets', 'ledger'],
  branches: ['datasets', 'ledger'],
  fragments: ['datasets', 'rows'],
  compare: ['datasets', 'rows', 'versions', 'fragments'],
  storage: ['datasets', 'fragments'],
  jobs: ['datasets', 'ledger'],
  indices: ['datasets', 'rows', 'fragments', 'jobs', 'ledger'],
  undo: ['datasets', 'versions', 'ledger'],
  checkpoints: ['datasets', 'versions', 'tags', 'ledger'],
  trash: ['datasets', 'jobs', 'ledger'],
  maintenance: ['datasets', 'rows', 'fragments', 'storage', 'versions', 'indices', 'jobs', 'ledger', 'checkpoints'],
  doctor: ['datasets', 'rows', 'fragments', 'storage', 'versions', 'indices', 'jobs', 'ledger', 'maintenance'],
  search: ['datasets', 'rows', 'indices', 'jobs'],
  embedders: ['datasets', 'settings'],
  embed: ['datasets', 'rows', 'indices', 'embedders', 'jobs', 'ledger'],
  uploads: [],
  streams: ['appends', 'datasets', 'ledger'],
  queues: ['datasets'],
  parsing: [],
  sources: ['parsing'],
  documents: ['parsing'],
  tables: ['parsing'],
  media: ['parsing'],
  imports: [
    'appends',
    'datasets',
    'rows',
    'versions',
    'embedders',
    'jobs',
    'ledger',
    'maintenance',
    'parsing',
    'uploads',
  ],
}
/** Features, each with those it builds on. The first two have no view of their own: they are what the others share. */
const FEATURES = {
  workspace: [],
  history: ['workspace'],
  datasets: ['workspace'],
  data: ['workspace'],
  fragments: ['workspace'],
  queues: ['workspace', 'data'],
  compare: ['workspace', 'history', 'datasets', 'data'],
  versions: ['workspace', 'history', 'data', 'compare'],
  activity: ['workspace', 'history', 'compare', 'versions'],
  inspector: ['workspace', 'history', 'data', 'fragments', 'versions'],
  jobs: ['workspace', 'history'],
  indices: ['workspace', 'history', 'data', 'versions', 'fragments', 'jobs'],
  search: ['workspace', 'data', 'compare', 'inspector', 'indices', 'jobs'],
  maintenance: ['workspace', 'history', 'data', 'fragments', 'versions', 'jobs'],
  storage: ['workspace', 'data', 'inspector', 'maintenance'],
  doctor: ['workspace', 'history', 'datasets', 'versions', 'storage', 'jobs'],
  embed: ['workspace', 'history', 'data', 'versions', 'jobs', 'search'],
  import: ['workspace', 'history', 'datasets', 'data', 'jobs'],
}
const FEATURE_SHARED = ['renderer/ui', 'renderer/grid', 'renderer/bridge', 'shared']

const engineRooms = Object.keys(ENGINE_AREAS).map((area) => `engine/${area}`)
const featureRooms = Object.keys(FEATURES).map((feature) => `features/${feature}`)

export const ROOMS = [
  { name: 'shared', path: 'shared/', may: [] },
  { name: 'engine/format', path: 'electron/engine/format/', may: ['shared'] },
  { name: 'engine/store', path: 'electron/engine/store/', may: ['shared'] },
  {
    name: 'engine/lance',
    path: 'electron/engine/lance/',
    may: ['shared', 'engine/context'],
  },
  { name: 'engine/context', path: 'electron/engine/context.ts', may: ['shared', 'engine/format', 'engine/store'] },
  ...Object.entries(ENGINE_AREAS).map(([area, others]) => ({
    name: `engine/${area}`,
    path: `electron/engine/${area}/`,
    may: [...ENGINE_SHARED, ...others.map((other) => `engine/${other}`)],
    door: true,
  })),
  { name: 'engine/supervisor', path: 'electron/engine/supervisor', may: ['shared', 'engine/context'] },
  {
    name: 'engine',
    path: 'electron/engine/',
    may: ['shared', 'engine/context', 'engine/supervisor', ...engineRooms],
  },
  { name: 'preload', path: 'electron/preload/', may: ['shared'] },
  { name: 'main', path: 'electron/main/', may: ['shared', 'engine/supervisor', 'launch'] },
  { name: 'serve', path: 'electron/serve/', may: ['shared', 'engine/supervisor', 'launch'] },
  { name: 'launch', path: 'electron/launch/', may: ['shared', 'engine/supervisor', 'serve'] },
  { name: 'renderer/ui', path: 'renderer/ui/', may: ['shared'] },
  { name: 'renderer/grid', path: 'renderer/grid/', may: ['shared'] },
  { name: 'renderer/bridge', path: 'renderer/bridge/', may: ['shared'] },
  ...Object.entries(FEATURES).map(([feature, others]) => ({
    name: `features/${feature}`,
    path: `renderer/features/${feature}/`,
    may: [...FEATURE_SHARED, ...others.map((other) => `features/${other}`)],
    door: true,
  })),
  {
    name: 'renderer/app',
    path: 'renderer/',
    may: [...FEATURE_SHARED, ...featureRooms],
  },
  { name: 'e2e', path: 'e2e/', may: [] },
]

/** Packages that only one room may import. */
export const PACKAGES = [
  {
    match: /^@lancedb\/lancedb|^apache-arrow/,
    rooms: ['engine/lance'],
    why: 'the native engine is wrapped in electron/engine/lance',
  },
  { match: /^electron$/, rooms: ['main', 'preload'], why: 'only the desktop host knows Electron' },
  {
    match: /^zod/,
    rooms: [
      'shared',
      'engine/settings',
      'engine/ledger',
      'engine/parsing',
      'engine/imports',
      'launch',
      'main',
      'serve',
    ],
    why: 'input is validated in the engine; the page carries no schema library',
  },
  {
    match: /^react|^@base-ui|^@tanstack|^zustand|^lucide|^d3-/,
    rooms: ['renderer/ui', 'renderer/grid', 'renderer/app', ...featureRooms],
    why: 'React lives in the renderer',
  },
]

/** Values (not types) of the contract must not reach the page: they would bring the schema library along. */
export const TYPE_ONLY = { rooms: /^(renderer|features)/, path: /^shared\/contract\// }

export function roomOf(file) {
  return ROOMS.find((room) => file.startsWith(room.path))
}
