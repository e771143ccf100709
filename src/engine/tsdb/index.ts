/**
 * The time-series database, as far as a tab needs it: Prometheus' head block. It takes in what scrapes and rules
 * write, finds series by their labels, and hands out their samples.
 *
 * A series is a label set and samples. Samples lie in columns: an appender, which is one target or one rule group, has a
 * column of timestamps, and each of its series a column of values beside it, so a scrape stamps thousands of
 * series once, and a query plans its windows once for all of them. Series are found through an inverted index
 * from label pairs to sorted lists of series ids. A writer's row becomes visible whole, or not at all.
 *
 * Rows that are older than about two hours are sealed (`sealed/`): 128 of a target at a time, all its series in one block of bits. Whole
 * numbers, and decimals as whole numbers, are written as what they differ by, each in as many bits as the largest of the block
 * needs; buckets of a histogram by what they differ from the one before; other doubles by what an exclusive or leaves of them. This takes
 * less than Prometheus' chunks, because timestamps are shared, and opens as fast as a query reads. A query opens the blocks
 * that its range touches, and what was opened lately is kept, up to a number of bytes.
 *
 * A row of a series may be a native histogram instead of a float. Open ones are the objects that were appended. A sealed block has what
 * buckets there are once for each run of histograms that have the same, and their counts as what each differs by from the one before, in as
 * many bits as it takes; a histogram that stands still takes one bit.
 *
 * What is offered is compared with what is committed, as in Prometheus: a sample must come later than the last one of its series, and be at most an
 * hour older than the newest of all. Of several samples that one row offers for a series, the commit leaves out those that come no later
 * than one before them.
 *
 * The head knows what it takes, to the byte where arrays are concerned, and can refuse new series beyond a budget.
 *
 * Left out: blocks on disk, the write-ahead log, exemplars, integer histograms apart from those of floats, and the window for
 * samples that come out of order: those are refused, as Prometheus does without configuration.
 */
export { Head, type HeadOptions } from './head.ts';
export { type HeadSize } from './size.ts';
export { type HeadStats, type CardinalityStat } from './status.ts';
