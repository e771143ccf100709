package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
)

// A request is a JSON line; `target` is followed by its columns: rows timestamps, then rows values for each series, all float64.
type benchRequest struct {
	Op     string     `json:"op"` // target, open or query
	Set    string     `json:"set"`
	Rows   int        `json:"rows"`
	Series [][]string `json:"series"` // label sets as name, value, name, value, …

	Query            string `json:"query"`
	Start, End, Step int64
	WithResult       bool `json:"withResult"`
	// How many evaluations to time in a row; one if not given.
	Repeat int `json:"repeat"`
}

// A reply is a JSON line; with a result, that is followed by `steps` float64 and `steps` mask bytes for each series.
type benchReply struct {
	Error   string     `json:"error,omitempty"`
	Ms      float64    `json:"ms"`
	Steps   int        `json:"steps,omitempty"`
	Series  [][]string `json:"series,omitempty"`
	Storage string     `json:"storage,omitempty"`
}

// The series of one target, which one scrape stamps.
type target struct {
	series []labels.Labels
	times  []int64
	values [][]float64
}

type dataSet struct {
	targets []target
	db      *tsdb.DB
	dir     string
}

type benchServer struct {
	in     *bufio.Reader
	out    *bufio.Writer
	sets   map[string]*dataSet
	engine *promql.Engine
}

func bench() error {
	server := &benchServer{
		in:     bufio.NewReaderSize(os.Stdin, 1<<20),
		out:    bufio.NewWriterSize(os.Stdout, 1<<20),
		sets:   map[string]*dataSet{},
		engine: newEngine(engineSwitches{}),
	}
	defer server.close()
	for {
		line, err := server.in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var request benchRequest
		if err := json.Unmarshal(line, &request); err != nil {
			return err
		}
		if err := server.serve(request); err != nil {
			return err
		}
	}
}

func (s *benchServer) serve(request benchRequest) error {
	set := s.sets[request.Set]
	if set == nil {
		set = &dataSet{}
		s.sets[request.Set] = set
	}
	switch request.Op {
	case "target":
		return set.read(s.in, request)
	case "open":
		return s.open(set)
	case "query":
		return s.query(set, request)
	}
	return fmt.Errorf("unknown operation: %q", request.Op)
}

func (s *benchServer) close() {
	for _, set := range s.sets {
		if set.db != nil {
			set.db.Close()
			os.RemoveAll(set.dir)
		}
	}
}

func (set *dataSet) read(in io.Reader, request benchRequest) error {
	t := target{times: make([]int64, request.Rows)}
	column := make([]float64, request.Rows)
	if err := binary.Read(in, binary.LittleEndian, column); err != nil {
		return err
	}
	for i, v := range column {
		t.times[i] = int64(v)
	}
	for _, pairs := range request.Series {
		values := make([]float64, request.Rows)
		if err := binary.Read(in, binary.LittleEndian, values); err != nil {
			return err
		}
		t.series = append(t.series, labels.FromStrings(pairs...))
		t.values = append(t.values, values)
	}
	set.targets = append(set.targets, t)
	return nil
}

// open writes the targets into a new database, scrape after scrape, and compacts as a running server would have:
// full two-hour blocks on disk, the rest in the head.
func (s *benchServer) open(set *dataSet) error {
	began := time.Now()
	dir, err := os.MkdirTemp("", "promenade-bench-")
	if err != nil {
		return err
	}
	set.dir = dir
	options := tsdb.DefaultOptions()
	options.RetentionDuration = 0
	if set.db, err = tsdb.Open(dir, nil, nil, options, nil); err != nil {
		return err
	}
	if err := set.append(); err != nil {
		return err
	}
	set.targets = nil
	if err := set.db.Compact(context.Background()); err != nil {
		return err
	}
	return s.reply(benchReply{
		Ms:      milliseconds(time.Since(began)),
		Storage: fmt.Sprintf("%d blocks and the head with %d series", len(set.db.Blocks()), set.db.Head().NumSeries()),
	})
}

