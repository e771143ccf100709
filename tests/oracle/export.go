package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"github.com/prometheus/common/promslog"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/tsdb"
)

// exported asks queries of the blocks in a folder. Where Dump is the path of an OpenMetrics text, the blocks are made of it first.
type exported struct {
	Blocks string `json:"blocks"`
	Dump   string `json:"dump"`
	// Staleness markers to put among the samples of the dump, which cannot say them: labels and times are read.
	Markers []series `json:"markers"`
	Queries []query  `json:"queries"`
}

// answeredBlocks is what the blocks hold, and the answers.
type answeredBlocks struct {
	Error   string       `json:"error,omitempty"`
	Blocks  int          `json:"blocks"`
	Samples uint64       `json:"samples"`
	Answers [][]answered `json:"answers,omitempty"`
}

// askExports reads folders with blocks and queries, one JSON line each, and answers with a line each, in order.
func askExports() error {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var e exported
		if err := json.Unmarshal(in.Bytes(), &e); err != nil {
			return err
		}
		all, err := e.answer()
		if err != nil {
			all.Error = err.Error()
		}
		out.Write(append(encode(all), '\n'))
	}
	return in.Err()
}

func (e exported) answer() (all answeredBlocks, err error) {
	if e.Dump != "" {
		if err := e.backfill(); err != nil {
			return all, fmt.Errorf("backfilling: %w", err)
		}
	}
	options := tsdb.DefaultOptions()
	options.RetentionDuration = 0
	db, err := tsdb.Open(e.Blocks, promslog.NewNopLogger(), nil, options, nil)
	if err != nil {
		return all, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.DisableCompactions()
	for _, block := range db.Blocks() {
		all.Blocks++
		all.Samples += block.Meta().Stats.NumSamples
	}
	all.Answers = answerAll(request{Queries: e.Queries}, db)
	return all, nil
}

// backfilled is a sample of a dump.
type backfilled struct {
	labels labels.Labels
	t      int64
	v      float64
}

// backfill makes blocks of the dump as `promtool tsdb create-blocks-from openmetrics` does (cmd/promtool/backfill.go), without its care for
// memory: the text is read once. Without markers the samples are appended in the order of the text, so that one that is out of
// order is refused as it is there.
func (e exported) backfill() error {
	text, err := os.ReadFile(e.Dump)
	if err != nil {
		return err
	}
	samples, err := readDump(text)
	if err != nil {
		return err
	}
	for _, one := range e.Markers {
		set := labels.FromStrings(one.Labels...)
		for _, t := range one.Times {
			samples = append(samples, backfilled{set, t, math.Float64frombits(value.StaleNaN)})
		}
	}
	if len(e.Markers) > 0 {
		slices.SortStableFunc(samples, func(a, b backfilled) int { return cmp.Compare(a.t, b.t) })
	}
	byBlock := map[int64][]backfilled{}
	for _, s := range samples {
		start := s.t - s.t%tsdb.DefaultBlockDuration
		byBlock[start] = append(byBlock[start], s)
	}
	for _, ofBlock := range byBlock {
		if err := writeBlock(e.Blocks, ofBlock); err != nil {
			return err
		}
	}
	return nil
}

func readDump(text []byte) ([]backfilled, error) {
	parser := textparse.NewOpenMetricsParser(text, labels.NewSymbolTable())
	builder := labels.NewBuilder(labels.EmptyLabels())
	var samples []backfilled
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return samples, nil
		}
		if err != nil {
			return nil, err
		}
		if entry != textparse.EntrySeries {
			continue
		}
		_, t, v := parser.Series()
		var set labels.Labels
		parser.Labels(&set)
		if t == nil {
			return nil, fmt.Errorf("expected timestamp for series %v, got none", set)
		}
		builder.Reset(set)
		samples = append(samples, backfilled{builder.Labels(), *t, v})
	}
}

// writeBlock pretends a block twice as long, as promtool does: a block writer takes only samples that are at most half a block older
// than the newest.
func writeBlock(dir string, samples []backfilled) (err error) {
	writer, err := tsdb.NewBlockWriter(promslog.NewNopLogger(), dir, 2*tsdb.DefaultBlockDuration)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, writer.Close()) }()
	ctx := context.Background()
	appender := writer.Appender(ctx)
	for i, s := range samples {
		if _, err := appender.Append(0, s.labels, s.t, s.v); err != nil {
			return fmt.Errorf("%s at %d: %w", s.labels, s.t, err)
		}
		if (i+1)%samplesInAppender == 0 {
			if err := appender.Commit(); err != nil {
				return err
			}
			appender = writer.Appender(ctx)
		}
	}
	if err := appender.Commit(); err != nil {
		return err
	}
	_, err = writer.Flush(ctx)
	return err
}

// samplesInAppender is how many samples promtool commits at once.
const samplesInAppender = 5_000
