package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"slices"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
)

// head is Prometheus' own store of recent samples, without a write-ahead log, filled as scrapes fill it.
type head struct {
	*tsdb.Head
	dir    string
	series []labels.Labels
}

// newHead appends the samples in the order of their times, with a commit for each moment.
func newHead(all []series) (*head, error) {
	dir, err := os.MkdirTemp("", "promenade-oracle-")
	if err != nil {
		return nil, err
	}
	options := tsdb.DefaultHeadOptions()
	options.ChunkDirRoot = dir
	options.StripeSize = 64
	options.EnableSTStorage.Store(true)
	options.EnableHistogramSTEncoding.Store(true)
	options.FloatChunkEncoding.Store(uint32(chunkenc.EncXOR2))
	inner, err := tsdb.NewHead(nil, nil, nil, nil, options, nil)
	if err != nil {
		return nil, err
	}
	h := &head{Head: inner, dir: dir}
	for _, one := range all {
		h.series = append(h.series, labels.FromStrings(one.Labels...))
	}
	if err := h.Init(math.MinInt64); err != nil {
		return nil, err
	}
	return h, h.fill(all)
}

func (h *head) remove() {
	_ = h.Close()
	_ = os.RemoveAll(h.dir)
}

// numbered is a sample with the place of its series.
type numbered struct {
	sample
	series   int
	integers bool
}

func (h *head) fill(all []series) error {
	var samples []numbered
	for i, one := range all {
		for _, s := range one.samples() {
			samples = append(samples, numbered{s.(sample), i, one.Integers})
		}
	}
	slices.SortStableFunc(samples, func(a, b numbered) int { return cmp.Compare(a.t, b.t) })
	for len(samples) > 0 {
		n := 1
		for n < len(samples) && samples[n].t == samples[0].t {
			n++
		}
		if err := h.commit(samples[:n]); err != nil {
			return err
		}
		samples = samples[n:]
	}
	return nil
}

func (h *head) commit(samples []numbered) error {
	appender := h.AppenderV2(context.Background())
	for _, s := range samples {
		var whole *histogram.Histogram
		fractions := s.h
		if s.integers && s.h != nil {
			whole, fractions = toIntegers(s.h), nil
		}
		if _, err := appender.Append(0, h.series[s.series], s.st, s.t, s.f, whole, fractions, storage.AOptions{}); err != nil {
			return fmt.Errorf("%s at %d: %w", h.series[s.series], s.t, err)
		}
	}
	return appender.Commit()
}

// toIntegers is the histogram as an instrumented program exposes it, whose buckets are written as differences.
func toIntegers(h *histogram.FloatHistogram) *histogram.Histogram {
	return &histogram.Histogram{
		CounterResetHint: h.CounterResetHint,
		Schema:           h.Schema,
		ZeroThreshold:    h.ZeroThreshold,
		ZeroCount:        uint64(h.ZeroCount),
		Count:            uint64(h.Count),
		Sum:              h.Sum,
		PositiveSpans:    h.PositiveSpans,
		NegativeSpans:    h.NegativeSpans,
		PositiveBuckets:  differences(h.PositiveBuckets),
		NegativeBuckets:  differences(h.NegativeBuckets),
		CustomValues:     h.CustomValues,
	}
}

func differences(counts []float64) []int64 {
	all := make([]int64, len(counts))
	last := int64(0)
	for i, count := range counts {
		all[i] = int64(count) - last
		last = int64(count)
	}
	return all
}

func (h *head) Querier(mint, maxt int64) (storage.Querier, error) {
	querier, err := tsdb.NewBlockQuerier(tsdb.NewRangeHead(h.Head, mint, maxt), mint, maxt)
	return sortedQuerier{querier}, err
}

// sortedQuerier gives series sorted by labels, as a server does that reads blocks besides its head. Of a head alone they come in the
// order in which they were created, and errors and the last digits of sums depend on that.
type sortedQuerier struct {
	storage.Querier
}

func (q sortedQuerier) Select(ctx context.Context, _ bool, hints *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
	return q.Querier.Select(ctx, true, hints, matchers...)
}

// storedSamples are the samples of a series as they come back: histograms have the hints and the layout of their chunks. Rows that
// had no sample are not there.
type storedSamples struct {
	Times      []int64                   `json:"times,omitempty"`
	StartTimes []int64                   `json:"startTimes,omitempty"`
	Histograms map[string]floatHistogram `json:"histograms,omitempty"`
}

// readBack gives for each series, in the order of the request, what the store holds of it.
func (h *head) readBack() ([]storedSamples, error) {
	querier, err := h.Querier(math.MinInt64, math.MaxInt64)
	if err != nil {
		return nil, err
	}
	defer querier.Close()
	found := map[string]storedSamples{}
	set := querier.Select(context.Background(), false, nil, labels.MustNewMatcher(labels.MatchRegexp, "__name__", ".*"))
	for set.Next() {
		found[set.At().Labels().String()] = readSamples(set.At())
	}
	all := make([]storedSamples, len(h.series))
	for i, name := range h.series {
		all[i] = found[name.String()]
	}
	return all, set.Err()
}

func readSamples(series storage.Series) storedSamples {
	stored := storedSamples{Histograms: map[string]floatHistogram{}}
	samples := series.Iterator(nil)
	for kind := samples.Next(); kind != chunkenc.ValNone; kind = samples.Next() {
		row := len(stored.Times)
		stored.Times = append(stored.Times, samples.AtT())
		stored.StartTimes = append(stored.StartTimes, samples.AtST())
		if kind != chunkenc.ValFloat {
			_, h := samples.AtFloatHistogram(nil)
			stored.Histograms[itoa(row)] = encodeHistogram(h)
		}
	}
	return stored
}