func (set *dataSet) append() error {
	references := make([][]storage.SeriesRef, len(set.targets))
	rows := 0
	for i, t := range set.targets {
		references[i] = make([]storage.SeriesRef, len(t.series))
		rows = max(rows, len(t.times))
	}
	for row := range rows {
		appender := set.db.Appender(context.Background())
		for i, t := range set.targets {
			if row >= len(t.times) {
				continue
			}
			for k, values := range t.values {
				ref, err := appender.Append(references[i][k], t.series[k], t.times[row], values[row])
				if err != nil {
					return err
				}
				references[i][k] = ref
			}
		}
		if err := appender.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// query times evaluations from text to the engine's own result, without JSON or transport; quick ones several in a row.
func (s *benchServer) query(set *dataSet, request benchRequest) error {
	began := time.Now()
	for range request.Repeat - 1 {
		query, _, err := s.evaluate(set, request)
		if err != nil {
			return s.reply(benchReply{Error: err.Error()})
		}
		query.Close()
	}
	query, result, err := s.evaluate(set, request)
	took := milliseconds(time.Since(began)) / float64(max(1, request.Repeat))
	if err != nil {
		return s.reply(benchReply{Error: err.Error()})
	}
	defer query.Close()
	if result.Err != nil {
		return s.reply(benchReply{Error: result.Err.Error()})
	}
	if !request.WithResult {
		return s.reply(benchReply{Ms: took})
	}
	return s.replyWithResult(took, result.Value, request)
}

func (s *benchServer) evaluate(set *dataSet, request benchRequest) (query promql.Query, result *promql.Result, err error) {
	ctx := context.Background()
	if request.Step == 0 {
		query, err = s.engine.NewInstantQuery(ctx, set.db, nil, request.Query, time.UnixMilli(request.Start))
	} else {
		query, err = s.engine.NewRangeQuery(ctx, set.db, nil, request.Query,
			time.UnixMilli(request.Start), time.UnixMilli(request.End), time.Duration(request.Step)*time.Millisecond)
	}
	if err != nil {
		return nil, nil, err
	}
	return query, query.Exec(ctx), nil
}

func (s *benchServer) replyWithResult(took float64, value any, request benchRequest) error {
	steps := 1
	if request.Step > 0 {
		steps = int((request.End-request.Start)/request.Step) + 1
	}
	matrix := toMatrix(value)
	reply := benchReply{Ms: took, Steps: steps}
	columns := make([]byte, 0, len(matrix)*steps*9)
	for _, series := range matrix {
		reply.Series = append(reply.Series, flatten(series.Metric))
		values := make([]float64, steps)
		present := make([]byte, steps)
		for _, point := range series.Floats {
			step := 0
			if request.Step > 0 {
				step = int((point.T - request.Start) / request.Step)
			}
			values[step], present[step] = point.F, 1
		}
		for _, v := range values {
			columns = binary.LittleEndian.AppendUint64(columns, math.Float64bits(v))
		}
		columns = append(columns, present...)
	}
	if err := s.reply(reply); err != nil {
		return err
	}
	if _, err := s.out.Write(columns); err != nil {
		return err
	}
	return s.out.Flush()
}

func toMatrix(value any) promql.Matrix {
	switch v := value.(type) {
	case promql.Matrix:
		return v
	case promql.Vector:
		var matrix promql.Matrix
		for _, sample := range v {
			matrix = append(matrix, promql.Series{Metric: sample.Metric, Floats: []promql.FPoint{{T: sample.T, F: sample.F}}})
		}
		return matrix
	case promql.Scalar:
		return promql.Matrix{{Floats: []promql.FPoint{{T: v.T, F: v.V}}}}
	}
	return nil
}

func flatten(set labels.Labels) []string {
	pairs := []string{}
	set.Range(func(l labels.Label) { pairs = append(pairs, l.Name, l.Value) })
	return slices.Clip(pairs)
}

func (s *benchServer) reply(reply benchReply) error {
	line, err := json.Marshal(reply)
	if err != nil {
		return err
	}
	if _, err := s.out.Write(append(line, '\n')); err != nil {
		return err
	}
	return s.out.Flush()
}

func milliseconds(d time.Duration) float64 {
	return float64(d.Nanoseconds()) / 1e6
}
