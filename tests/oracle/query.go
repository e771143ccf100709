package main

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/storage"
)

// query asks for an evaluation at Start when Step is 0, else over a range. Times in milliseconds.
type query struct {
	Query    string         `json:"query"`
	Start    int64          `json:"start"`
	End      int64          `json:"end"`
	Step     int64          `json:"step"`
	Lookback int64          `json:"lookback"`
	Features engineSwitches `json:"features"`
	// How often to ask the engine, whose answers may depend on the order of its maps; 0 is once.
	Attempts int `json:"attempts"`
}

// answered is what the engine said to one query.
type answered struct {
	Error    string       `json:"error,omitempty"`
	Type     string       `json:"type,omitempty"`
	Text     string       `json:"text,omitempty"`
	Series   []answerLine `json:"series,omitempty"`
	Warnings []string     `json:"warnings,omitempty"`
	Infos    []string     `json:"infos,omitempty"`
}

type answerLine struct {
	Labels         []string         `json:"labels"`
	Times          []int64          `json:"times,omitempty"`
	Values         []number         `json:"values,omitempty"`
	HistogramTimes []int64          `json:"histogramTimes,omitempty"`
	Histograms     []floatHistogram `json:"histograms,omitempty"`
}

var engines = struct {
	sync.Mutex
	bySwitches map[engineSwitches]*promql.Engine
}{bySwitches: map[engineSwitches]*promql.Engine{}}

func engineFor(switches engineSwitches) *promql.Engine {
	engines.Lock()
	defer engines.Unlock()
	engine := engines.bySwitches[switches]
	if engine == nil {
		engine = newEngine(switches)
		engines.bySwitches[switches] = engine
	}
	return engine
}

// answerAll gives for each query its distinct answers, of which there are several only where `Attempts` asked for them.
func answerAll(r request, data storage.Queryable) [][]answered {
	all := make([][]answered, len(r.Queries))
	for i, q := range r.Queries {
		known := map[string]bool{}
		for range max(1, q.Attempts) {
			one := q.ask(data)
			key := string(encode(one))
			if !known[key] {
				known[key] = true
				all[i] = append(all[i], one)
			}
		}
	}
	return all
}

func (q query) ask(data storage.Queryable) answered {
	ctx := context.Background()
	engine := engineFor(q.Features)
	options := promql.NewPrometheusQueryOpts(false, time.Duration(q.Lookback)*time.Millisecond)
	var prepared promql.Query
	var err error
	if q.Step == 0 {
		prepared, err = engine.NewInstantQuery(ctx, data, options, q.Query, time.UnixMilli(q.Start))
	} else {
		prepared, err = engine.NewRangeQuery(ctx, data, options, q.Query,
			time.UnixMilli(q.Start), time.UnixMilli(q.End), time.Duration(q.Step)*time.Millisecond)
	}
	if err != nil {
		return answered{Error: err.Error()}
	}
	defer prepared.Close()
	result := prepared.Exec(ctx)
	if result.Err != nil {
		return answered{Error: result.Err.Error()}
	}
	one := toAnswer(result.Value)
	one.Warnings, one.Infos = result.Warnings.AsStrings(q.Query, 0, 0)
	slices.Sort(one.Warnings)
	slices.Sort(one.Infos)
	return one
}

func toAnswer(value any) answered {
	switch v := value.(type) {
	case promql.Matrix:
		one := answered{Type: "matrix"}
		for _, s := range v {
			one.Series = append(one.Series, toLine(s))
		}
		return one
	case promql.Vector:
		one := answered{Type: "vector"}
		for _, s := range v {
			one.Series = append(one.Series, toLine(toSeries(s)))
		}
		return one
	case promql.Scalar:
		return answered{Type: "scalar", Series: []answerLine{{Labels: []string{}, Times: []int64{v.T}, Values: []number{number(v.V)}}}}
	case promql.String:
		return answered{Type: "string", Text: v.V}
	}
	panic("unknown type of value")
}

func toSeries(s promql.Sample) promql.Series {
	if s.H != nil {
		return promql.Series{Metric: s.Metric, Histograms: []promql.HPoint{{T: s.T, H: s.H}}}
	}
	return promql.Series{Metric: s.Metric, Floats: []promql.FPoint{{T: s.T, F: s.F}}}
}

func toLine(s promql.Series) answerLine {
	line := answerLine{Labels: flatten(s.Metric)}
	for _, point := range s.Floats {
		line.Times = append(line.Times, point.T)
		line.Values = append(line.Values, number(point.F))
	}
	for _, point := range s.Histograms {
		line.HistogramTimes = append(line.HistogramTimes, point.T)
		line.Histograms = append(line.Histograms, encodeHistogram(point.H))
	}
	return line
}

func itoa(i int) string {
	return strconv.Itoa(i)
}
