export { RowHistory, type RowHistoryProps } from './row-history.tsx'
