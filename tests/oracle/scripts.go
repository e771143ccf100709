package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/util/teststorage"
)

// runScripts runs the PromQL scripts (*.test) of a folder with the real engine, twice: with metric names removed at the end of
// the query and at once. A script named delayed-* or eager-* is for one of the two. It ends the process, with status 1 when one
// fails; it only returns when there is no script.
func runScripts(dir string) int {
	files, err := filepath.Glob(filepath.Join(dir, "*.test"))
	if err != nil || len(files) == 0 {
		fmt.Fprintln(os.Stderr, "no scripts in", dir)
		return 1
	}
	var tests []testing.InternalTest
	passed, failed := 0, 0
	for _, file := range files {
		for _, mode := range []string{"delayed", "eager"} {
			if !runsIn(filepath.Base(file), mode) {
				continue
			}
			tests = append(tests, testing.InternalTest{
				Name: mode + "/" + filepath.Base(file),
				F: func(t *testing.T) {
					// A script that can not be read ends the test on the spot.
					defer func() {
						if t.Failed() {
							failed++
						} else {
							passed++
						}
					}()
					runScript(t, file, mode == "delayed")
				},
			})
		}
	}
	tests = append(tests, testing.InternalTest{Name: "total", F: func(*testing.T) {
		fmt.Printf("%d passed, %d failed\n", passed, failed)
	}})
	testing.Init()
	_ = flag.CommandLine.Parse(nil)
	testing.Main(func(string, string) (bool, error) { return true, nil }, tests, nil, nil)
	return 1
}

func runsIn(name, mode string) bool {
	if strings.HasPrefix(name, "delayed-") || strings.HasPrefix(name, "eager-") {
		return strings.HasPrefix(name, mode)
	}
	return true
}

// The place in the query that ends an annotation. The runner of this release leaves it out, so what scripts say of it is not compared.
var place = regexp.MustCompile(`(?m)^([ \t]*expect (?:warn|info) msg:.*) \(\d+:\d+\)[ \t]*$`)

func runScript(t *testing.T, file string, delayed bool) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	engine := promqltest.NewTestEngineWithOpts(t, promql.EngineOpts{
		MaxSamples:               promqltest.DefaultMaxSamplesPerQuery,
		Timeout:                  100 * time.Second,
		NoStepSubqueryIntervalFn: func(int64) int64 { return time.Minute.Milliseconds() },
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
		EnableDelayedNameRemoval: delayed,
		UseStartTimestamps:       true,
		Parser:                   parser.NewParser(promqltest.TestParserOpts),
	})
	script := place.ReplaceAllString(string(text), "$1")
	promqltest.RunTestWithStorage(t, script, engine, func(tb testing.TB) storage.Storage {
		return teststorage.New(tb, func(options *tsdb.Options) {
			options.EnableSTStorage = true
			options.XOR2EncodingAllowed = true
			options.FloatChunkEncoding = chunkenc.EncXOR2
			options.EnableHistogramSTEncoding = true
		})
	})
}
