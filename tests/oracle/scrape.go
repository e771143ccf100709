package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	config_util "github.com/prometheus/common/config"
	"github.com/prometheus/prometheus/config"
	"github.com/prometheus/prometheus/discovery"
	"github.com/prometheus/prometheus/discovery/targetgroup"
	"github.com/prometheus/prometheus/scrape"
	"github.com/prometheus/prometheus/util/osutil"
)

// scenario is what happens to a Prometheus that scrapes. Times are milliseconds since it was started.
type scenario struct {
	// The first is there before the first target set is taken over, which is 5 s after the start.
	Configs []appliedConfig `json:"configs"`
	// What an address ("host:port") answers to its first request, its second, … and, with the last of them, to all that follow.
	Addresses map[string][]scrapeResponse `json:"addresses"`
	// Samples and requests after it are left out of the answer.
	End int64 `json:"end"`
}

type appliedConfig struct {
	At   int64  `json:"at"`
	Text string `json:"text"`
}

// outcome is what has come of a scenario.
type outcome struct {
	Error string `json:"error,omitempty"`
	// What moves all scrapes of this server within their intervals, as decimal digits.
	OffsetSeed string          `json:"offsetSeed"`
	Requests   []scrapeRequest `json:"requests"`
	Series     []scrapedSeries `json:"series"`
}

// scrapeAll reads scenarios, one JSON object a line, plays each on a virtual clock of its own that begins at the year 2000, and answers
// with a line each, in order. It does not return: the clock is that of package testing, which ends the program when it is done.
func scrapeAll() error {
	play := testing.InternalTest{Name: "scrape", F: func(t *testing.T) {
		if err := eachScenario(t); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}}
	testing.Main(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{play}, nil, nil)
	return errors.New("the tests have ended early")
}

func eachScenario(t *testing.T) error {
	lookUpLocally()
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var one scenario
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			return err
		}
		var done outcome
		synctest.Test(t, func(*testing.T) { done = one.play() })
		out.Write(append(encode(done), '\n'))
	}
	return in.Err()
}

// lookUpLocally lets host names be found in the files of this machine alone. A manager looks up its own (scrape/manager.go, setOffsetSeed);
// what package net keeps for that has to be there before the first bubble, which must not share what it has made.
func lookUpLocally() {
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("there is no network")
	}}
	_, _ = osutil.GetFQDN()
}

func (s scenario) play() outcome {
	start := time.Now()
	network := &network{start: start, addresses: s.Addresses, asked: map[string]int{}}
	head, err := newScrapedHead()
	if err != nil {
		return outcome{Error: err.Error()}
	}
	defer head.remove()
	defer network.wait()
	manager, err := scrape.NewManager(
		&scrape.Options{HTTPClientOptions: []config_util.HTTPClientOption{config_util.WithDialContextFunc(network.dial)}},
		slog.New(slog.DiscardHandler), nil, nil, head, prometheus.NewRegistry(),
	)
	if err != nil {
		return outcome{Error: err.Error()}
	}
	seed, err := s.run(manager, start)
	if err != nil {
		return outcome{Error: err.Error()}
	}
	synctest.Wait()
	last := start.UnixMilli() + s.End
	all, err := head.readAll(last)
	if err != nil {
		return outcome{Error: err.Error()}
	}
	return outcome{OffsetSeed: strconv.FormatUint(seed, 10), Requests: network.until(last), Series: all}
}

// run lets the manager scrape until the end, and gives the seed of its offsets.
func (s scenario) run(manager *scrape.Manager, start time.Time) (uint64, error) {
	targetSets := make(chan map[string][]*targetgroup.Group)
	go manager.Run(targetSets)
	defer manager.Stop()
	for _, applied := range s.Configs {
		// Just before, so that whatever is due at that moment goes by the new file.
		time.Sleep(time.Until(start.Add(time.Duration(applied.At)*time.Millisecond - time.Nanosecond)))
		loaded, err := config.Load(applied.Text, slog.New(slog.DiscardHandler))
		if err != nil {
			return 0, err
		}
		if err := manager.ApplyConfig(loaded); err != nil {
			return 0, err
		}
		targetSets <- staticTargets(loaded)
	}
	time.Sleep(time.Until(start.Add(time.Duration(s.End)*time.Millisecond + time.Nanosecond)))
	return reflect.ValueOf(manager).Elem().FieldByName("offsetSeed").Uint(), nil
}

// staticTargets is what the discovery of a server sends: a set for each job, also for those without targets.
func staticTargets(loaded *config.Config) map[string][]*targetgroup.Group {
	sets := map[string][]*targetgroup.Group{}
	for _, job := range loaded.ScrapeConfigs {
		sets[job.JobName] = nil
		for _, found := range job.ServiceDiscoveryConfigs {
			if static, ok := found.(discovery.StaticConfig); ok {
				sets[job.JobName] = append(sets[job.JobName], slices.Clone(static)...)
			}
		}
	}
	return sets
}
