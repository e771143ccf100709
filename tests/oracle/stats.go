package main

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/storage"
)

// counted is what the engine counted for one query; only whether there was an error is said of those that failed.
type counted struct {
	Failed       bool    `json:"failed,omitempty"`
	Total        int64   `json:"total"`
	Read         int64   `json:"read"`
	Peak         int     `json:"peak"`
	TotalPerStep []int64 `json:"totalPerStep"`
	ReadPerStep  []int64 `json:"readPerStep"`
}

// countSamples reads requests as answer does, one JSON line each, and answers with what the engine counted for each query, a
// line for each request, in order.
func countSamples() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return err
		}
		data := newStore(r.Series)
		all := make([]counted, len(r.Queries))
		for i, q := range r.Queries {
			all[i] = q.count(data)
		}
		out.Write(append(encode(all), '\n'))
	}
	return in.Err()
}

func (q query) count(data storage.Queryable) counted {
	ctx := context.Background()
	engine := newCountingEngine(q.Features)
	options := promql.NewPrometheusQueryOpts(true, time.Duration(q.Lookback)*time.Millisecond)
	var prepared promql.Query
	var err error
	if q.Step == 0 {
		prepared, err = engine.NewInstantQuery(ctx, data, options, q.Query, time.UnixMilli(q.Start))
	} else {
		prepared, err = engine.NewRangeQuery(ctx, data, options, q.Query,
			time.UnixMilli(q.Start), time.UnixMilli(q.End), time.Duration(q.Step)*time.Millisecond)
	}
	if err != nil {
		return counted{Failed: true}
	}
	defer prepared.Close()
	if prepared.Exec(ctx).Err != nil {
		return counted{Failed: true}
	}
	samples := prepared.Stats().Samples
	return counted{
		Total:        samples.TotalSamples,
		Read:         samples.SamplesRead,
		Peak:         samples.PeakSamples,
		TotalPerStep: samples.TotalSamplesPerStep,
		ReadPerStep:  samples.SamplesReadPerStep,
	}
}

// newCountingEngine is newEngine with --enable-feature=promql-per-step-stats.
func newCountingEngine(switches engineSwitches) *promql.Engine {
	return promql.NewEngine(promql.EngineOpts{
		MaxSamples:               50_000_000,
		Timeout:                  2 * time.Minute,
		LookbackDelta:            5 * time.Minute,
		NoStepSubqueryIntervalFn: func(int64) int64 { return time.Minute.Milliseconds() },
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
		EnablePerStepStats:       true,
		EnableDelayedNameRemoval: switches.DelayedNameRemoval,
		UseStartTimestamps:       switches.StartTimestamps,
		EnableTypeAndUnitLabels:  switches.TypeAndUnitLabels,
		Parser:                   newParser(switches),
	})
}
