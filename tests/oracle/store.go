package main

import (
	"context"
	"math"
	"slices"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"
)

// series is what a request sends: row i is at Times[i], absent or a staleness marker where Marks says so, a histogram where
// there is one, else Values[i].
type series struct {
	Labels     []string                  `json:"labels"`
	Times      []int64                   `json:"times"`
	Values     []number                  `json:"values"`
	Marks      []int                     `json:"marks"`
	Histograms map[string]floatHistogram `json:"histograms"`
	StartTimes []int64                   `json:"startTimes"`
	// Whether the histograms are stored with whole numbers, as they are scraped; for a head only.
	Integers bool `json:"integers"`
}

const (
	markAbsent = 1
	markStale  = 2
)

// store holds the series of one request as they came, whatever a TSDB would make of them: series come sorted by labels, and
// only with the samples that the query's hints ask for, as blocks give them. See head.go for the real one.
type store struct {
	series []storedSeries
}

type storedSeries struct {
	labels  labels.Labels
	samples []chunks.Sample
}

func newStore(all []series) *store {
	s := &store{}
	for _, one := range all {
		s.series = append(s.series, storedSeries{labels.FromStrings(one.Labels...), one.samples()})
	}
	slices.SortFunc(s.series, func(a, b storedSeries) int { return labels.Compare(a.labels, b.labels) })
	return s
}

func (s series) samples() []chunks.Sample {
	var samples []chunks.Sample
	for i, t := range s.Times {
		mark := 0
		if s.Marks != nil {
			mark = s.Marks[i]
		}
		if mark == markAbsent {
			continue
		}
		one := sample{t: t, f: float64(s.Values[i])}
		if s.StartTimes != nil {
			one.st = s.StartTimes[i]
		}
		if h, ok := s.Histograms[itoa(i)]; ok {
			one.h = h.decode()
		}
		if mark == markStale {
			one.f, one.h = math.Float64frombits(value.StaleNaN), nil
		}
		samples = append(samples, one)
	}
	return samples
}

// sample hands out copies of its histogram, because the engine works in the ones it gets.
type sample struct {
	st, t int64
	f     float64
	h     *histogram.FloatHistogram
}

func (s sample) T() int64                { return s.t }
func (s sample) ST() int64               { return s.st }
func (s sample) F() float64              { return s.f }
func (s sample) H() *histogram.Histogram { return nil }
func (s sample) Copy() chunks.Sample     { return s }

func (s sample) FH() *histogram.FloatHistogram {
	if s.h == nil {
		return nil
	}
	return s.h.Copy()
}

func (s sample) Type() chunkenc.ValueType {
	if s.h != nil {
		return chunkenc.ValFloatHistogram
	}
	return chunkenc.ValFloat
}

func (s *store) Querier(mint, maxt int64) (storage.Querier, error) {
	return &querier{s, mint, maxt}, nil
}

type querier struct {
	*store
	mint, maxt int64
}

func (q *querier) Select(_ context.Context, _ bool, hints *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
	from, to := q.mint, q.maxt
	if hints != nil {
		from, to = hints.Start, hints.End
	}
	var found []storage.Series
	for _, one := range q.series {
		if !matchesAll(one.labels, matchers) {
			continue
		}
		low, _ := slices.BinarySearchFunc(one.samples, from, compareTime)
		high, _ := slices.BinarySearchFunc(one.samples, to+1, compareTime)
		if low < high {
			found = append(found, storage.NewListSeries(one.labels, one.samples[low:high]))
		}
	}
	return &seriesSet{series: found, at: -1}
}

func compareTime(s chunks.Sample, t int64) int {
	return int(s.T() - t)
}

func matchesAll(set labels.Labels, matchers []*labels.Matcher) bool {
	return !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(set.Get(m.Name)) })
}

func (*querier) LabelValues(context.Context, string, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, nil
}

func (*querier) LabelNames(context.Context, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, nil
}

func (*querier) Close() error { return nil }

type seriesSet struct {
	series []storage.Series
	at     int
}

func (s *seriesSet) Next() bool                        { s.at++; return s.at < len(s.series) }
func (s *seriesSet) At() storage.Series                { return s.series[s.at] }
func (s *seriesSet) Err() error                        { return nil }
func (s *seriesSet) Warnings() annotations.Annotations { return nil }
