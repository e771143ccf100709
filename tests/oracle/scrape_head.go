package main

import (
	"context"
	"math"
	"os"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
)

// scrapedSeries is a series as it is stored.
type scrapedSeries struct {
	// Names and values in turn.
	Labels  []string        `json:"labels"`
	Samples []scrapedSample `json:"samples"`
}

// scrapedSample is a float, a native histogram or a staleness marker.
type scrapedSample struct {
	Time      int64           `json:"time"`
	Value     *number         `json:"value,omitempty"`
	Histogram *floatHistogram `json:"histogram,omitempty"`
}

// newScrapedHead is an empty store of recent samples as a server has it that was started without any option.
func newScrapedHead() (*head, error) {
	dir, err := os.MkdirTemp("", "promenade-oracle-")
	if err != nil {
		return nil, err
	}
	options := tsdb.DefaultHeadOptions()
	options.ChunkDirRoot = dir
	options.StripeSize = 64
	inner, err := tsdb.NewHead(nil, nil, nil, nil, options, nil)
	if err != nil {
		return nil, err
	}
	return &head{Head: inner, dir: dir}, inner.Init(math.MinInt64)
}

// readAll gives all series with their samples up to a moment, sorted by their labels.
func (h *head) readAll(last int64) ([]scrapedSeries, error) {
	querier, err := h.Querier(math.MinInt64, last)
	if err != nil {
		return nil, err
	}
	defer querier.Close()
	all := []scrapedSeries{}
	set := querier.Select(context.Background(), true, nil, labels.MustNewMatcher(labels.MatchRegexp, "__name__", ".*"))
	for set.Next() {
		all = append(all, readScraped(set.At()))
	}
	return all, set.Err()
}

func readScraped(series storage.Series) scrapedSeries {
	read := scrapedSeries{}
	series.Labels().Range(func(l labels.Label) { read.Labels = append(read.Labels, l.Name, l.Value) })
	samples := series.Iterator(nil)
	for kind := samples.Next(); kind != chunkenc.ValNone; kind = samples.Next() {
		one := scrapedSample{Time: samples.AtT()}
		if kind == chunkenc.ValFloat {
			_, v := samples.At()
			if !value.IsStaleNaN(v) {
				one.Value = (*number)(&v)
			}
		} else if _, h := samples.AtFloatHistogram(nil); !value.IsStaleNaN(h.Sum) {
			encoded := encodeHistogram(h)
			one.Histogram = &encoded
		}
		read.Samples = append(read.Samples, one)
	}
	return read
}
