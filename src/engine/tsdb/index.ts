/**
 * The time-series database, as far as a tab needs it: Prometheus' head block. It takes in what scrapes and rules
 * write, finds series by their labels, and hands out their samples.
 *
 * A series is a label set and samples. Samples lie in columns: an appender, which is one target or one rule group, has a
 * column of timestamps, and each of its series a column of values beside it, so a scrape stamps thousands of
 * series once, and a query plans its windows once for all of them. Series are found through an inverted index
 * from label pairs to sorted lists of series ids. A writer's row becomes visible whole, or not at all.
 *
 * Left out: blocks on disk, compression, the write-ahead log, tombstones, exemplars, native histograms, and the window for
 * samples that come out of order: those are refused, as Prometheus does without configuration.
 */
export { Head } from './head.ts';
export { type HeadStats, type CardinalityStat } from './status.ts';
