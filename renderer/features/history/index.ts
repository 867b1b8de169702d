export { LANES, laneIndexOf, laneOf } from './lanes.ts'
export { invalidateHistory, readRefs, type Refs, useRefs } from './refs.ts'
export { getVersionLog, reloadVersionLog, useVersionLog, type VersionLog } from './version-log.ts'
